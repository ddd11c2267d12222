import { expect, test } from 'vitest'
import { leastSquares, lu, qr, svd } from '../../../core/linalg/index.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import { inPieces, largestOf, takeIn, takeOut, transposeEntries, zeros } from '../../../core/linalg/passes.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { unwatched, type Watch } from '../../../core/linalg/watch.ts'
import { randomMatrix } from './ratios.ts'

const LONG = 5_000_003

/** Counts the looks at the stop button. */
function counting(): { watch: Watch; looks: () => number } {
  let looks = 0
  return { watch: { checkpoint: () => void looks++, progress: () => undefined }, looks: () => looks }
}

test('what is copied in and out is what there was, whatever the pieces', () => {
  const data = Float64Array.from({ length: LONG }, (_, i) => i)
  const { watch, looks } = counting()
  const there = kernels().memory.frame(() => takeOut(takeIn(data, watch), watch))
  expect(there).toEqual(data)
  expect(looks()).toBeGreaterThanOrEqual(4)
  expect(kernels().memory.frame(() => takeOut(zeros(LONG, watch), watch))).toEqual(new Float64Array(LONG))
})

test.each([
  [1_200_000, 3],
  [3, 1_200_000],
  [1, 1],
  [0, 4]
])('%i × %i entries are turned in pieces', (rows, columns) => {
  const data = Float64Array.from({ length: rows * columns }, (_, i) => i)
  const turned = kernels().memory.frame(() => {
    const [from, to] = [takeIn(data, unwatched), zeros(data.length, unwatched)]
    transposeEntries(rows, columns, from.byteOffset, columns, to.byteOffset, rows, unwatched)
    return to.slice()
  })
  let wrong = 0
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) if (turned[j * rows + i] !== i * columns + j) wrong++
  expect(wrong).toBe(0)
})

test('an entry that is not finite is found in every piece', () => {
  const largestWith = (value: number, at: number): number =>
    kernels().memory.frame(() => {
      const data = zeros(LONG, unwatched)
      data[7] = -3
      data[at] = value
      return largestOf(data, unwatched)
    })
  for (const at of [0, 2_500_000, LONG - 1]) {
    expect(largestWith(NaN, at)).toBeNaN()
    expect(largestWith(-Infinity, at)).toBe(Infinity)
    expect(largestWith(2, at)).toBe(3)
    expect(largestWith(-4, at)).toBe(4)
  }
})

test('a thing larger than a piece is a piece of its own', () => {
  const seen: number[][] = []
  inPieces(3, 1e9, unwatched, (from, to) => seen.push([from, to]))
  expect(seen).toEqual([
    [0, 1],
    [1, 2],
    [2, 3]
  ])
})

test.each<[string, (watch: Watch) => unknown]>([
  ['lu', (watch) => lu(tall, watch)],
  ['least squares', (watch) => leastSquares(tall, createMatrix(tall.rows, 1), watch)],
  ['qr', (watch) => qr(tall, 'thin', watch)],
  ['svd', (watch) => svd(tall, {}, watch)]
])('%s of a tall matrix can be stopped before it has begun to compute, and after it has ended', (_, run) => {
  const { watch, looks } = counting()
  run(watch)
  const all = looks()
  const stopAt = (look: number): void => {
    let left = look
    const stopping: Watch = {
      checkpoint: () => {
        if (--left === 0) throw new Error('stopped')
      },
      progress: () => undefined
    }
    expect(() => run(stopping)).toThrow('stopped')
  }
  stopAt(2)
  stopAt(all)
})
const tall = randomMatrix(600_000, 8, new SeededRandom(3))
