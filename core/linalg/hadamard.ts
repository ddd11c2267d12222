import { EigendeskError } from '../contract/errors.ts'
import { createMatrix, describeShape, requireFinite, type Matrix } from './matrix.ts'
import { inPieces } from './passes.ts'
import { requireInRange } from './scaled-product.ts'
import { unwatched, type Watch } from './watch.ts'

/** A ∘ B, entry by entry. @param a, b m × n, not modified @returns m × n
 * @throws SHAPE_MISMATCH naming both shapes | NON_FINITE naming row and column | OUT_OF_RANGE where a product exceeds
 * the largest double | OUT_OF_MEMORY */
export function hadamard(a: Matrix, b: Matrix, watch: Watch = unwatched): Matrix {
  if (a.rows !== b.rows || a.columns !== b.columns) {
    throw new EigendeskError('SHAPE_MISMATCH', { value: describeShape(a), wanted: describeShape(b) })
  }
  requireFinite(a, watch, 'the first matrix')
  requireFinite(b, watch, 'the second matrix')
  const product = createMatrix(a.rows, a.columns)
  inPieces(a.data.length, 1, watch, (from, to) => {
    for (let at = from; at < to; at++) product.data[at] = a.data[at]! * b.data[at]!
  })
  requireInRange(product.data, 'product entry by entry', watch)
  return product
}
