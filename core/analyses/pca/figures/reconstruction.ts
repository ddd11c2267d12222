import { combine, type PreparedRow } from './row-parts.ts'

/** A row and what the first components make of it, by column; in the unit of the data or of the prepared cells. */
export interface Reconstruction {
  original: Float64Array<ArrayBuffer>
  /** mean + scale · Σ_{k < cut} t_k v_k: the row of rank `cut` */
  fitted: Float64Array<ArrayBuffer>
  /** original − fitted */
  residual: Float64Array<ArrayBuffer>
  /** root of the mean squared residual over the columns, in the same unit */
  error: number
}

/** Rebuilds a row from its first scores.
 * @param cut how many components, 0 (the mean alone) … K
 * @param unit mean and scale of the columns for the unit of the data; null for prepared cells */
export function reconstructRow(
  { cells, scores, components }: PreparedRow,
  cut: number,
  unit: { mean: ArrayLike<number>; scale: ArrayLike<number> } | null
): Reconstruction {
  const fitted = combine(components, cells.length, cut, (k) => scores[k]!)
  const residual = fitted.map((value, j) => (cells[j]! - value) * (unit ? unit.scale[j]! : 1))
  const inUnit = (value: number, j: number): number => (unit ? unit.mean[j]! + unit.scale[j]! * value : value)
  const squares = residual.reduce((sum, value) => sum + value * value, 0)
  return {
    original: Float64Array.from(cells, inUnit),
    fitted: fitted.map(inUnit),
    residual,
    error: Math.sqrt(squares / Math.max(1, cells.length))
  }
}

/** The same row in units of its columns' standard deviations: beside columns of large numbers those of small ones are seen too.
 * A constant column has none: 0.
 * @param rebuilt in prepared cells @param deviations of the prepared columns */
export function inDeviations({ original, fitted }: Reconstruction, deviations: ArrayLike<number>): Reconstruction {
  const divide = (value: number, j: number): number => (deviations[j]! > 0 ? value / deviations[j]! : 0)
  const [whole, made] = [original.map(divide), fitted.map(divide)]
  const residual = whole.map((value, j) => value - made[j]!)
  const squares = residual.reduce((sum, value) => sum + value * value, 0)
  return { original: whole, fitted: made, residual, error: Math.sqrt(squares / Math.max(1, residual.length)) }
}

/** So many times the smallest deviation, and the column that has it lies flat in a drawing of all. */
const FLAT = 10

/** Whether in one unit some columns would be seen and others lie flat. Constant columns do in any. */
export function hasFlatColumns(deviations: ArrayLike<number>): boolean {
  const varying = Array.from(deviations).filter((deviation) => deviation > 0)
  const [least, most] = [
    varying.reduce((found, value) => Math.min(found, value), Infinity),
    varying.reduce((found, value) => Math.max(found, value), 0)
  ]
  return most >= FLAT * least
}

/** The share of the table that its first components miss, for each rank from 0 (the means alone): ‖Z − Z_k‖ / ‖Z‖ in the
 * Frobenius norm, which is √(1 − share of the variance explained). By the theorem of Eckart & Young (1936) no table of that rank
 * comes closer.
 * @param explainedVarianceRatio K
 * @returns K + 1 numbers, 1 … 0 */
export function tableErrors(explainedVarianceRatio: ArrayLike<number>): number[] {
  let left = 1
  return [1, ...Array.from(explainedVarianceRatio, (share) => Math.sqrt(Math.max(0, (left -= share))))]
}

/** The same of one row: √(Q over k components / its squared distance).
 * @returns K + 1 numbers; all 0 for a row at the origin */
export function rowErrors(scores: ArrayLike<number>, squaredDistance: number, residualSquare: number): number[] {
  const errors: number[] = []
  let left = residualSquare
  for (let k = scores.length; k >= 0; k--) {
    errors.unshift(squaredDistance > 0 ? Math.sqrt(Math.min(1, left / squaredDistance)) : 0)
    if (k > 0) left += scores[k - 1]! ** 2
  }
  return errors
}

/** Whether columns can be the pixels of a square image: a square number of them, 4 × 4 at least.
 * @returns its width, or null */
export function squareWidth(nFeatures: number): number | null {
  const width = Math.round(Math.sqrt(nFeatures))
  return width >= 4 && width * width === nFeatures ? width : null
}
