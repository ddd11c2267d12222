import type { ResultArray, RunContext } from '../../contract/analysis.ts'
import type { SeededRandom } from '../../linalg/random.ts'
import { fitBiases } from './baselines.ts'
import type { RatingCells } from './cells.ts'
import { fitFactors, type History, type TrainingSet } from './fit.ts'
import type { Method } from './methods.ts'
import type { ClipRange } from './metrics.ts'
import { createModel, type FactorModel } from './model.ts'
import type { Pace } from './pace.ts'
import { rotateFactors } from './rotate.ts'
import { factorScorer } from './scorers/factor-scorer.ts'
import type { Scorer } from './scorers/scorer.ts'
import type { FactorizationParams } from './spec.ts'

/** What a method is given to fit. */
export interface FitRequest {
  params: FactorizationParams
  set: TrainingSet
  /** what the history's testRmse is measured on */
  test: RatingCells | null
  /** the range predictions are clipped to for errors; null for preferences */
  clip: ClipRange
  random: SeededRandom
  pace: Pace
  progress: RunContext['progress']
  checkpoint: () => void
  /** of the whole run's progress the fit takes: from, to */
  share: readonly [number, number]
}

/** What a method gives back. */
export interface Fitted {
  /** factors and biases, as stored; nFactors 0 where a method has none */
  model: FactorModel
  /** predicts as the method does: not always by the factors alone */
  scorer: Scorer
  history: History
  /** share of ‖itemFactors‖² on each axis; empty without factors */
  factorShare: number[]
  /** stored beside those every model has */
  arrays: Record<string, ResultArray>
  notes: string[]
}

export type Fit = (request: FitRequest) => Fitted

/** A model that is biases alone, or nothing but the mean. */
const ofBiases = (model: FactorModel): Fitted => ({
  model,
  scorer: factorScorer(model),
  history: [],
  factorShare: [],
  arrays: {},
  notes: []
})

const fitAlternating: Fit = ({ params, set, test, clip, random, pace, progress, checkpoint, share }) => {
  const method = params.method === 'als' ? 'als' : 'wals'
  const { model, history } = fitFactors({ ...params, method }, set, test, clip, random, pace, progress, share)
  const factorShare = rotateFactors(model, pace, checkpoint)
  return { model, scorer: factorScorer(model), history, factorShare, arrays: {}, notes: [] }
}

/** How each method is fitted. */
export const fits: Partial<Record<Method, Fit>> & Record<'als' | 'wals' | 'mean' | 'bias', Fit> = {
  mean: ({ set }) => ofBiases(createModel(set.byUser.nRows, set.byItem.nRows, 0, set.mean)),
  bias: ({ set, pace }) => ofBiases(fitBiases(set.byUser, set.byItem, set.mean, pace)),
  als: fitAlternating,
  wals: fitAlternating
}
