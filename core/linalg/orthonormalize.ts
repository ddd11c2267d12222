import { dot } from './dot.ts'
import { euclideanNorm } from './norms.ts'

/** Makes the rows orthonormal in place, each against those before it (Gram–Schmidt, twice). A row of which no more
 * than `rounding` is left is replaced by the coordinate axis that the rows before it cover least, made orthogonal too.
 * @param rows nRows × length, row-major, nRows ≤ length; OVERWRITTEN
 * @param rounding a length below which what remains of a row is taken for rounding
 * @returns indexes of the rows that were replaced
 * Source: Giraud, Langou & Rozložník, "The loss of orthogonality in the Gram–Schmidt orthogonalization process",
 * Computers & Mathematics with Applications 50 (2005): twice is enough. */
export function orthonormalizeRows(
  rows: Float64Array,
  nRows: number,
  length: number,
  rounding: number,
  checkpoint?: () => void
): number[] {
  const replaced: number[] = []
  const covered = new Float64Array(length)
  for (let k = 0; k < nRows; k++) {
    const row = rows.subarray(k * length, (k + 1) * length)
    subtractProjections(rows, k, length, row, checkpoint)
    if (!(euclideanNorm(row) > rounding)) {
      replaced.push(k)
      row.fill(0)
      row[leastOf(covered)] = 1
      subtractProjections(rows, k, length, row, checkpoint)
    }
    normalize(row)
    subtractProjections(rows, k, length, row, checkpoint)
    normalize(row)
    for (let j = 0; j < length; j++) covered[j]! += row[j]! * row[j]!
  }
  return replaced
}

function subtractProjections(
  rows: Float64Array,
  count: number,
  length: number,
  row: Float64Array,
  checkpoint?: () => void
): void {
  for (let k = 0; k < count; k++) {
    if (k % 16 === 0) checkpoint?.()
    const at = k * length
    const product = dot(rows, at, row, 0, length)
    for (let j = 0; j < length; j++) row[j]! -= product * rows[at + j]!
  }
}

function normalize(row: Float64Array): void {
  const norm = euclideanNorm(row)
  for (let j = 0; j < row.length; j++) row[j]! /= norm
}

function leastOf(values: Float64Array): number {
  let at = 0
  for (let j = 1; j < values.length; j++) if (values[j]! < values[at]!) at = j
  return at
}
