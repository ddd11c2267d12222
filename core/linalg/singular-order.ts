import { EigendeskError } from '../contract/errors.ts'
import type { Matrix } from './matrix.ts'
import { panelOf, transposed, type Panel } from './panel.ts'
import { timesPowerOfTwo } from './power-of-two.ts'
import { copyColumns } from './reflections.ts'
import { copyScaled } from './scaled-copy.ts'
import type { Watch } from './watch.ts'

/** A, or Aᵀ where A is wide: max(m, n) × min(m, n) in the memory of the kernels, each column in one piece, divided by
 * 2^exponent so that the largest entry lies in [1, 2).
 * @throws NON_FINITE */
export function tallColumns(a: Matrix, watch: Watch): { columns: Panel; exponent: number } {
  if (a.columns <= a.rows) return copyColumns(a, watch)
  const { data, exponent } = copyScaled(a, watch)
  return { columns: transposed(panelOf(data, a.rows, a.columns)), exponent }
}

/** The positions of the values from the largest to the smallest; equal ones keep their order. */
export const orderOf = (values: Float64Array): number[] =>
  Array.from(values.keys()).sort((i, j) => values[j]! - values[i]! || i - j)

/** The values in this order, times 2^exponent, as a plain array.
 * @throws OUT_OF_RANGE where one exceeds the largest double */
export function valuesIn(values: Float64Array, order: readonly number[], exponent: number): Float64Array {
  const result = Float64Array.from(order, (at) => timesPowerOfTwo(values[at]!, exponent))
  if (!result.every(Number.isFinite)) throw new EigendeskError('OUT_OF_RANGE')
  return result
}
