import { createMatrix, type Matrix } from './matrix.ts'
import { inPieces } from './passes.ts'
import { requireInRange } from './scaled-product.ts'
import { requireFiniteVector } from './vector.ts'
import { unwatched, type Watch } from './watch.ts'

/** x·yᵀ. @param x m entries @param y n entries @returns m × n
 * @throws NON_FINITE naming the entry | OUT_OF_RANGE where a product exceeds the largest double | OUT_OF_MEMORY */
export function outer(x: Float64Array, y: Float64Array, watch: Watch = unwatched): Matrix {
  requireFiniteVector(x, watch)
  requireFiniteVector(y, watch)
  const product = createMatrix(x.length, y.length)
  inPieces(x.length, y.length, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const value = x[i]!
      for (let j = 0; j < y.length; j++) product.data[i * y.length + j] = value * y[j]!
    }
  })
  requireInRange(product.data, 'outer product', watch)
  return product
}
