import { multiplyInto, panelOf, transposed } from '../../core/linalg/panel.ts'
import { kernels } from '../../core/linalg/kernels/kernels.ts'
import type { Matrix } from '../../core/linalg/matrix.ts'
import { exponentOf, scaleArray } from '../../core/linalg/power-of-two.ts'
import type { SingularValueDecomposition } from '../../core/linalg/svd.ts'

const ULP = Number.EPSILON

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
  const { memory } = kernels()
  return memory.frame(() => {
    const rest = memory.copy(a.data)
    const largest = a.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    const exponent = largest === 0 ? 0 : exponentOf(largest)
    scaleArray(rest, -exponent)
    const values = s.slice()
    scaleArray(values, -exponent)
    const norm = oneNorm(rest, a.rows, a.columns)
    const left = memory.zeros(a.rows * s.length)
    for (let i = 0; i < a.rows; i++) {
      for (let k = 0; k < s.length; k++) left[i * s.length + k] = u.data[i * u.columns + k]! * values[k]!
    }
    const right = panelOf(memory.copy(vt.data.subarray(0, s.length * vt.columns)), s.length, vt.columns)
    multiplyInto(panelOf(rest, a.rows, a.columns), -1, panelOf(left, a.rows, s.length), right)
    const off = oneNorm(rest, a.rows, a.columns)
    return {
      residual: off === 0 ? 0 : off / (Math.max(a.rows, a.columns) * ULP * norm),
      leftOrthogonality: orthogonality(u, 'columns'),
      rightOrthogonality: orthogonality(vt, 'rows')
    }
  })
}

function orthogonality({ rows, columns, data }: Matrix, which: 'rows' | 'columns'): number {
  const { memory } = kernels()
  const x = panelOf(memory.copy(data), rows, columns)
  const [count, length] = which === 'rows' ? [rows, columns] : [columns, rows]
  const products = memory.zeros(count * count)
  for (let i = 0; i < count; i++) products[i * count + i] = -1
  const [a, b] = which === 'rows' ? [x, transposed(x)] : [transposed(x), x]
  multiplyInto(panelOf(products, count, count), 1, a, b)
  return length === 0 ? 0 : oneNorm(products, count, count) / (length * ULP)
}

/** Largest sum of magnitudes in a column. */
function oneNorm(x: Float64Array, rows: number, columns: number): number {
  const sums = new Float64Array(columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) sums[j]! += Math.abs(x[i * columns + j]!)
  return sums.reduce((most, sum) => (Number.isNaN(sum) ? NaN : Math.max(most, sum)), 0)
}
