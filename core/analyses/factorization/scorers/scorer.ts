import type { RatingCells } from '../cells.ts'
import type { Pace } from '../../../linalg/pace.ts'

/** What a fitted model predicts. Ratings are not clipped; scores of preference models have no scale of their own. */
export interface Scorer {
  readonly nUsers: number
  readonly nItems: number
  /** one cell; index −1 is a user or item the model does not know, and adds nothing */
  predict: (user: number, item: number) => number
  /** the scores of every item for one user
   * @param scores nItems, overwritten */
  scoreItems: (user: number, scores: Float64Array) => void
  /** the same for many users at once, where that is quicker; a number may differ in its last bits
   * @param scores users × nItems, row-major, overwritten */
  scoreBlock?: (users: Int32Array, scores: Float64Array) => void
  /** predictions of many cells by the team of threads, some at a time and in order: those of `from` … from +
   * predictions.length − 1, valid during the call */
  predictCells?: (
    cells: Pick<RatingCells, 'userIndex' | 'itemIndex'>,
    pace: Pace,
    take: (from: number, predictions: Float64Array) => void
  ) => void
}
