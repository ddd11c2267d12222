import type { RunContext } from '../../../../contract/analysis.ts'
import { EigendeskError } from '../../../../contract/errors.ts'
import { SeededRandom } from '../../../../linalg/random.ts'
import type { RatingCells } from '../../cells.ts'
import { fitMethod } from '../../fit-method.ts'
import type { History, TrainingSet } from '../../fitting.ts'
import type { HeldOutUsers } from '../../held-out-users.ts'
import { errorOf, gatherErrors, noErrors, type UserErrors } from '../../judging/paired-interval.ts'
import { askRanking, measureRanking } from '../../judging/ranking.ts'
import type { Ranking } from '../../judgement.ts'
import { purposeOf } from '../../methods.ts'
import type { Pace } from '../../../../linalg/pace.ts'
import type { FactorizationParams } from '../../spec.ts'

/** Ratings to fit to and to judge on. */
export interface Fold {
  training: TrainingSet
  test: RatingCells
  /** null where no user is held out whole */
  heldOut: HeldOutUsers | null
}

/** How one model did on one fold. */
export interface Judged {
  /** null for preferences */
  errors: UserErrors | null
  rmse: number | null
  mae: number | null
  ranking: Ranking | null
  seconds: number
  history: History
}

/** Fits and judges one model on one fold.
 * @param share of the whole study's progress: from, to
 * @returns why, where the model cannot be fitted to these ratings */
export function judgeModel(
  params: FactorizationParams,
  { training, test, heldOut }: Fold,
  pace: Pace,
  { progress, checkpoint }: RunContext,
  share: readonly [number, number]
): Judged | string {
  try {
    const began = performance.now()
    const random = new SeededRandom(params.seed)
    const fitted = fitMethod(training, test, heldOut, { params, random, pace, progress, checkpoint, share })
    const seconds = (performance.now() - began) / 1000
    const { scorer, clip, history } = fitted
    const errors = purposeOf(params.method) === 'ratings' ? noErrors(training.byUser.nRows) : null
    if (errors) gatherErrors(scorer, test, clip, errors, pace)
    const question = askRanking(
      { byUser: heldOut?.histories ?? training.byUser, byItem: training.byItem },
      test,
      params
    )
    const ranking = question && measureRanking(scorer, question, pace)
    const { rmse, mae } = errors ? errorOf(errors) : { rmse: null, mae: null }
    return { errors, rmse, mae, ranking, seconds, history }
  } catch (thrown) {
    if (!(thrown instanceof EigendeskError) || thrown.data.code === 'CANCELLED') throw thrown
    return thrown.data.message
  }
}
