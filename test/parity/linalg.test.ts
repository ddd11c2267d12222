import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { condition } from '../../core/linalg/condition.ts'
import { determinant } from '../../core/linalg/determinant.ts'
import { eig, eigenvalues } from '../../core/linalg/eig.ts'
import { eigh } from '../../core/linalg/eigh.ts'
import { eigvalsh } from '../../core/linalg/eigvalsh.ts'
import { gemm } from '../../core/linalg/gemm.ts'
import { kernels } from '../../core/linalg/kernels/kernels.ts'
import { leastSquares } from '../../core/linalg/least-squares.ts'
import { expandLu, lu } from '../../core/linalg/lu.ts'
import { createMatrix, matrixOf, type Matrix } from '../../core/linalg/matrix.ts'
import { matrixNorm, type MatrixNorm } from '../../core/linalg/matrix-norm.ts'
import { pinv } from '../../core/linalg/pinv.ts'
import { qr } from '../../core/linalg/qr.ts'
import { randomizedSvd } from '../../core/linalg/randomized-svd.ts'
import { rank } from '../../core/linalg/rank.ts'
import { singularValues } from '../../core/linalg/singular-values.ts'
import { solve } from '../../core/linalg/solve.ts'
import { sparseOperator } from '../../core/linalg/sparse-multiply.ts'
import { createSparse, denseOf } from '../../core/linalg/sparse.ts'
import { svd } from '../../core/linalg/svd.ts'

type Rows = number[][]

interface DenseCase {
  name: string
  a: Rows
  singularValues: number[]
  /** index lists of singular values that are equal, those of value 0 left out */
  singularSpaces: number[][]
  /** singular vectors of the first `rank` values */
  u: Rows
  vt: Rows
  rank: number
  /** null where the rank is not full */
  condition: number | null
  norms: Record<MatrixNorm, number>
  absR: Rows | null
  pinv: Rows
  lstsq: { b: Rows; x: Rows }
  eigReal?: number[]
  eigImaginary?: number[]
  eigConditions?: (number | null)[]
  determinant?: number
  logDeterminant?: { sign: number; logAbs: number | null }
  solve?: { b: Rows; x: Rows }
  eigvalsh?: number[]
  eigenspaces?: number[][]
  eigenvectors?: Rows
  lu?: { p: Rows; l: Rows; u: Rows }
}

interface SparseCase {
  name: string
  rows: number
  columns: number
  rowIndexes: number[]
  columnIndexes: number[]
  values: number[]
  singularValues: number[]
}

interface Fixture {
  source: string
  dense: DenseCase[]
  sparse: SparseCase[]
}

// Made by scripts/fixtures/make-parity-linalg.py.
const fixture = JSON.parse(readFileSync(new URL('fixtures/linalg.json', import.meta.url), 'utf-8')) as Fixture

/** Digits of the largest value that both sides can promise of every one. */
const TWELVE_DIGITS = 1e-12
/** Both answers are exact for matrices within a few n·ulp of the one given; so they differ by no more than twice that,
 * times how much the answer moves with the matrix. 30 leaves room for the constants. */
const ROUNDING = 30 * Number.EPSILON

const casesWith = <K extends keyof DenseCase>(key: K): (DenseCase & Record<K, NonNullable<DenseCase[K]>>)[] =>
  fixture.dense.filter((given) => given[key] !== undefined && given[key] !== null) as (DenseCase &
    Record<K, NonNullable<DenseCase[K]>>)[]

const sizeOf = ({ a }: DenseCase): number => Math.max(a.length, a[0]!.length)

/** Largest over smallest singular value of those that count. */
const conditionOf = ({ singularValues: s, rank }: DenseCase): number => (rank === 0 ? 1 : s[0]! / s[rank - 1]!)

function largestOf(values: Iterable<number>): number {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  return largest
}

/** Every entry within `tolerance` of the largest one wanted. */
function expectNear(found: Float64Array, wanted: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(wanted.length)
  const scale = largestOf(wanted)
  // A tolerance that lets everything pass would be no comparison.
  expect(tolerance).toBeLessThan(0.01)
  const error = largestOf(found.map((value, at) => value - wanted[at]!))
  expect(error).toBeLessThanOrEqual(scale * tolerance)
}

const expectMatrixNear = (found: Matrix, wanted: Rows, tolerance: number): void => {
  expect([found.rows, found.columns]).toEqual([wanted.length, wanted[0]?.length ?? 0])
  expectNear(found.data, wanted.flat(), tolerance)
}

/** The sine of the largest angle between a vector and a space, at most. @param basis orthonormal columns */
function distanceFrom(vectors: Matrix, basis: Matrix): number {
  const inside = gemm(basis, gemm(basis, vectors, { transposeA: true }))
  return matrixNorm(gemm(inside, identityOf(inside.columns), { alpha: -1, c: vectors }), 'frobenius')
}

function identityOf(n: number): Matrix {
  const identity = createMatrix(n, n)
  for (let i = 0; i < n; i++) identity.data[i * n + i] = 1
  return identity
}

const columnsOf = (rows: Rows, at: number[]): Matrix => matrixOf(rows.map((row) => at.map((j) => row[j]!)))

const rowsOfMatrix = ({ rows, columns, data }: Matrix): Rows =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)))

const transposeRows = (rows: Rows): Rows => (rows[0] ?? []).map((_, j) => rows.map((row) => row[j]!))

/** Davis & Kahan, Wedin: a space is known to the error of the matrix over its distance from the other values. */
function spaceTolerance(space: number[], values: readonly number[], size: number): number {
  const outside = values.filter((_, k) => !space.includes(k))
  const gaps = space.flatMap((k) => outside.map((value) => Math.abs(value - values[k]!)))
  const gap = gaps.length === 0 ? Infinity : Math.min(...gaps) / largestOf(values)
  return Math.max(TWELVE_DIGITS, (size * ROUNDING) / gap)
}

describe(`singular values, rank, condition and norms (${fixture.source})`, () => {
  test.each(fixture.dense)('$name: singular values to 12 digits', ({ a, singularValues: wanted }) => {
    expectNear(singularValues(matrixOf(a)), wanted, TWELVE_DIGITS)
    expectNear(svd(matrixOf(a)).s, wanted, TWELVE_DIGITS)
  })

  test.each(fixture.dense)('$name: singular spaces by principal angles', (given) => {
    const { u, vt } = svd(matrixOf(given.a))
    const { a, singularSpaces, singularValues } = given
    // The longer vectors have a space of value 0 beside the others.
    const values = a.length === a[0]!.length ? singularValues : [...singularValues, 0]
    for (const space of singularSpaces) {
      const tolerance = spaceTolerance(space, values, sizeOf(given))
      expect(tolerance).toBeLessThan(0.01)
      const right = columnsOf(transposeRows(given.vt), space)
      const left = columnsOf(given.u, space)
      expect(distanceFrom(columnsOf(transposeRows(rowsOfMatrix(vt)), space), right)).toBeLessThan(tolerance)
      expect(distanceFrom(columnsOf(rowsOfMatrix(u), space), left)).toBeLessThan(tolerance)
    }
  })

  test.each(fixture.dense)('$name: rank', ({ a, rank: wanted }) => {
    expect(rank(matrixOf(a)).rank).toBe(wanted)
  })

  test.each(casesWith('condition'))('$name: condition', (given) => {
    // The smallest value is known to n·ulp of the largest.
    const { reciprocal } = condition(matrixOf(given.a))
    expect(Math.abs(reciprocal - 1 / given.condition)).toBeLessThan(sizeOf(given) * ROUNDING)
  })

  test.each(fixture.dense)('$name: norms', ({ a, norms }) => {
    for (const [kind, wanted] of Object.entries(norms)) {
      expectNear(Float64Array.of(matrixNorm(matrixOf(a), kind as MatrixNorm)), [wanted], 1e-13)
    }
  })
})

describe('factors and solutions as numpy and scipy give them', () => {
  const factored = casesWith('absR').filter((given) => conditionOf(given) < 1e10)

  test('most matrices of full rank are fit for a comparison of R', () => {
    expect(factored.length).toBeGreaterThanOrEqual(14)
  })

  test.each(factored)('$name: |R| of QR', (given) => {
    // R moves by the condition times what the matrix moves: Higham, Accuracy and Stability, §19.9.
    const { r } = qr(matrixOf(given.a))
    expectNear(r.data.map(Math.abs), given.absR.flat(), sizeOf(given) * ROUNDING * conditionOf(given))
  })

  test.each(casesWith('lu'))('$name: P, L and U', (given) => {
    // Higham, §9.10: the factors move by the condition times what the matrix moves.
    const { p, l, u } = expandLu(lu(matrixOf(given.a)))
    expectMatrixNear(p, given.lu.p, Number.EPSILON)
    const tolerance = sizeOf(given) * ROUNDING * conditionOf(given)
    expectMatrixNear(l, given.lu.l, tolerance)
    expectMatrixNear(u, given.lu.u, tolerance)
  })

  test.each(casesWith('solve'))('$name: the solution of A X = B', (given) => {
    const { x } = solve(matrixOf(given.a), matrixOf(given.solve.b))
    expectMatrixNear(x, given.solve.x, sizeOf(given) * ROUNDING * conditionOf(given))
  })

  test.each(fixture.dense)('$name: least squares, of least length', (given) => {
    // Golub & Van Loan, §5.3.7: the condition, and its square times what is left over the length of A X.
    const { a, lstsq, singularValues: values } = given
    const wanted = matrixOf(lstsq.x)
    const rest = gemm(matrixOf(a), wanted, { alpha: -1, c: matrixOf(lstsq.b) })
    const length = (values[0] ?? 0) * matrixNorm(wanted, 'frobenius')
    const inconsistent = length === 0 ? 0 : matrixNorm(rest, 'frobenius') / length
    const sensitivity = conditionOf(given) * (1 + conditionOf(given) * inconsistent)
    const found = leastSquares(matrixOf(a), matrixOf(lstsq.b))
    expect(found.rank).toBe(given.rank)
    expectMatrixNear(found.x, lstsq.x, sizeOf(given) * ROUNDING * sensitivity)
  })

  test.each(fixture.dense)('$name: pseudo-inverse', (given) => {
    // Wedin: ‖δX‖ is of the order of ‖X‖²·‖δA‖ while the rank stays what it is.
    const found = pinv(matrixOf(given.a))
    expect(found.rank).toBe(given.rank)
    expectMatrixNear(found.inverse, given.pinv, sizeOf(given) * ROUNDING * conditionOf(given))
  })

  test.each(casesWith('determinant'))('$name: determinant and its logarithm', (given) => {
    const { sign, logAbs, value } = determinant(matrixOf(given.a))
    const relative = sizeOf(given) * ROUNDING * (given.condition ?? Infinity)
    if (relative > 0.01) {
      // Singular within rounding: what is left is rounding of the product of all singular values but the smallest.
      const most = given.singularValues.slice(0, -1).reduce((product, s) => product * s, 1) * given.singularValues[0]!
      expect(Math.abs(value! - given.determinant) / most).toBeLessThan(sizeOf(given) * ROUNDING)
    } else {
      expect(sign).toBe(given.logDeterminant!.sign)
      expect(Math.abs(logAbs - given.logDeterminant!.logAbs!)).toBeLessThan(
        relative + 4 * Number.EPSILON * Math.abs(logAbs)
      )
      expect(Math.abs(value! / given.determinant - 1)).toBeLessThan(relative)
    }
  })
})

describe('eigenvalues as numpy and scipy give them', () => {
  test.each(casesWith('eigvalsh'))('$name: of a symmetric matrix, to 12 digits', ({ a, eigvalsh: wanted }) => {
    expectNear(eigvalsh(matrixOf(a)), wanted, TWELVE_DIGITS)
    expectNear(eigh(matrixOf(a)).w, wanted, TWELVE_DIGITS)
  })

  test.each(casesWith('eigenspaces'))('$name: eigenspaces by principal angles', (given) => {
    const { v } = eigh(matrixOf(given.a))
    for (const space of given.eigenspaces) {
      const tolerance = spaceTolerance(space, given.eigvalsh!, sizeOf(given))
      const wanted = columnsOf(given.eigenvectors!, space)
      expect(tolerance).toBeLessThan(0.01)
      expect(distanceFrom(columnsOf(rowsOfMatrix(v), space), wanted)).toBeLessThan(tolerance)
    }
  })

  test.each(casesWith('eigReal'))('$name: of a general matrix, each as well as its condition allows', (given) => {
    for (const found of [eig(matrixOf(given.a)), eigenvalues(matrixOf(given.a))]) {
      const left = new Set(given.eigReal.keys())
      for (let k = 0; k < found.real.length; k++) {
        const distance = (other: number): number =>
          Math.hypot(found.real[k]! - given.eigReal[other]!, found.imaginary[k]! - given.eigImaginary![other]!)
        const nearest = [...left].reduce((best, other) => (distance(other) < distance(best) ? other : best))
        left.delete(nearest)
        const sensitivity = given.eigConditions![nearest]!
        expect(sensitivity).toBeGreaterThan(0)
        const tolerance = sizeOf(given) * ROUNDING * sensitivity * given.singularValues[0]!
        expect(distance(nearest)).toBeLessThan(tolerance)
      }
    }
  })
})

describe('the largest singular values of sparse matrices as TruncatedSVD gives them', () => {
  test.each(fixture.sparse)('$name', (given) => {
    const { rows, columns, rowIndexes, columnIndexes, values, singularValues: wanted } = given
    const sparse = createSparse(rows, columns, {
      rowIndexes: Int32Array.from(rowIndexes),
      columnIndexes: Int32Array.from(columnIndexes),
      values: Float64Array.from(values)
    })
    expectNear(singularValues(denseOf(sparse)).slice(0, wanted.length), wanted, TWELVE_DIGITS)
    const found = kernels().memory.frame(
      () => randomizedSvd(sparseOperator(sparse), wanted.length, { seed: 1, powerIterations: 15 }).s
    )
    expectNear(found, wanted, TWELVE_DIGITS)
  })
})
