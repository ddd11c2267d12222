import { createMatrix, type Matrix } from './matrix.ts'
import { requireInRange } from './scaled-product.ts'
import { requireFiniteVector } from './vector.ts'

/** x·yᵀ. @param x m entries @param y n entries @returns m × n
 * @throws NON_FINITE naming the entry | OUT_OF_RANGE where a product exceeds the largest double */
export function outer(x: Float64Array, y: Float64Array): Matrix {
  requireFiniteVector(x)
  requireFiniteVector(y)
  const product = createMatrix(x.length, y.length)
  x.forEach((value, i) => {
    for (let j = 0; j < y.length; j++) product.data[i * y.length + j] = value * y[j]!
  })
  requireInRange(product.data, 'outer product')
  return product
}
