import { bidiagonalQr } from './bidiagonal-qr.ts'
import { reduce } from './bidiagonalize.ts'
import { kernels } from './kernels/kernels.ts'
import type { Matrix } from './matrix.ts'
import { orderOf, tallColumns, valuesIn } from './singular-order.ts'
import { partOf, unwatched, type Watch } from './watch.ts'

/** The min(m, n) singular values of any m × n matrix, descending, ≥ 0; none where m or n is 0.
 * @param a not modified
 * @throws NON_FINITE | NO_CONVERGENCE | OUT_OF_RANGE where a value exceeds the largest double | OUT_OF_MEMORY
 * Accuracy: within a few max(m, n)·ulp of the largest. Cost with L = max(m, n): about 2Lr² + 2r³ flops, 2Lr + r² extra
 * doubles. */
export function singularValues(a: Matrix, watch: Watch = unwatched): Float64Array {
  const { values, exponent } = scaledSingularValues(a, watch)
  return valuesIn(values, [...values.keys()], exponent)
}

/** The same over 2^exponent, as they are before values of a matrix of subnormal numbers lose digits. */
export function scaledSingularValues(a: Matrix, watch: Watch): { values: Float64Array; exponent: number } {
  const { memory } = kernels()
  const long = Math.max(a.rows, a.columns)
  const short = Math.min(a.rows, a.columns)
  memory.require(8 * (2 * long * short + short * short + 400 * (long + short)))
  return memory.frame(() => {
    const { columns, exponent } = tallColumns(a, watch)
    const { d, e } = reduce(columns, false, partOf(watch, 0, 0.9))
    bidiagonalQr(d, e, d.length, null, null, watch)
    return { values: valuesIn(d, orderOf(d), 0), exponent }
  })
}
