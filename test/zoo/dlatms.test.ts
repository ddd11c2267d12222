import { describe, test } from 'vitest'
import { cholesky } from '../../core/linalg/cholesky.ts'
import { eigh } from '../../core/linalg/eigh.ts'
import { eighTop } from '../../core/linalg/eigh-top.ts'
import { eigvalsh } from '../../core/linalg/eigvalsh.ts'
import { gemm } from '../../core/linalg/gemm.ts'
import { kernels } from '../../core/linalg/kernels/kernels.ts'
import { krylovSvd } from '../../core/linalg/krylov-svd.ts'
import { leastSquares } from '../../core/linalg/least-squares.ts'
import { expandLu, lu } from '../../core/linalg/lu.ts'
import { createMatrix, type Matrix } from '../../core/linalg/matrix.ts'
import { matrixNorm } from '../../core/linalg/matrix-norm.ts'
import { denseOperator } from '../../core/linalg/operator.ts'
import { pinv } from '../../core/linalg/pinv.ts'
import { qr } from '../../core/linalg/qr.ts'
import { SeededRandom } from '../../core/linalg/random.ts'
import { singularValues } from '../../core/linalg/singular-values.ts'
import { solve } from '../../core/linalg/solve.ts'
import { svd } from '../../core/linalg/svd.ts'
import { tallQr } from '../../core/linalg/tall-qr.ts'
import { identityOf, minus, oneNorm, transposeOf } from '../unit/linalg/ratios.ts'
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
import { certifyPairs, certifyTriplets } from './top-certificate.ts'
import { worstRatios } from './worst-ratios.ts'

const ULP = Number.EPSILON

/** Every matrix is also scaled by one of these powers of two, in turn. */
const EXPONENTS = [0, 500, -500]
/** of eighTop and krylovSvd: what few components of a table are */
const FEW = 5

interface Case {
  where: string
  /** rows × columns, its singular values `values` */
  a: Matrix
  /** descending, none negative */
  values: Float64Array
  /** the values with the signs they were given */
  signed: Float64Array
  /** where a is square: symmetric, its eigenvalues `signed` */
  symmetric: Matrix | null
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
  eigh: ({ a, signed, symmetric, e }) => {
    if (!symmetric) return {}
    const n = a.rows
    const { w, v } = eigh(scaled(symmetric, e))
    const back = scaledVector(w, -e)
    const stretched = createMatrix(
      n,
      n,
      v.data.map((entry, at) => entry * back[at % n]!)
    )
    const rest = gemm(stretched, v, { transposeB: true, alpha: -1, c: symmetric })
    return {
      residual: ratioOf(oneNorm(rest), n, oneNorm(symmetric)),
      orthogonality: orthogonalityRatio(v),
      values: valuesRatio(back, signed.slice().sort().reverse(), a),
      valuesAlone: valuesRatio(scaledVector(eigvalsh(scaled(symmetric, e)), -e), signed.slice().sort().reverse(), a)
    }
  },
  eighTop: ({ signed, symmetric, e }) => {
    if (!symmetric) return {}
    const wanted = signed.slice().sort().reverse().subarray(0, FEW)
    const { w, v } = eighTop(scaled(symmetric, e), wanted.length, { seed: 1 })
    const back = scaledVector(w, -e)
    return {
      ...certifyPairs(symmetric, { w: back, v }),
      values: valuesRatio(back, wanted, symmetric, largestOf(signed))
    }
  },
  krylovSvd: ({ a, values, e }) => {
    const wanted = values.subarray(0, FEW)
    const { u, s, vt } = kernels().memory.frame(() => {
      const operator = denseOperator(kernels().memory.copy(scaled(a, e).data), a.rows, a.columns)
      return krylovSvd(operator, wanted.length, { seed: 1 })
    })
    const back = scaledVector(s, -e)
    const { residual, orthogonality } = certifyTriplets(a, { u, s: back, vt })
    // Of the order of ulp is promised, by the single product of two vectors.
    return {
      residual,
      orthogonality: orthogonality / Math.max(10, a.rows, a.columns),
      values: valuesRatio(back, wanted, a)
    }
  },
  cholesky: ({ a, values, e, random }) => {
    const n = a.rows
    // A smallest eigenvalue within rounding of 0 may be taken for one that is not positive.
    if (n !== a.columns || !(values[n - 1]! > 10 * n * ULP * values[0]!)) return {}
    const definite = withSymmetricEigenvalues(values, random)
    const l = scaled(cholesky(scaled(definite, e)), -e / 2)
    return { residual: residualRatio(definite, l, transposeOf(l)) }
  },
  qr: ({ a, e }) => {
    const { q, r } = qr(scaled(a, e))
    return { residual: residualRatio(a, q, scaled(r, -e)), orthogonality: orthogonalityRatio(q) }
  },
  tallQr: ({ a, e }) => {
    if (a.rows < a.columns) return {}
    const { q, r } = tallQr(scaled(a, e))
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
    const rest = oneNorm(gemm(a, x, { alpha: -1, c: b }))
    return { residual: ratioOf(rest, a.rows, oneNorm(a) * oneNorm(x)) }
  },
  leastSquares: ({ a, e, random }) => {
    const size = Math.max(a.rows, a.columns)
    const solution = randomNormal(a.columns, 2, random)
    const consistent = gemm(a, solution)
    const reached = scaled(leastSquares(scaled(a, e), scaled(consistent, -e / 2)).x, e + e / 2)
    const rest = minus(consistent, gemm(a, reached))
    const b = randomNormal(a.rows, 2, random)
    const x = scaled(leastSquares(scaled(a, e), scaled(b, -e / 2)).x, e + e / 2)
    const normal = gemm(a, minus(b, gemm(a, x)), { transposeA: true })
    const norm = oneNorm(a)
    const product = norm * oneNorm(x) + oneNorm(b)
    return {
      // Where singular values count as 0, what they would have added is left over.
      residual: ratioOf(oneNorm(rest), size, norm * Math.max(...[reached, solution].map(oneNorm))),
      // Of a matrix that close to this one, what is left over is orthogonal to the columns.
      normalEquations: ratioOf(oneNorm(normal), size, matrixNorm(a, 'infinity') * product)
    }
  },
  pinv: ({ a, e }) => {
    const x = scaled(pinv(scaled(a, e)).inverse, e)
    const [ax, xa] = [gemm(a, x), gemm(x, a)]
    const [ofA, ofX] = [oneNorm(a), oneNorm(x)]
    const ratio = (error: Matrix, norm: number): number =>
      ratioOf(oneNorm(error), Math.max(a.rows, a.columns), norm * ofA * ofX)
    return {
      'AXA = A': ratio(minus(gemm(ax, a), a), ofA),
      'XAX = X': ratio(minus(gemm(xa, x), x), ofX),
      'AX symmetric': ratio(minus(ax, transposeOf(ax)), 1),
      'XA symmetric': ratio(minus(xa, transposeOf(xa)), 1)
    }
  }
}

/** What would take minutes with every large matrix. */
const LONG = ['krylovSvd', 'tallQr', 'cholesky', 'leastSquares', 'pinv']

const note = worstRatios('prescribed values')

describe('matrices with prescribed singular values', () => {
  for (const n of [0, 1, 2, 3, 5, 20, 100, 300]) {
    const shapes = [
      [n, n],
      [3 * n, n],
      [n, 3 * n]
    ] as const
    for (const [rows, columns] of shapes) {
      // The largest order with every spread where it is square, with few elsewhere, and with the conditions that are hard.
      test.each(n < 300 || rows === columns ? MODES : ([3, -3] as const))(`${rows} × ${columns}, mode %d`, (mode) => {
        const random = new SeededRandom(3000 + 100 * n + 10 * mode + (rows > columns ? 1 : 0))
        CONDITIONS.forEach((condition, k) => {
          if (n === 300 && condition < 1e8) return
          const spread = spreadValues(Math.min(rows, columns), mode, condition, random, true)
          const given = {
            where: `${rows} × ${columns}, mode ${mode}, condition ${condition}`,
            a: withSingularValues(rows, columns, spread, random),
            signed: spread,
            symmetric: rows === columns ? withSymmetricEigenvalues(spread, random) : null,
            values: spread.map(Math.abs).sort().reverse(),
            e: EXPONENTS[(k + mode + 6) % 3]!,
            random
          }
          for (const [routine, measure] of Object.entries(measures)) {
            if (n >= 100 && condition !== 1e8 && LONG.includes(routine)) continue
            for (const [kind, ratio] of Object.entries(measure(given))) note(`${routine} ${kind}`, ratio, given.where)
          }
        })
      })
    }
  }
})

const scaledVector = (x: Float64Array, e: number): Float64Array => scaled(createMatrix(1, x.length, x), e).data

/** error / (size·ulp·norm); a NaN is no small ratio. */
function ratioOf(error: number, size: number, norm: number): number {
  return error === 0 ? 0 : error / (size * ULP * norm)
}

/** ‖A − B·C‖₁ / (max(m, n)·ulp·‖A‖₁) */
function residualRatio(a: Matrix, b: Matrix, c: Matrix): number {
  const rest = gemm(b, c, { alpha: -1, c: a })
  return ratioOf(oneNorm(rest), Math.max(a.rows, a.columns), oneNorm(a))
}

/** ‖I − QᵀQ‖₁ / (m·ulp) */
function orthogonalityRatio(q: Matrix): number {
  return ratioOf(oneNorm(gemm(q, q, { transposeA: true, alpha: -1, c: identityOf(q.columns) })), q.rows, 1)
}

/** The largest error of a value over n·ulp·(largest value): by Weyl's theorem no more than the residual allows, and
 * what rounding did to the matrix when it was made.
 * @param largest where it is not among those wanted */
function valuesRatio(
  found: Float64Array,
  wanted: Float64Array,
  { rows, columns }: Matrix,
  largest = largestOf(wanted)
): number {
  return ratioOf(largestOf(found.map((value, k) => value - wanted[k]!)), Math.max(rows, columns), largest)
}

const largestOf = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
