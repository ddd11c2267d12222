import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { sparseGram } from '../../../core/linalg/sparse-gram.ts'
import { createSparse, denseOf, transposeSparse } from '../../../core/linalg/sparse.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { product, transposeOf } from './ratios.ts'
import { stoppingAt } from './watches.ts'

function draw(rows: number, columns: number, count: number, seed: number) {
  const random = new SeededRandom(seed)
  const indexes = (below: number): Int32Array => Int32Array.from({ length: count }, () => random.integer(below))
  // Small integers, so that sums are exact in any order.
  const values = Float64Array.from({ length: count }, () => random.integer(9) - 4)
  return createSparse(rows, columns, { rowIndexes: indexes(rows), columnIndexes: indexes(columns), values })
}

test('XᵀX of a sparse matrix is that of the dense one, to the bit for integers', () => {
  const size = fc.integer({ min: 1, max: 90 })
  fc.assert(
    fc.property(size, size, fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 99 }), (n, p, count, seed) => {
      const x = draw(n, p, count, seed)
      const dense = denseOf(x)
      const expected = product(transposeOf(dense), dense).data
      kernels().memory.frame(() => {
        expect(sparseGram(x, transposeSparse(x), unwatched).slice()).toEqual(expected)
      })
    }),
    { seed: 9, numRuns: 60 }
  )
})

test('stops when it is told to', () => {
  const x = draw(500, 200, 20_000, 1)
  kernels().memory.frame(() => expect(() => sparseGram(x, transposeSparse(x), stoppingAt(3))).toThrow('stopped'))
})
