import { gemm } from '../../core/linalg/gemm.ts'
import { createMatrix, type Matrix } from '../../core/linalg/matrix.ts'
import { exponentOf } from '../../core/linalg/power-of-two.ts'
import type { SingularValueDecomposition } from '../../core/linalg/svd.ts'
import { identityOf, oneNorm, ULP } from '../unit/linalg/ratios.ts'
import { scaled } from './random-matrices.ts'

/** LAPACK's ratios for singular value decompositions (TESTING/EIG/dbdt01.f and dort01.f). */
export interface SvdCertificate {
  /** ‖A − U·S·Vᵀ‖₁ / (max(m, n) · ulp · ‖A‖₁) */
  residual: number
  /** ‖I − UᵀU‖₁ / (m · ulp) */
  leftOrthogonality: number
  /** ‖I − VᵀV‖₁ / (n · ulp) */
  rightOrthogonality: number
}

/** Works on the matrix scaled to a largest entry near 1, so that nothing over- or underflows. */
export function certifySvd(a: Matrix, { u, s, vt }: SingularValueDecomposition): SvdCertificate {
  const largest = a.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const e = largest === 0 ? 0 : -exponentOf(largest)
  const given = scaled(a, e)
  const values = scaled(createMatrix(1, s.length, s), e).data
  const left = createMatrix(
    a.rows,
    s.length,
    Float64Array.from({ length: a.rows * s.length }, (_, at) => {
      const k = at % s.length
      return u.data[((at - k) / s.length) * u.columns + k]! * values[k]!
    })
  )
  const right = createMatrix(s.length, vt.columns, vt.data.subarray(0, s.length * vt.columns))
  const off = oneNorm(gemm(left, right, { alpha: -1, c: given }))
  return {
    residual: off === 0 ? 0 : off / (Math.max(a.rows, a.columns) * ULP * oneNorm(given)),
    leftOrthogonality: orthogonality(u, 'columns'),
    rightOrthogonality: orthogonality(vt, 'rows')
  }
}

function orthogonality(x: Matrix, of: 'rows' | 'columns'): number {
  const [count, length] = of === 'rows' ? [x.rows, x.columns] : [x.columns, x.rows]
  const transposed = of === 'rows' ? { transposeB: true } : { transposeA: true }
  const off = oneNorm(gemm(x, x, { ...transposed, alpha: -1, c: identityOf(count) }))
  return length === 0 ? 0 : off / (length * ULP)
}
