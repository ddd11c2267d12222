import type { ResultArray, RunContext } from '../../contract/analysis.ts'
import type { SeededRandom } from '../../linalg/random.ts'
import type { GroupedRatings, RatingCells } from './cells.ts'
import type { ClipRange } from './metrics.ts'
import type { FactorModel } from './model.ts'
import type { Pace } from '../../linalg/pace.ts'
import type { Scorer } from './scorers/scorer.ts'
import type { FactorizationParams, FactorizationSummary } from './spec.ts'

export type History = FactorizationSummary['history']

/** The training ratings both ways round, and what is known of them. */
export interface TrainingSet {
  cells: RatingCells
  byUser: GroupedRatings
  byItem: GroupedRatings
  mean: number
  /** standard deviation of the ratings, divisor n */
  deviation: number
}

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
