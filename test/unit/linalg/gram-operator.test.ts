import { describe, expect, test } from 'vitest'
import { gramOperator } from '../../../core/linalg/gram-operator.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix, type Matrix } from '../../../core/linalg/matrix.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { product, randomMatrix, residualRatio, transposeOf } from './ratios.ts'

/** AᵀA·x or A·Aᵀ·x, the smaller, for A − 1·meanᵀ, by the definition. */
function bySums(a: Matrix, x: Matrix, mean: Float64Array | null): Matrix {
  const centred = createMatrix(
    a.rows,
    a.columns,
    a.data.map((value, at) => value - (mean?.[at % a.columns] ?? 0))
  )
  const turned = transposeOf(centred)
  return a.rows >= a.columns ? product(turned, product(centred, x)) : product(centred, product(turned, x))
}

function multiply(a: Matrix, x: Matrix, mean: Float64Array | null): Matrix {
  const { memory } = kernels()
  return memory.frame(() => {
    const g = gramOperator(memory.copy(a.data), a.rows, a.columns, mean)
    expect(g.order).toBe(Math.min(a.rows, a.columns))
    // What the target held does not matter.
    const y = memory.allocate(x.data.length).fill(NaN)
    const free = memory.free
    g.multiply(memory.copy(x.data), y, x.columns, unwatched)
    expect(memory.free).toBe(free - 64 * Math.ceil(x.data.length / 8))
    return createMatrix(x.rows, x.columns, y.slice())
  })
}

const meanOf = (columns: number): Float64Array => Float64Array.from({ length: columns }, (_, j) => ((j % 7) - 3) / 4)

describe('a block times the smaller product of a matrix, against plain sums', () => {
  test.each([
    [1, 1],
    [7, 1],
    [1, 7],
    [13, 13],
    [317, 19],
    [19, 317],
    [523, 131],
    [131, 523],
    // More than one task.
    [30_011, 29],
    [29, 30_011],
    // A block of the matrix holds the least number of rows.
    [6, 40_009]
  ])('%d × %d, with and without a mean', (rows, columns) => {
    const random = new SeededRandom(rows + 3 * columns)
    const a = randomMatrix(rows, columns, random)
    const x = randomMatrix(Math.min(rows, columns), 5, random)
    for (const mean of [null, meanOf(columns)]) {
      expect(residualRatio(bySums(a, x, mean), multiply(a, x, mean), Math.max(rows, columns))).toBeLessThan(10)
    }
  })

  test.each(Array.from({ length: 16 }, (_, at) => at + 1))('blocks of %d', (b) => {
    const random = new SeededRandom(b)
    for (const [rows, columns] of [
      [263, 37],
      [37, 263]
    ] as const) {
      const a = randomMatrix(rows, columns, random)
      const x = randomMatrix(37, b, random)
      for (const mean of [null, meanOf(columns)]) {
        expect(residualRatio(bySums(a, x, mean), multiply(a, x, mean))).toBeLessThan(10)
      }
    }
  })
})

test('the same bits twice, and nothing is modified', () => {
  const a = randomMatrix(400, 150, new SeededRandom(1))
  const x = randomMatrix(150, 4, new SeededRandom(2))
  const kept = a.data.slice()
  expect(multiply(a, x, null)).toEqual(multiply(a, x, null))
  expect(a.data).toEqual(kept)
})
