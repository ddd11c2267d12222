import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { multiplyInto, panelOf, transposed } from './panel.ts'
import { inPieces, takeOut, zeros } from './passes.ts'
import { timesPowerOfTwo } from './power-of-two.ts'
import { isPlain, place, requireInRange, scaleLines } from './scaled-product.ts'
import { unwatched, type Watch } from './watch.ts'

/** The inner products of the columns of X, XᵀX, or of its rows, XXᵀ.
 * @param x m × n; not modified
 * @returns n × n or m × m, symmetric to the last bit
 * @throws NON_FINITE naming row and column | OUT_OF_MEMORY | OUT_OF_RANGE where a product exceeds the largest double
 * Accuracy: |error| ≤ (k + 2)·ulp·|X|ᵀ|X| entry by entry for products of k terms, plus the smallest subnormal.
 * Cost: half the flops of the full product, mn² or m²n; mn + n² extra doubles (m² for rows), 2mn where
 * lines have to be scaled. */
export function syrk(x: Matrix, of: 'columns' | 'rows', watch: Watch = unwatched): Matrix {
  const columns = of === 'columns'
  const [size, length] = columns ? [x.columns, x.rows] : [x.rows, x.columns]
  const { memory } = kernels()
  memory.require(8 * (size * length + size * size))
  return memory.frame(() => {
    const { data, exponent: e } = place(x, watch)
    const plain = isPlain(e, e, length, 1)
    if (!plain) memory.require(8 * (size * length + size * size))
    const lines = plain ? null : scaleLines(x, columns, watch)
    const products = zeros(size * size, watch)
    const whole = panelOf(data, x.rows, x.columns)
    const left = lines ? panelOf(lines.data, size, length) : columns ? transposed(whole) : whole
    multiplyInto(panelOf(products, size, size), 1, left, transposed(left), watch, 'lower')
    inPieces(size, size, watch, (from, to) => {
      for (let i = from; i < to; i++) {
        for (let j = 0; j <= i; j++) {
          const e = lines ? lines.exponents[i]! + lines.exponents[j]! : 0
          const product = products[i * size + j]!
          products[i * size + j] = products[j * size + i] = e === 0 ? product : timesPowerOfTwo(product, e)
        }
      }
    })
    if (lines) requireInRange(products, `inner products of ${of}`, watch)
    watch.progress(1)
    return createMatrix(size, size, takeOut(products, watch))
  })
}
