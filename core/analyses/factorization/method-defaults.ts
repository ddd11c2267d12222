import type { Method, MethodParams } from './methods.ts'

/** What a method has of its own, under what all share. Ratings and 'wals' were chosen on random 80/20 splits of MovieLens
 * 100K's u1.base, ml-latest-small and Last.fm (likes): RMSE for ratings, nDCG@10 for preferences; never on a test file.
 * With 16 factors Bayesian models had 0.904 and 0.887 on inner splits of u1.base, with 32 0.907 and 0.890. */
const own: Record<Method, Partial<MethodParams>> = {
  mean: {},
  bias: { iterations: 10 },
  als: {},
  sgd: { iterations: 40, learningRate: 0.03 },
  svdpp: { iterations: 40, learningRate: 0.012 },
  nmf: { iterations: 40, regularization: 0.8 },
  bpmf: { samples: 200, burnIn: 50 },
  bsvdpp: { samples: 200, burnIn: 50 },
  popularity: {},
  wals: { regularization: 1 },
  ials: { nFactors: 64, regularization: 0.003, countExponent: 1 },
  hkv: { nFactors: 64, regularization: 10, alpha: 1 },
  ease: { regularization: 250 },
  itemknn: { neighbours: 100, shrinkage: 10 }
}

/** Defaults of a method's own parameters.
 * @param small of a table of few ratings: for looking at, two factors and little regularization */
export function methodDefaults(method: Method, small: boolean): MethodParams {
  const shared: MethodParams = {
    nFactors: 16,
    regularization: 1.3,
    iterations: 20,
    unobservedWeight: 0.1,
    countExponent: 0.5,
    alpha: 1,
    learningRate: 0.005,
    neighbours: 100,
    shrinkage: 10,
    samples: 100,
    burnIn: 20
  }
  const few: Partial<MethodParams> = small ? { nFactors: 2, regularization: 0.1, iterations: 100 } : {}
  return { ...shared, ...own[method], ...few }
}
