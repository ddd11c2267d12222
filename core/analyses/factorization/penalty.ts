/** ν: the factors of a row with n ratings are regularized with λ·n^ν. 0 is plain ridge, 1 is ALS-WR (Zhou et al.
 * 2008, §3.1). ½ was best on inner random 80/20 splits of MovieLens 100K's u1.base and of ml-latest-small, each ν with
 * its own best λ of a coarse grid and 8 factors: 0 lost up to 0.005 in RMSE, ¼ 0.002, 1 0.007. */
export const COUNT_EXPONENT = 0.5
/** Pull of a bias towards zero, the same for every row: a bias is shrunk as if by this many ratings at the mean.
 * 1.5 to 3 were equal to 0.0005 on the same inner splits. */
export const BIAS_REGULARIZATION = 2

/** How strongly rows are pulled towards zero. */
export interface AlsPenalty {
  /** λ of the factors, in the units of the ratings (a product p·q has that unit, so ‖p‖² has it too) */
  factor: number
  /** λ of the biases, without unit */
  bias: number
  /** ν of the factors */
  exponent: number
}

/** λ for the factors in the units of the ratings: `regularization` counts standard deviations of the training
 * ratings, so that the same number suits stars from 1 to 5 and points from 0 to 100. */
export function penaltyFor(regularization: number, deviation: number, exponent = COUNT_EXPONENT): AlsPenalty {
  const unit = deviation > 0 ? deviation : 1
  return { factor: regularization * unit, bias: BIAS_REGULARIZATION, exponent }
}

/** λ n^ν, the ridge on the factors of a row with `count` ratings. */
export const factorRidge = (penalty: AlsPenalty, count: number): number => penalty.factor * count ** penalty.exponent
