import { studentQuantile } from '../../../stats/distributions.ts'
import type { RatingCells } from '../cells.ts'
import type { ClipRange } from '../metrics.ts'
import type { Pace } from '../../../linalg/pace.ts'
import type { Scorer } from '../scorers/scorer.ts'

/** Errors of one model gathered by user; those of users the model does not know are together in the last place. */
export interface UserErrors {
  /** nUsers + 1 each */
  counts: Float64Array
  squares: Float64Array
  absolutes: Float64Array
}

export const noErrors = (nUsers: number): UserErrors => ({
  counts: new Float64Array(nUsers + 1),
  squares: new Float64Array(nUsers + 1),
  absolutes: new Float64Array(nUsers + 1)
})

/** Multiplications that one prediction costs, or as slow as its visits to memory. */
const PREDICTION_WORK = 20

/** Adds the errors of a model on test ratings to those gathered before. */
export function gatherErrors(scorer: Scorer, test: RatingCells, clip: ClipRange, into: UserErrors, pace: Pace): void {
  const [low, high] = clip ?? [-Infinity, Infinity]
  const unknown = into.counts.length - 1
  for (let t = 0; t < test.values.length; t++) {
    pace(PREDICTION_WORK)
    const user = test.userIndex[t]!
    const error = test.values[t]! - Math.min(high, Math.max(low, scorer.predict(user, test.itemIndex[t]!)))
    const place = user < 0 ? unknown : user
    into.counts[place]! += 1
    into.squares[place]! += error * error
    into.absolutes[place]! += Math.abs(error)
  }
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

export function errorOf({ counts, squares, absolutes }: UserErrors): { rmse: number; mae: number } {
  const n = sumOf(counts)
  return n === 0 ? { rmse: 0, mae: 0 } : { rmse: Math.sqrt(sumOf(squares) / n), mae: sumOf(absolutes) / n }
}

/** How much one model's figure differs from another's, and the interval of 95 % around that. */
export interface PairedDifference {
  difference: number
  low: number
  high: number
}

/** The interval around a difference from what each cluster does to it.
 * @param influences sum to zero; their unit is that of the difference times n */
function intervalAround(difference: number, influences: number[], n: number): PairedDifference | null {
  const m = influences.length
  if (m < 2) return null
  const squares = influences.reduce((sum, z) => sum + z * z, 0)
  const error = Math.sqrt((m / (m - 1)) * squares) / n
  const half = studentQuantile(0.975, m - 1) * error
  return { difference, low: difference - half, high: difference + half }
}

/** RMSE and MAE of `one` minus those of `other` on the same test ratings, with paired 95 % intervals. Ratings of one user are
 * not independent, so users are the clusters: the difference is linearized (delta method) into what each user adds to it,
 * z_u = (s_u − n_u R²)/(2R) of the one minus that of the other, s_u the user's sum of squared errors and R the RMSE, and its
 * standard error is √(m/(m−1) Σ z_u²)/n with Student's t of m − 1 degrees of freedom, m users and n ratings. For the MAE the
 * same holds without a square root. Null where fewer than two users are judged.
 * Source: Cameron & Miller, "A practitioner's guide to cluster-robust inference", J. Human Resources 50 (2015), §II. */
export function comparePaired(
  one: UserErrors,
  other: UserErrors
): { rmse: PairedDifference; mae: PairedDifference } | null {
  const n = sumOf(one.counts)
  const [a, b] = [errorOf(one), errorOf(other)]
  const perRoot = (errors: UserErrors, rmse: number, u: number): number =>
    rmse === 0 ? 0 : (errors.squares[u]! - errors.counts[u]! * rmse * rmse) / (2 * rmse)
  const squares: number[] = []
  const absolutes: number[] = []
  for (let u = 0; u < one.counts.length; u++) {
    const count = one.counts[u]!
    if (count === 0) continue
    squares.push(perRoot(one, a.rmse, u) - perRoot(other, b.rmse, u))
    absolutes.push(one.absolutes[u]! - count * a.mae - (other.absolutes[u]! - count * b.mae))
  }
  const rmse = intervalAround(a.rmse - b.rmse, squares, n)
  const mae = intervalAround(a.mae - b.mae, absolutes, n)
  return rmse === null || mae === null ? null : { rmse, mae }
}
