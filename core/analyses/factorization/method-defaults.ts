import type { RatingsSize } from './layout.ts'
import { canAdapt, methodSchema, type Method, type MethodParams } from './methods.ts'

/** α₀ of iALS: a blank weighs so much, but all blanks of a user together no more than so many likes. With λ = 0.3 and ν = ½, 0.2
 * was better than 0.1 for 1,650 items (u1.base: nDCG@10 0.205 and 0.202) and 9,000 (ml-latest-small: 0.208 and 0.200), 0.1
 * better for 16,000 (Last.fm: 0.187 and 0.168); on the last rating but one
 * of each user of MovieLens 100K ν = ½ had 0.077, ν = 0 as much, ν = 1 at most 0.071 with λ from 0.02 to 0.045. */
const BLANK_WEIGHT = 0.2
const BLANK_TOTAL = 2000

/** α₀ of iALS, to two digits. */
const blankWeight = (nItems: number | null): number =>
  Number(Math.min(BLANK_WEIGHT, BLANK_TOTAL / Math.max(1, nItems ?? 1)).toPrecision(2))

/** α of 'hkv' gives a count of the mean this confidence above that of a blank: 3.5 was best of 1, 3.5 and 14 on stars (u1.base),
 * 7.5 of 0.75, 7.5 and 75 on plays (Last.fm), both with λ = 30. */
const MEAN_CONFIDENCE = 5

const hkvAlpha = (mean: number | null): number =>
  mean !== null && mean > 0 ? Number((MEAN_CONFIDENCE / mean).toPrecision(2)) : 1

/** Factors of iALS and of 'hkv', for fewer likes and for more. Random parts of u1.base, ml-latest-small and Last.fm, nDCG@10 with 16
 * and with 64: 10,000 0.034 and 0.022, 25,000 0.077 and 0.070, 0.059 and 0.053, 0.055 and 0.055; whole, from 80,000 on, 64 was
 * as good or better. */
const FEW_LIKES = 50_000
const likeFactors = (nRatings: number): number => (nRatings < FEW_LIKES ? 16 : 64)

/** Draws of a Bayesian model, so that a fit takes two minutes at most on two slow cores up to some millions of ratings: 250 sweeps
 * of a million take 'bpmf' a minute and 'bsvdpp' four. Fewer than 50 say too little. */
function draws(nRatings: number, most: number): Pick<MethodParams, 'samples' | 'burnIn'> {
  const sweeps = Math.min(250, Math.max(50, Math.round((250 * most) / Math.max(1, nRatings) / 5) * 5))
  return { samples: (4 * sweeps) / 5, burnIn: sweeps / 5 }
}

/** What depends on the size of the table. Factors of ratings do not: of a generated million (6,040 × 3,706, biases, 60 factors of
 * falling weight, noise) ALS had an RMSE of 0.850 with 16, 0.851 with 32 and 0.853 with 64, SVD++ 0.847 with 16 and 32. */
function sizedParams(method: Method, { nItems, mean, nRatings }: RatingsSize): Partial<MethodParams> {
  switch (method) {
    case 'ials':
      return { nFactors: likeFactors(nRatings), unobservedWeight: blankWeight(nItems) }
    case 'hkv':
      return { nFactors: likeFactors(nRatings), alpha: hkvAlpha(mean) }
    case 'bpmf':
      return draws(nRatings, 1_500_000)
    case 'bsvdpp':
      return draws(nRatings, 500_000)
    default:
      return {}
  }
}

/** What a method has of its own, under what all share. Ratings and 'wals' were chosen on random 80/20 splits of MovieLens
 * 100K's u1.base, ml-latest-small and Last.fm (likes): RMSE for ratings, nDCG@10 for preferences; never on a test file.
 * With 16 factors Bayesian models had 0.904 and 0.887 on inner splits of u1.base, with 32 0.907 and 0.890. */
const own: Record<Method, Partial<MethodParams>> = {
  mean: {},
  bias: { iterations: 10 },
  als: {},
  sgd: { iterations: 40, learningRate: 0.03 },
  svdpp: { iterations: 40, learningRate: 0.018 },
  nmf: { iterations: 40, regularization: 0.8 },
  bpmf: {},
  bsvdpp: {},
  popularity: {},
  wals: { regularization: 1 },
  ials: { iterations: 16, regularization: 0.3 },
  hkv: { iterations: 16, regularization: 30 },
  ease: { regularization: 500 },
  itemknn: { neighbours: 200, shrinkage: 20 }
}

/** Defaults of a method's own parameters, for a table of that size; of a small one, to look at, two factors and little
 * regularization. */
export function methodDefaults(method: Method, size: RatingsSize): MethodParams {
  const shared: MethodParams = {
    nFactors: 16,
    regularization: 1.3,
    iterations: 20,
    unobservedWeight: 0.1,
    countExponent: 0.5,
    alpha: 1,
    learningRate: 0.005,
    neighbours: 200,
    shrinkage: 20,
    samples: 100,
    burnIn: 20
  }
  const few: Partial<MethodParams> = size.small
    ? { nFactors: 2, regularization: 0.1, iterations: 100, learningRate: 0.1 }
    : {}
  return { ...shared, ...own[method], ...sizedParams(method, size), ...few }
}

/** Whether the λ that stands in a form is multiplied by what suits the noise. */
export const isAdapted = ({ method, adaptRegularization }: Record<string, unknown>): boolean =>
  adaptRegularization === true && canAdapt(method as Method)

/** Parameters after one of them was changed in a form: another method comes with its own defaults, its λ adapted to the noise;
 * a λ that is typed is taken as it is. */
export function settleMethod(
  params: Record<string, unknown>,
  before: Record<string, unknown>,
  sizeOf: () => RatingsSize
): Record<string, unknown> {
  const method = methodSchema.safeParse(params['method'])
  if (!method.success) return params
  if (method.data !== before['method'])
    return { ...params, ...methodDefaults(method.data, sizeOf()), adaptRegularization: true }
  const typed = params['regularization'] !== before['regularization']
  return typed && isAdapted(params) ? { ...params, adaptRegularization: false } : params
}
