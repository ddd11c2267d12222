import { createMatrix, type Matrix } from '../../core/linalg/matrix.ts'
import { timesPowerOfTwo } from '../../core/linalg/power-of-two.ts'
import type { SeededRandom } from '../../core/linalg/random.ts'

/** How singular values or eigenvalues are spread between 1 and 1/condition: 1: one large, 2: one small, 3: geometric,
 * 4: arithmetic, 5: logarithm uniformly random, 6: normally distributed; negative: in the reverse order. */
export type Mode = 1 | 2 | 3 | 4 | 5 | 6 | -1 | -2 | -3 | -4 | -5 | -6

export const MODES: readonly Mode[] = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6]
export const CONDITIONS: readonly number[] = [1, 1e4, 1e8, 1e14]

/** n values as LAPACK's dlatm1 spreads them (TESTING/MATGEN). Mode 6 ignores the condition.
 * @param signs whether each value is made negative with probability ½ */
export function spreadValues(
  n: number,
  mode: Mode,
  condition: number,
  random: SeededRandom,
  signs = false
): Float64Array {
  const last = Math.max(1, n - 1)
  const least = 1 / condition
  const rules: Record<number, (i: number) => number> = {
    1: (i) => (i === 0 ? 1 : least),
    2: (i) => (i < n - 1 ? 1 : least),
    3: (i) => condition ** (-i / last),
    4: (i) => 1 - (i / last) * (1 - least),
    5: () => condition ** -random.uniform(),
    6: () => random.normal()
  }
  const rule = rules[Math.abs(mode)]!
  const values = Float64Array.from({ length: n }, (_, i) => rule(i) * (signs && random.uniform() < 0.5 ? -1 : 1))
  return mode < 0 ? values.reverse() : values
}

/** U D Vᵀ with random orthogonal U and V (Haar).
 * @param values the diagonal of D; their magnitudes are the singular values. min(rows, columns) of them
 * @param e everything is scaled by 2^e */
export function withSingularValues(
  rows: number,
  columns: number,
  values: Float64Array,
  random: SeededRandom,
  e = 0
): Matrix {
  const a = createMatrix(rows, columns)
  for (let i = 0; i < Math.min(rows, columns); i++) a.data[i * columns + i] = values[i]!
  turnRows(a, random)
  turnColumns(a, random)
  return scaled(a, e)
}

/** Q D Qᵀ with a random orthogonal Q (Haar), symmetric to the last bit. @param e everything is scaled by 2^e */
export function withSymmetricEigenvalues(values: Float64Array, random: SeededRandom, e = 0): Matrix {
  const n = values.length
  const a = createMatrix(n, n)
  for (let i = 0; i < n; i++) a.data[i * n + i] = values[i]!
  for (let first = n - 2; first >= 0; first--) {
    const v = randomReflection(n - first, random)
    reflectRows(a, first, v)
    reflectColumns(a, first, v)
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a.data[j * n + i] = a.data[i * n + j]!
  return scaled(a, e)
}

export interface EigenvectorChoice {
  /** whether the entries above the (block) diagonal are random too: far from normal */
  triangular?: boolean
  /** condition number of the eigenvectors' matrix; 1: orthogonal */
  vectorsCondition?: number
  /** everything is scaled by 2^e */
  e?: number
}

/** X T X⁻¹ with the eigenvalues of T, as LAPACK's dlatme makes them: X = U S Vᵀ, singular values of X geometric.
 * @param real, imaginary conjugate pairs adjacent, in either order */
export function withEigenvalues(
  real: Float64Array,
  imaginary: Float64Array,
  random: SeededRandom,
  { triangular = false, vectorsCondition = 1, e = 0 }: EigenvectorChoice = {}
): Matrix {
  const n = real.length
  const a = createMatrix(n, n)
  for (let i = 0; i < n; i++) {
    const pair = imaginary[i] !== 0
    a.data[i * n + i] = real[i]!
    if (pair) {
      a.data[i * n + i + 1] = imaginary[i]!
      a.data[(i + 1) * n + i] = -imaginary[i]!
      a.data[(i + 1) * n + i + 1] = real[i]!
    }
    if (triangular) for (let j = i + 1; j < n; j++) if (!(pair && j === i + 1)) a.data[i * n + j] = random.normal()
    if (!pair) continue
    i++
    if (triangular) for (let j = i + 1; j < n; j++) a.data[i * n + j] = random.normal()
  }
  turnBothSides(a, random)
  const stretch = spreadValues(n, 3, vectorsCondition, random)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) a.data[i * n + j]! *= stretch[i]! / stretch[j]!
  if (vectorsCondition !== 1) turnBothSides(a, random)
  return scaled(a, e)
}

/** Independent standard normal entries. */
export function randomNormal(rows: number, columns: number, random: SeededRandom, e = 0): Matrix {
  const data = Float64Array.from({ length: rows * columns }, () => random.normal())
  return scaled(createMatrix(rows, columns, data), e)
}

/** 2^e · A. */
export function scaled(a: Matrix, e: number): Matrix {
  if (e === 0) return a
  return createMatrix(
    a.rows,
    a.columns,
    a.data.map((value) => timesPowerOfTwo(value, e))
  )
}

function turnBothSides(a: Matrix, random: SeededRandom): void {
  for (let first = a.rows - 2; first >= 0; first--) {
    const v = randomReflection(a.rows - first, random)
    reflectRows(a, first, v)
    reflectColumns(a, first, v)
  }
}

/** A ← U A in place. Source: Stewart, "The efficient generation of random orthogonal matrices with an application to
 * condition estimators", SIAM J. Numerical Analysis 17 (1980), theorem 3.3. */
function turnRows(a: Matrix, random: SeededRandom): void {
  for (let first = a.rows - 2; first >= 0; first--) reflectRows(a, first, randomReflection(a.rows - first, random))
  for (let i = 0; i < a.rows; i++) {
    if (random.uniform() < 0.5) continue
    for (let j = 0; j < a.columns; j++) a.data[i * a.columns + j]! *= -1
  }
}

function turnColumns(a: Matrix, random: SeededRandom): void {
  for (let first = a.columns - 2; first >= 0; first--) {
    reflectColumns(a, first, randomReflection(a.columns - first, random))
  }
}

/** A vector v with ‖v‖² = 2 for which I − v vᵀ takes the first axis to a random direction. */
function randomReflection(size: number, random: SeededRandom): Float64Array {
  const v = Float64Array.from({ length: size }, () => random.normal())
  v[0]! += Math.hypot(...v) * (v[0]! < 0 ? -1 : 1)
  const stretch = Math.SQRT2 / Math.hypot(...v)
  return v.map((value) => value * stretch)
}

/** Rows `first` … of A ← (I − v vᵀ) · those rows. */
function reflectRows(a: Matrix, first: number, v: Float64Array): void {
  const { columns, data } = a
  const products = new Float64Array(columns)
  v.forEach((weight, i) => {
    const at = (first + i) * columns
    for (let j = 0; j < columns; j++) products[j]! += weight * data[at + j]!
  })
  v.forEach((weight, i) => {
    const at = (first + i) * columns
    for (let j = 0; j < columns; j++) data[at + j]! -= weight * products[j]!
  })
}

/** Columns `first` … of A ← those columns · (I − v vᵀ). */
function reflectColumns(a: Matrix, first: number, v: Float64Array): void {
  const { rows, columns, data } = a
  for (let i = 0; i < rows; i++) {
    const at = i * columns + first
    let product = 0
    for (let j = 0; j < v.length; j++) product += v[j]! * data[at + j]!
    for (let j = 0; j < v.length; j++) data[at + j]! -= product * v[j]!
  }
}
