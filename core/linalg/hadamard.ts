import { EigendeskError } from '../contract/errors.ts'
import { createMatrix, describeShape, requireFinite, type Matrix } from './matrix.ts'
import { requireInRange } from './scaled-product.ts'

/** A ∘ B, entry by entry. @param a, b m × n, not modified @returns m × n
 * @throws SHAPE_MISMATCH naming both shapes | NON_FINITE naming row and column | OUT_OF_RANGE where a product exceeds
 * the largest double */
export function hadamard(a: Matrix, b: Matrix): Matrix {
  if (a.rows !== b.rows || a.columns !== b.columns) {
    throw new EigendeskError('SHAPE_MISMATCH', { value: describeShape(a), wanted: describeShape(b) })
  }
  requireFinite(a, 'the first matrix')
  requireFinite(b, 'the second matrix')
  const product = createMatrix(a.rows, a.columns)
  for (let at = 0; at < a.data.length; at++) product.data[at] = a.data[at]! * b.data[at]!
  requireInRange(product.data, 'product entry by entry')
  return product
}
