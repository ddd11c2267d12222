import { describe, expect, test } from 'vitest'
import { cholesky } from '../../core/linalg/cholesky.ts'
import { estimateCondition } from '../../core/linalg/condition.ts'
import { gemm } from '../../core/linalg/gemm.ts'
import { inverse } from '../../core/linalg/inverse.ts'
import { inversePositiveDefinite } from '../../core/linalg/inverse-positive-definite.ts'
import { leastSquares } from '../../core/linalg/least-squares.ts'
import { expandLu, lu, rowOrder } from '../../core/linalg/lu.ts'
import { createMatrix, type Matrix } from '../../core/linalg/matrix.ts'
import { qr } from '../../core/linalg/qr.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import { solve } from '../../core/linalg/solve.ts'
import { identityOf, oneNorm, transposeOf, ULP } from '../unit/linalg/ratios.ts'
import { randomNormal, scaled, spreadValues, withSingularValues, withSymmetricEigenvalues } from './random-matrices.ts'
import { worstRatios } from './worst-ratios.ts'

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
      const b = gemm(a, exact)
      for (const right of [b, randomNormal(n, 40, random)]) {
        const { x } = solve(given, scaled(right, e))
        hold('solve', quotient(oneNorm(rest(right, a, x)), n * oneNorm(a) * oneNorm(x)), where)
      }
      const least = leastSquares(given, scaled(b, e))
      hold('least squares', quotient(oneNorm(rest(b, a, least.x)), n * oneNorm(a) * oneNorm(least.x)), where)
      const inverted = scaled(inverse(given), e)
      const error = oneNorm(rest(identityOf(n), a, inverted))
      hold('inverse', quotient(error, n * oneNorm(a) * oneNorm(inverted)), where)
      if (n > 0) hold('condition', estimateCondition(given) * oneNorm(a) * oneNorm(inverted), where)
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
      hold('cholesky', residual(a, left, transposeOf(right)), `n = ${n}, ${name}`)
      const inverted = scaled(inversePositiveDefinite(scaled(a, e)), e)
      const error = oneNorm(rest(identityOf(n), a, inverted))
      hold('inverse, positive definite', quotient(error, n * oneNorm(a) * oneNorm(inverted)), `n = ${n}, ${name}`)
      expect(inverted).toEqual(transposeOf(inverted))
    })
  }
})

/** B − A·X */
const rest = (b: Matrix, a: Matrix, x: Matrix): Matrix => gemm(a, x, { alpha: -1, c: b })

const quotient = (error: number, size: number): number => (error === 0 ? 0 : error / (ULP * size))

const residual = (a: Matrix, left: Matrix, right: Matrix): number =>
  quotient(oneNorm(rest(a, left, right)), a.rows * oneNorm(a))

const orthogonality = (q: Matrix): number => quotient(oneNorm(rest(identityOf(q.columns), transposeOf(q), q)), q.rows)
