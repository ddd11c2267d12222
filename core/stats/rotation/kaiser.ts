import { createMatrix, type Matrix } from '../../linalg/matrix.ts'

/** Loadings with rows of length one, so that a column with little in the kept components counts as much as any other;
 * rows of zeros stay.
 * @param loadings p × K, finite, of a scale whose squares are doubles; not modified
 * Source: Kaiser, "The varimax criterion for analytic rotation in factor analysis", Psychometrika 23 (1958), §5. */
export function normalizeRows({ rows, columns, data }: Matrix): Matrix {
  const normal = Float64Array.from(data)
  for (let j = 0; j < rows; j++) {
    const row = normal.subarray(j * columns, (j + 1) * columns)
    const length = Math.hypot(...row)
    if (length > 0) for (let k = 0; k < columns; k++) row[k]! /= length
  }
  return createMatrix(rows, columns, normal)
}
