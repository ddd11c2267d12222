import { describe, expect, test } from 'vitest'
import { cholesky } from '../../core/linalg/cholesky.ts'
import { estimateCondition } from '../../core/linalg/condition.ts'
import { inverse } from '../../core/linalg/inverse.ts'
import { kernels } from '../../core/linalg/kernels/kernels.ts'
import { leastSquares } from '../../core/linalg/least-squares.ts'
import { expandLu, lu, rowOrder } from '../../core/linalg/lu.ts'
import { createMatrix, type Matrix } from '../../core/linalg/matrix.ts'
import { multiplyInto, panelOf } from '../../core/linalg/panel.ts'
import { qr } from '../../core/linalg/qr.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import { solve } from '../../core/linalg/solve.ts'
import { randomNormal, scaled, spreadValues, withSingularValues, withSymmetricEigenvalues } from './random-matrices.ts'
import { worstRatios } from './worst-ratios.ts'

const ULP = Number.EPSILON
const SIZES = [0, 1, 2, 3, 5, 20, 100, 300]

interface System {
  name: string
  a: Matrix
  /** everything was multiplied by 2^e; the ratios are taken without it */
  e: number
  singular?: boolean
}

/** The types of LAPACK's tests of linear equations (TESTING/LIN/dlatb4.f, path DGE): diagonal, triangular, random with
 * conditions 2, √(0.1/ulp) and 0.1/ulp, columns of zeros, scaled near the ends of the range of doubles. */
function systems(n: number, random: SeededRandom): System[] {
  const conditioned = (condition: number): Matrix =>
    withSingularValues(n, n, spreadValues(n, 3, condition, random), random)
  const dense = conditioned(2)
  const keep = (rule: (i: number, j: number) => boolean, a: Matrix): Matrix =>
    createMatrix(
      n,
      n,
      Float64Array.from(a.data, (value, at) => (rule(Math.floor(at / n), at % n) ? value : 0))
    )
  const dominant = (): Matrix => {
    const a = randomNormal(n, n, random)
    for (let i = 0; i < n; i++) a.data[i * n + i] = n
    return a
  }
  const plain: System[] = [
    { name: '1 diagonal', a: keep((i, j) => i === j, dominant()), e: 0 },
    { name: '2 upper triangular', a: keep((i, j) => i <= j, dominant()), e: 0 },
    { name: '3 lower triangular', a: keep((i, j) => i >= j, dominant()), e: 0 },
    { name: '4 condition 2', a: dense, e: 0 },
    { name: '5 first column zero', a: keep((_, j) => j > 0, dense), e: 0, singular: true },
    { name: '6 last column zero', a: keep((_, j) => j < n - 1, dense), e: 0, singular: true },
    { name: '7 last half of the columns zero', a: keep((_, j) => j < n >> 1, dense), e: 0, singular: true },
    { name: '8 condition √(0.1/ulp)', a: conditioned(Math.sqrt(0.1 / ULP)), e: 0 },
    { name: '9 condition 0.1/ulp', a: conditioned(0.1 / ULP), e: 0 },
    { name: '10 condition 2, × 2^−960', a: dense, e: -960 },
    { name: '11 condition 2, × 2^1015', a: dense, e: 1015 }
  ]
  return n === 0 ? plain.filter(({ singular }) => singular !== true) : plain
}

const hold = worstRatios('linear systems')

describe.each(SIZES)('linear systems of LAPACK’s types, n = %i', (n) => {
  for (const { name, a, e, singular } of systems(n, new SeededRandom(2000 + n))) {
    test(`type ${name}`, () => {
      const where = `n = ${n}, type ${name}`
      const given = scaled(a, e)
      const random = new SeededRandom(7)
      const factors = lu(given)
      const { l, u } = expandLu(factors)
      const permuted = createMatrix(n, n)
      rowOrder(factors.pivots, n).forEach((row, i) => {
        permuted.data.set(a.data.subarray(row * n, (row + 1) * n), i * n)
      })
      hold('lu', residual(permuted, l, scaled(u, -e)), where)
      const { q, r } = qr(given)
      hold('qr', residual(a, q, scaled(r, -e)), where)
      hold('qr, orthogonality', orthogonality(q), where)
      if (singular === true) {
        expect(factors.singularAt).toBeGreaterThan(0)
        expect(() => solve(given, createMatrix(n, 1))).toThrow('singular')
        expect(estimateCondition(given)).toBe(0)
        return
      }
      const exact = randomNormal(n, 2, random)
      const b = times(a, exact)
      for (const right of [b, randomNormal(n, 40, random)]) {
        const { x } = solve(given, scaled(right, e))
        hold('solve', quotient(norm(rest(right, a, x)), n * norm(a) * norm(x)), where)
      }
      const least = leastSquares(given, scaled(b, e))
      hold('least squares', quotient(norm(rest(b, a, least.x)), n * norm(a) * norm(least.x)), where)
      const inverted = scaled(inverse(given), e)
      const error = norm(rest(identity(n), a, inverted))
      hold('inverse', quotient(error, n * norm(a) * norm(inverted)), where)
      if (n > 0) hold('condition', estimateCondition(given) * norm(a) * norm(inverted), where)
    })
  }

  for (const [name, condition, e] of [
    ['condition 2', 2, 0],
    ['condition 1e7', 1e7, 0],
    ['condition 1e13', 1e13, 0],
    ['condition 2, × 2^−960', 2, -960],
    ['condition 2, × 2^1015', 2, 1015]
  ] as const) {
    test(`symmetric positive definite, ${name}`, () => {
      const random = new SeededRandom(3000 + n)
      const a = withSymmetricEigenvalues(spreadValues(n, 3, condition, random), random)
      const l = cholesky(scaled(a, e))
      // Half of an odd exponent each is no power of two, so that both halves are put on one factor.
      const left = scaled(l, -Math.ceil(e / 2))
      const right = scaled(l, -Math.floor(e / 2))
      hold('cholesky', residual(a, left, turned(right)), `n = ${n}, ${name}`)
    })
  }
})

/** B − A·X */
function rest(b: Matrix, a: Matrix, x: Matrix): Matrix {
  const { memory } = kernels()
  return memory.frame(() => {
    const data = memory.copy(b.data)
    const [left, right] = [a, x].map((y) => panelOf(memory.copy(y.data), y.rows, y.columns))
    multiplyInto(panelOf(data, b.rows, b.columns), -1, left!, right!)
    return createMatrix(b.rows, b.columns, data.slice())
  })
}

function times(a: Matrix, x: Matrix): Matrix {
  const negative = rest(createMatrix(a.rows, x.columns), a, x)
  return createMatrix(
    a.rows,
    x.columns,
    negative.data.map((value) => -value)
  )
}

function identity(n: number): Matrix {
  const one = createMatrix(n, n)
  for (let i = 0; i < n; i++) one.data[i * n + i] = 1
  return one
}

const turned = (a: Matrix): Matrix =>
  createMatrix(
    a.columns,
    a.rows,
    a.data.map((_, at) => a.data[(at % a.rows) * a.columns + Math.floor(at / a.rows)]!)
  )

/** ‖A‖₁ */
function norm(a: Matrix): number {
  const sums = new Float64Array(a.columns)
  a.data.forEach((value, at) => (sums[at % a.columns]! += Math.abs(value)))
  return sums.reduce((most, sum) => (Number.isNaN(sum) ? NaN : Math.max(most, sum)), 0)
}

const quotient = (error: number, size: number): number => (error === 0 ? 0 : error / (ULP * size))

const residual = (a: Matrix, left: Matrix, right: Matrix): number =>
  quotient(norm(rest(a, left, right)), a.rows * norm(a))

const orthogonality = (q: Matrix): number => quotient(norm(rest(identity(q.columns), turned(q), q)), q.rows)
