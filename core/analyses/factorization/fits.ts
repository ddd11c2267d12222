import { noteBlocks } from './blocks.ts'
import { fitFactors } from './fit.ts'
import type { Fit } from './fitting.ts'
import type { Method } from './methods.ts'
import { createModel } from './model.ts'
import { fitBias } from './models/bias.ts'
import { fitBayesianSvdpp, fitBpmf } from './models/bpmf.ts'
import { fitNmf } from './models/nmf.ts'
import { fitEase } from './models/ease.ts'
import { fitHkv } from './models/hkv.ts'
import { fitIals } from './models/ials.ts'
import { fitItemKnn } from './models/itemknn.ts'
import { fitPopularity } from './models/popularity.ts'
import { fitSgd, fitSvdpp } from './models/svdpp.ts'
import { rotateFactors } from './rotate.ts'
import { factorScorer } from './scorers/factor-scorer.ts'

const fitMean: Fit = ({ set }) => {
  const model = createModel(set.byUser.nRows, set.byItem.nRows, 0, set.mean)
  return { model, scorer: factorScorer(model), history: [], factorShare: [], arrays: {}, notes: [] }
}

const fitAlternating: Fit = ({ params, set, test, clip, random, pace, progress, checkpoint, share }) => {
  const method = params.method === 'als' ? 'als' : 'wals'
  const { model, history } = fitFactors({ ...params, method }, set, test, clip, random, pace, progress, share)
  const factorShare = rotateFactors(model, pace, checkpoint)
  const notes = method === 'wals' ? noteBlocks(params.nFactors) : []
  return { model, scorer: factorScorer(model), history, factorShare, arrays: {}, notes }
}

/** How each method is fitted. */
export const fits: Record<Method, Fit> = {
  mean: fitMean,
  bias: fitBias,
  als: fitAlternating,
  sgd: fitSgd,
  svdpp: fitSvdpp,
  nmf: fitNmf,
  bpmf: fitBpmf,
  bsvdpp: fitBayesianSvdpp,
  popularity: fitPopularity,
  wals: fitAlternating,
  ials: fitIals,
  hkv: fitHkv,
  ease: fitEase,
  itemknn: fitItemKnn
}
