import type { Matrix } from '../../../core/linalg/matrix.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import type { SeededRandom } from '../../../core/linalg/random.ts'

/** The plain definitions that the fast routines are held against, and LAPACK's ratios. */
export const ULP = Number.EPSILON

export function randomMatrix(rows: number, columns: number, random: SeededRandom, size = 1): Matrix {
  return createMatrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => size * (2 * random.uniform() - 1))
  )
}

/** A · B by the definition. */
export function product(a: Matrix, b: Matrix): Matrix {
  const c = createMatrix(a.rows, b.columns)
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const x = a.data[i * a.columns + k]!
      for (let j = 0; j < b.columns; j++) c.data[i * b.columns + j]! += x * b.data[k * b.columns + j]!
    }
  }
  return c
}

export function transposeOf(a: Matrix): Matrix {
  const t = createMatrix(a.columns, a.rows)
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) t.data[j * a.rows + i] = a.data[i * a.columns + j]!
  }
  return t
}

export function identityOf(n: number): Matrix {
  const one = createMatrix(n, n)
  for (let i = 0; i < n; i++) one.data[i * n + i] = 1
  return one
}

export const minus = (a: Matrix, b: Matrix): Matrix =>
  createMatrix(
    a.rows,
    a.columns,
    a.data.map((value, at) => value - b.data[at]!)
  )

/** ‖A‖₁, the largest sum of magnitudes in a column. */
export function oneNorm({ rows, columns, data }: Matrix): number {
  const sums = new Float64Array(columns)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) sums[j]! += Math.abs(data[at]!)
  // Math.max keeps a NaN to the end, a comparison would lose it, and with it a failure.
  return sums.reduce((most, sum) => Math.max(most, sum), 0)
}

/** ‖A − B‖₁/(size·ulp·‖A‖₁), 0 where nothing differs. */
export function residualRatio(a: Matrix, b: Matrix, size = Math.max(a.rows, a.columns)): number {
  const error = oneNorm(minus(a, b))
  return error === 0 ? 0 : error / (size * ULP * oneNorm(a))
}

/** ‖I − QᵀQ‖₁/(rows·ulp) */
export function orthogonalityRatio(q: Matrix): number {
  const error = oneNorm(minus(identityOf(q.columns), product(transposeOf(q), q)))
  return error === 0 ? 0 : error / (q.rows * ULP)
}
