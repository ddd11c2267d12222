import { gemm } from '../../linalg/gemm.ts'
import { inverse } from '../../linalg/inverse.ts'
import { leastSquares } from '../../linalg/least-squares.ts'
import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { unwatched, type Watch } from '../../linalg/watch.ts'

/** The oblique M that brings loadings near to their own powers, which makes large ones stand out: B = A·M, factors of
 * variance one.
 * @param loadings A, p × K, rotated by varimax; not modified
 * @param power at least 1, 4 by custom: the target is |a|^power with the sign of a
 * @returns M, K × K @throws SINGULAR where the target has fewer dimensions than the loadings
 * Source: Hendrickson & White, "Promax: a quick method for rotation to oblique simple structure", British Journal of
 * Statistical Psychology 17 (1964); as R's stats::promax. */
export function promax(loadings: Matrix, power: number, watch: Watch = unwatched): Matrix {
  const { rows, columns, data } = loadings
  const target = createMatrix(
    rows,
    columns,
    data.map((value) => Math.sign(value) * Math.abs(value) ** power)
  )
  const { x } = leastSquares(loadings, target, watch)
  const spread = inverse(gemm(x, x, { transposeA: true }, watch), watch)
  const matrix = x.data.slice()
  for (let k = 0; k < columns; k++) {
    const length = Math.sqrt(spread.data[k * columns + k]!)
    for (let i = 0; i < columns; i++) matrix[i * columns + k]! *= length
  }
  return createMatrix(columns, columns, matrix)
}
