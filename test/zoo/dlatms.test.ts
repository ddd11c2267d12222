import { afterAll, describe, expect, test } from 'vitest'
import { eigh } from '../../core/linalg/eigh.ts'
import { gemm } from '../../core/linalg/gemm.ts'
import { expandLu, lu } from '../../core/linalg/lu.ts'
import { createMatrix, type Matrix } from '../../core/linalg/matrix.ts'
import { matrixNorm } from '../../core/linalg/matrix-norm.ts'
import { qr } from '../../core/linalg/qr.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import { singularValues } from '../../core/linalg/singular-values.ts'
import { solve } from '../../core/linalg/solve.ts'
import { svd } from '../../core/linalg/svd.ts'
import {
  CONDITIONS,
  MODES,
  randomNormal,
  scaled,
  spreadValues,
  withSingularValues,
  withSymmetricEigenvalues
} from './random-matrices.ts'
import { certifySvd } from './svd-certificate.ts'

/** LAPACK passes ratios up to 30 (TESTING/svd.in, TESTING/dtest.in); ours must stay below. */
const THRESHOLD = 10
const ULP = Number.EPSILON

/** Every matrix is also scaled by one of these powers of two, in turn. */
const EXPONENTS = [0, 400, -400]

interface Case {
  where: string
  /** rows × columns, its singular values `values` */
  a: Matrix
  /** descending, none negative */
  values: Float64Array
  /** the values with the signs they were given */
  signed: Float64Array
  /** what a must still be multiplied by, as a power of two, before a routine sees it */
  e: number
  random: SeededRandom
}

/** What a routine's answer is measured by: each ratio by the name it has in the table. */
type Measure = (given: Case) => Record<string, number>

const measures: Record<string, Measure> = {
  svd: ({ a, values, e }) => {
    const { u, s, vt } = svd(scaled(a, e))
    const back = scaledVector(s, -e)
    return {
      ...certifySvd(a, { u, s: back, vt }),
      values: valuesRatio(back, values, a),
      valuesAlone: valuesRatio(scaledVector(singularValues(scaled(a, e)), -e), values, a)
    }
  },
  eigh: ({ a, signed, e, random }) => {
    if (a.rows !== a.columns) return {}
    const n = a.rows
    const symmetric = withSymmetricEigenvalues(signed, random)
    const { w, v } = eigh(scaled(symmetric, e))
    const back = scaledVector(w, -e)
    const stretched = createMatrix(
      n,
      n,
      v.data.map((entry, at) => entry * back[at % n]!)
    )
    const rest = gemm(stretched, v, { transposeB: true, alpha: -1, c: symmetric })
    return {
      residual: ratioOf(matrixNorm(rest, 'one'), n, matrixNorm(symmetric, 'one')),
      orthogonality: orthogonalityRatio(v),
      values: valuesRatio(back, signed.slice().sort().reverse(), a)
    }
  },
  qr: ({ a, e }) => {
    const { q, r } = qr(scaled(a, e))
    return { residual: residualRatio(a, q, scaled(r, -e)), orthogonality: orthogonalityRatio(q) }
  },
  lu: ({ a, e }) => {
    const { p, l, u } = expandLu(lu(scaled(a, e)))
    return { residual: residualRatio(gemm(p, a), l, scaled(u, -e)) }
  },
  solve: ({ a, e, random }) => {
    if (a.rows !== a.columns || a.rows === 0) return {}
    const b = randomNormal(a.rows, 2, random)
    const x = scaled(solve(scaled(a, e), scaled(b, -e / 2)).x, e + e / 2)
    const rest = matrixNorm(gemm(a, x, { alpha: -1, c: b }), 'one')
    return { residual: ratioOf(rest, a.rows, matrixNorm(a, 'one') * matrixNorm(x, 'one')) }
  }
}

const worst = new Map<string, { ratio: number; where: string }>()

function note(kind: string, ratio: number, where: string): void {
  if (ratio >= (worst.get(kind)?.ratio ?? 0)) worst.set(kind, { ratio, where })
  expect(ratio, `${kind}, ${where}`).toBeLessThan(THRESHOLD)
}

describe('matrices with prescribed singular values', () => {
  for (const n of [0, 1, 2, 3, 5, 20, 100, 300]) {
    const shapes = [
      [n, n],
      [3 * n, n],
      [n, 3 * n]
    ] as const
    // The largest order in one shape, and with the spreads that a blocked routine finds hardest.
    for (const [rows, columns] of n < 300 ? shapes : shapes.slice(0, 1)) {
      test.each(n < 300 ? MODES : ([3, -1] as const))(`${rows} × ${columns}, mode %d`, (mode) => {
        const random = new SeededRandom(3000 + 100 * n + 10 * mode + (rows > columns ? 1 : 0))
        CONDITIONS.forEach((condition, k) => {
          if (n === 300 && condition !== 1e8) return
          const spread = spreadValues(Math.min(rows, columns), mode, condition, random, true)
          const given = {
            where: `${rows} × ${columns}, mode ${mode}, condition ${condition}`,
            a: withSingularValues(rows, columns, spread, random),
            signed: spread,
            values: spread.map(Math.abs).sort().reverse(),
            e: EXPONENTS[(k + mode + 6) % 3]!,
            random
          }
          for (const [routine, measure] of Object.entries(measures)) {
            for (const [kind, ratio] of Object.entries(measure(given))) note(`${routine} ${kind}`, ratio, given.where)
          }
        })
      })
    }
  }
})

afterAll(() => {
  const lines = [...worst].map(([kind, { ratio, where }]) => `  ${kind.padEnd(24)} ${ratio.toFixed(3)}  (${where})`)
  console.info(`prescribed values: worst ratios\n${lines.join('\n')}`)
})

const scaledVector = (x: Float64Array, e: number): Float64Array => scaled(createMatrix(1, x.length, x), e).data

/** error / (size·ulp·norm); a NaN is no small ratio. */
function ratioOf(error: number, size: number, norm: number): number {
  return error === 0 ? 0 : error / (size * ULP * norm)
}

/** ‖A − B·C‖₁ / (max(m, n)·ulp·‖A‖₁) */
function residualRatio(a: Matrix, b: Matrix, c: Matrix): number {
  const rest = gemm(b, c, { alpha: -1, c: a })
  return ratioOf(matrixNorm(rest, 'one'), Math.max(a.rows, a.columns), matrixNorm(a, 'one'))
}

/** ‖I − QᵀQ‖₁ / (m·ulp) */
function orthogonalityRatio(q: Matrix): number {
  const n = q.columns
  const identity = createMatrix(n, n)
  for (let i = 0; i < n; i++) identity.data[i * n + i] = 1
  return ratioOf(matrixNorm(gemm(q, q, { transposeA: true, alpha: -1, c: identity }), 'one'), q.rows, 1)
}

/** The largest error of a value over n·ulp·(largest value): by Weyl's theorem no more than the residual allows, and
 * what rounding did to the matrix when it was made. */
function valuesRatio(found: Float64Array, wanted: Float64Array, { rows, columns }: Matrix): number {
  const error = found.reduce((most, value, k) => Math.max(most, Math.abs(value - wanted[k]!)), 0)
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return ratioOf(error, Math.max(rows, columns), largest)
}
