import { gemm } from '../../core/linalg/gemm.ts'
import { createMatrix, type Matrix } from '../../core/linalg/matrix.ts'
import { identityOf, oneNorm, transposeOf, ULP } from '../unit/linalg/ratios.ts'

/** Both ratios of a few eigenpairs or triplets; a matrix near 1, or the squares of its entries leave the range of doubles. */
export interface TopCertificate {
  residual: number
  orthogonality: number
}

/** ‖A·V − V·W‖₁ / (n·ulp·‖A‖₁) and ‖I − VᵀV‖₁ / (n·ulp), LAPACK's measures. */
export function certifyPairs(a: Matrix, { w, v }: { w: Float64Array; v: Matrix }): TopCertificate {
  const rest = gemm(a, v, { alpha: -1, c: withColumnsTimes(v, w) })
  return {
    residual: quotient(oneNorm(rest), a.rows * ULP * oneNorm(a)),
    orthogonality: quotient(
      oneNorm(gemm(v, v, { transposeA: true, alpha: -1, c: identityOf(v.columns) })),
      a.rows * ULP
    )
  }
}

/** The largest of ‖A·v − σu‖₂ and ‖Aᵀ·u − σv‖₂ over max(m, n)·ulp·σ₁, as krylovSvd promises it, and of |uᵢᵀuⱼ − δ| and
 * |vᵢᵀvⱼ − δ| over ulp. */
export function certifyTriplets(a: Matrix, { u, s, vt }: { u: Matrix; s: Float64Array; vt: Matrix }): TopCertificate {
  const v = transposeOf(vt)
  const left = gemm(a, v, { alpha: -1, c: withColumnsTimes(u, s) })
  const right = gemm(a, u, { transposeA: true, alpha: -1, c: withColumnsTimes(v, s) })
  const off = [u, v].map((x) => gemm(x, x, { transposeA: true, alpha: -1, c: identityOf(s.length) }))
  const longest = [left, right].flatMap((x) => columnLengths(x)).reduce((most, length) => Math.max(most, length), 0)
  const most = off.flatMap(({ data }) => [...data]).reduce((most, entry) => Math.max(most, Math.abs(entry)), 0)
  return {
    residual: quotient(longest, Math.max(a.rows, a.columns) * ULP * (s[0] ?? 0)),
    orthogonality: most / ULP
  }
}

const quotient = (error: number, unit: number): number => (error === 0 ? 0 : error / unit)

/** X·diag(values) */
function withColumnsTimes(x: Matrix, values: Float64Array): Matrix {
  return createMatrix(
    x.rows,
    x.columns,
    x.data.map((entry, at) => entry * values[at % x.columns]!)
  )
}

function columnLengths({ rows, columns, data }: Matrix): number[] {
  return Array.from({ length: columns }, (_, j) =>
    Math.hypot(...Array.from({ length: rows }, (_unused, i) => data[i * columns + j]!))
  )
}
