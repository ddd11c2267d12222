/** ν: the factors of a row with n ratings are regularized with λ·n^ν. 0 is plain ridge, 1 is ALS-WR (Zhou et al.
 * 2008, §3.1). ½ was best on inner random 80/20 splits of MovieLens 100K's u1.base and of ml-latest-small, each ν with
 * its own best λ of a coarse grid and 8 factors: 0 lost up to 0.005 in RMSE, ¼ 0.002, 1 0.007. */
export const COUNT_EXPONENT = 0.5
/** Pull of a bias towards zero, the same for every row: a bias is shrunk as if by this many ratings at the mean.
 * 1.5 to 3 were equal to 0.0005 on the same inner splits. */
export const BIAS_REGULARIZATION = 2

/** A bias is shrunk as if by this many further ratings without deviation; items are solved for before users. With 10 on
 * both sides the five given folds of MovieLens 100K have 0.945 / 0.749 (RMSE / MAE), as is published of Surprise's
 * BaselineOnly (0.944 / 0.748, its own folds; with its 15 and 10 these folds have 0.946 / 0.750). Inner splits would have
 * less still, by 0.003: a baseline that others can be compared with was wanted here, not the best.
 * Source: Koren, "Factor in the neighbors", ACM TKDD 4 (2010), §2.1. */
export const USER_SHRINKAGE = 10
export const ITEM_SHRINKAGE = 10

/** How strongly rows are pulled towards zero. */
export interface AlsPenalty {
  /** λ of the factors, in the units of the ratings (a product p·q has that unit, so ‖p‖² has it too) */
  factor: number
  /** λ of the biases, without unit */
  bias: number
  /** ν of the factors */
  exponent: number
}

/** How strongly iALS draws rows towards zero. */
export interface IalsPenalty {
  /** λ */
  regularization: number
  /** α₀, the weight of a blank */
  unobservedWeight: number
  /** ν */
  countExponent: number
}

/** λ for the factors in the units of the ratings: `regularization` counts standard deviations of the training
 * ratings, so that the same number suits stars from 1 to 5 and points from 0 to 100. */
export function penaltyFor(regularization: number, deviation: number, exponent = COUNT_EXPONENT): AlsPenalty {
  const unit = deviation > 0 ? deviation : 1
  return { factor: regularization * unit, bias: BIAS_REGULARIZATION, exponent }
}

/** λ·(n + α₀·N)^ν, the ridge of 'ials' on the factors of a row with n likes, N rows on the other side.
 * Source: Rendle et al. 2021, eq. 4. */
export const ialsRidge = (
  { regularization, unobservedWeight, countExponent }: IalsPenalty,
  count: number,
  nOther: number
): number => regularization * (count + unobservedWeight * nOther) ** countExponent

/** What one of its ratings bears of a row's penalty where rows are fitted rating by rating: λ n^(ν − 1) / unit of factors, λ_b / n of a
 * bias; 0 of a row without ratings. */
export const ratingShare = (penalty: AlsPenalty, count: number, unit: number): { factor: number; bias: number } =>
  count === 0
    ? { factor: 0, bias: 0 }
    : { factor: factorRidge(penalty, count) / count / unit, bias: penalty.bias / count }

/** λ n^ν, the ridge on the factors of a row with `count` ratings. */
export const factorRidge = (penalty: AlsPenalty, count: number): number => penalty.factor * count ** penalty.exponent
