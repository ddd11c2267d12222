import { EigendeskError } from '../contract/errors.ts'
import { canBeAdded, gemm, requireFactors, scaledInto } from './gemm.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, describeShape, type Matrix } from './matrix.ts'
import { multiplyVectorInto, panelOf, transposed } from './panel.ts'
import { placeIn, takeOut, zeros } from './passes.ts'
import { isPlain, largestExponent, place } from './scaled-product.ts'
import { requireFiniteVector, requireLength } from './vector.ts'
import { unwatched, type Watch } from './watch.ts'

export interface GemvOptions {
  /** Aᵀ takes the place of A */
  transposeA?: boolean
  /** 1 unless told */
  alpha?: number
  /** nothing is added without it */
  y?: Float64Array
  /** 1 unless told; where 0, y is not read */
  beta?: number
}

/** alpha·A·x + beta·y.
 * @param a m × k, or k × m where transposed; not modified, nor are x and y
 * @param x k entries @returns m entries; where k = 0 those of beta·y, or zeros
 * @throws SHAPE_MISMATCH naming both shapes | NON_FINITE | OUT_OF_MEMORY | OUT_OF_RANGE where an entry of the result
 * exceeds the largest double
 * Accuracy: |error| ≤ (k + 2)·ulp·(|alpha|·|A|·|x| + |beta|·|y|), entry by entry, plus the smallest subnormal.
 * Cost: 2mk flops; mk + m + k extra doubles. The same bits for every number of threads. */
export function gemv(a: Matrix, x: Float64Array, options: GemvOptions = {}, watch: Watch = unwatched): Float64Array {
  const { transposeA = false, alpha = 1, y, beta = 1 } = options
  const [m, k] = transposeA ? [a.columns, a.rows] : [a.rows, a.columns]
  if (x.length !== k) {
    const shape = describeShape(a) + (transposeA ? ' transposed' : '')
    throw new EigendeskError('SHAPE_MISMATCH', { value: shape, wanted: `a vector of ${x.length}` })
  }
  if (y) requireLength(y, m)
  requireFiniteVector(x, watch)
  requireFactors(alpha, beta)
  const added = beta === 0 ? undefined : y
  if (added) requireFiniteVector(added, watch)
  const { memory } = kernels()
  memory.require(8 * (m * k + 2 * m + 2 * k))
  return memory.frame(() => {
    const matrix = place(a, watch)
    const vector = placeIn(x, watch)
    const plain = isPlain(matrix.exponent, largestExponent(vector, watch), k, alpha)
    if (!plain || (added && !canBeAdded(added, beta, watch))) {
      const c = added ? { c: createMatrix(m, 1, added), beta } : {}
      return gemm(a, createMatrix(k, 1, x), { transposeA, alpha, ...c }, watch).data
    }
    const sum = zeros(m, watch)
    if (added) scaledInto(sum, beta, added, watch)
    const panel = panelOf(matrix.data, a.rows, a.columns)
    multiplyVectorInto(sum.byteOffset, alpha, transposeA ? transposed(panel) : panel, vector.byteOffset, watch)
    watch.progress(1)
    return takeOut(sum, watch)
  })
}
