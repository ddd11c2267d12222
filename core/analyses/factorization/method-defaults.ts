import type { RatingsSize } from './layout.ts'
import type { Method, MethodParams } from './methods.ts'

/** λ of iALS is IALS_REGULARIZATION ∕ √items. With α₀ = 0.1 and ν = 1 the best of a coarse grid was 0.03 for 1,650 items
 * (u1.base), 0.01 to 0.03 for 9,000 (ml-latest-small), 0.01 for 16,000 (Last.fm, where 0.03 leaves nothing of most factors). */
const IALS_REGULARIZATION = 1.2
/** Where the items are not counted. */
const USUAL_ITEMS = 5000

/** λ of iALS, to two digits. */
const ialsRegularization = (nItems: number | null): number =>
  Number((IALS_REGULARIZATION / Math.sqrt(Math.max(100, nItems ?? USUAL_ITEMS))).toPrecision(2))

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
  ials: { nFactors: 64, iterations: 16, countExponent: 1 },
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
    method === 'ials'
      ? { regularization: ialsRegularization(nItems) }
      : method === 'hkv'
        ? { alpha: hkvAlpha(mean) }
        : {}
  const few: Partial<MethodParams> = small
    ? { nFactors: 2, regularization: 0.1, iterations: 100, learningRate: 0.1 }
    : {}
  return { ...shared, ...own[method], ...sized, ...few }
}
