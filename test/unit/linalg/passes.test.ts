import { expect, test } from 'vitest'
import {
  angleBetween,
  checkSymmetric,
  cosineSimilarity,
  denseOf,
  expandLu,
  hadamard,
  leastSquares,
  lu,
  matrixNorm,
  outer,
  qr,
  sparseOf,
  svd,
  trace,
  vectorNorm
} from '../../../core/linalg/index.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import { inPieces, largestOf, takeIn, takeOut, transposeEntries, zeros } from '../../../core/linalg/passes.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { scaledTriangle } from '../../../core/linalg/scaled-triangle.ts'
import { unwatched, type Watch } from '../../../core/linalg/watch.ts'
import { randomMatrix } from './ratios.ts'
import { recording, stoppingAt } from './watches.ts'

const LONG = 5_000_003

test('what is copied in and out is what there was, whatever the pieces', () => {
  const data = Float64Array.from({ length: LONG }, (_, i) => i)
  const { watch, looks } = recording()
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

test('the lower triangle is turned and scaled, and columns are put in order, in pieces', () => {
  const n = 2200
  const a = randomMatrix(n, n, new SeededRandom(5))
  a.data[0] = 1000
  const { memory, run } = kernels()
  memory.frame(() => {
    const { watch, looks } = recording()
    const { triangle, exponent } = scaledTriangle(a, 0, watch)
    expect([exponent, looks()]).toEqual([9, 9])
    const turned = new Float64Array(memory.memory.buffer, triangle.at, n * triangle.rowStride)
    let wrong = 0
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) if (turned[j * triangle.rowStride + i] !== a.data[i * n + j]! / 512) wrong++
    expect(wrong).toBe(0)
    const [rows, whole, parts] = [takeIn(a.data, watch), zeros(n * n, watch), zeros(n * n, watch)]
    const order = memory.allocateIntegers(n)
    for (let k = 0; k < n; k++) order[k] = (7 * k) % n
    run.signedColumns(n, n, rows.byteOffset, n, order.byteOffset, whole.byteOffset)
    for (const [from, to] of [
      [0, 909],
      [909, 910],
      [910, n]
    ] as const)
      // prettier-ignore
      run.signedColumns(n, to - from, rows.byteOffset, n, order.byteOffset + 4 * from, parts.byteOffset + 8 * from)
    expect(parts.every((value, at) => value === whole[at])).toBe(true)
  })
})

const square = randomMatrix(2200, 2200, new SeededRandom(6))
test.each<[string, (watch: Watch) => unknown]>([
  ['trace', (watch) => trace(square, watch)],
  ['checkSymmetric', (watch) => checkSymmetric(square, 0, watch)],
  ['the Frobenius norm', (watch) => matrixNorm(square, 'frobenius', watch)],
  ['the one norm', (watch) => matrixNorm(square, 'one', watch)],
  ['the infinity norm', (watch) => matrixNorm(square, 'infinity', watch)],
  ['a vector norm', (watch) => vectorNorm(square.data, 'L1', watch)],
  ['an angle', (watch) => angleBetween(square.data, square.data, watch)],
  ['a cosine', (watch) => cosineSimilarity(square.data, square.data, watch)],
  ['hadamard', (watch) => hadamard(square, square, watch)],
  ['outer', (watch) => outer(square.data.subarray(0, 2200), square.data.subarray(0, 2200), watch)],
  ['a sparse matrix and back', (watch) => denseOf(sparseOf(square, watch), watch)],
  ['lu in parts', (watch) => expandLu({ lu: square, pivots: new Int32Array(2200), sign: 1, singularAt: 0 }, watch)]
])('%s looks at the stop button', (_, run) => {
  const { watch, looks } = recording()
  run(watch)
  expect(looks()).toBeGreaterThanOrEqual(3)
})

test('memory that cannot be had is refused with its size', () => {
  expect(() => createMatrix(2 ** 20, 2 ** 20)).toThrow('This needs 8192.0 GiB; the limit is what the system has left.')
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
  const { watch, looks } = recording()
  run(watch)
  const all = looks()
  for (const look of [2, all]) expect(() => run(stoppingAt(look))).toThrow('stopped')
})
const tall = randomMatrix(600_000, 8, new SeededRandom(3))
