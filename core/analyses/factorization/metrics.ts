import type { RatingCells } from './cells.ts'
import type { Pace } from '../../linalg/pace.ts'
import type { Scorer } from './scorers/scorer.ts'
import type { ErrorPair } from './spec.ts'

/** Lowest and highest rating of the training set, to which predicted ratings are clipped; null where they are not. */
export type ClipRange = readonly [number, number] | null

/** Multiplications that one prediction costs, or as slow as its visits to memory. */
const PREDICTION_WORK = 20

/** Root mean squared and mean absolute error of a model on given ratings, its predictions clipped to `clip`.
 * @returns zeros for no ratings */
export function measureErrors(
  scorer: Scorer,
  cells: RatingCells,
  clip: ClipRange,
  pace: Pace = () => undefined
): ErrorPair {
  const [low, high] = clip ?? [-Infinity, Infinity]
  const count = cells.values.length
  if (count === 0) return { rmse: 0, mae: 0 }
  let squares = 0
  let absolutes = 0
  const judge = (t: number, raw: number): void => {
    const error = cells.values[t]! - Math.min(high, Math.max(low, raw))
    squares += error * error
    absolutes += Math.abs(error)
  }
  if (scorer.predictCells) {
    scorer.predictCells(cells, pace, (from, predictions) => predictions.forEach((raw, t) => judge(from + t, raw)))
  } else {
    for (let t = 0; t < count; t++) {
      judge(t, scorer.predict(cells.userIndex[t]!, cells.itemIndex[t]!))
      pace(PREDICTION_WORK)
    }
  }
  return { rmse: Math.sqrt(squares / count), mae: absolutes / count }
}

/** Mean and standard deviation (divisor n) of the ratings; zeros for none. Two passes. */
export function describeRatings(values: Float64Array): { mean: number; deviation: number } {
  if (values.length === 0) return { mean: 0, deviation: 0 }
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / values.length) }
}

/** Lowest and highest value; [0, 0] for none. */
export function rangeOf(values: Float64Array): [number, number] {
  if (values.length === 0) return [0, 0]
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}
