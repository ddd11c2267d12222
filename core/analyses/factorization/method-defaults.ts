import type { RatingsSize } from './layout.ts'
import type { Method, MethodParams } from './methods.ts'

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
  bpmf: { samples: 200, burnIn: 50 },
  bsvdpp: { samples: 200, burnIn: 50 },
  popularity: {},
  wals: { regularization: 1 },
  ials: { nFactors: 64, iterations: 16, regularization: 0.3 },
  hkv: { nFactors: 64, iterations: 16, regularization: 30 },
  ease: { regularization: 500 },
  itemknn: { neighbours: 200, shrinkage: 20 }
}

/** Defaults of a method's own parameters, for a table of that size; of a small one, to look at, two factors and little
 * regularization. */
export function methodDefaults(method: Method, { small, nItems, mean }: RatingsSize): MethodParams {
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
  const sized: Partial<MethodParams> =
    method === 'ials' ? { unobservedWeight: blankWeight(nItems) } : method === 'hkv' ? { alpha: hkvAlpha(mean) } : {}
  const few: Partial<MethodParams> = small
    ? { nFactors: 2, regularization: 0.1, iterations: 100, learningRate: 0.1 }
    : {}
  return { ...shared, ...own[method], ...sized, ...few }
}
