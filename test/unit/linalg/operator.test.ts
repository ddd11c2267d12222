import { describe, expect, test } from 'vitest'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { krylovSvd } from '../../../core/linalg/krylov-svd.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'
import { centredOperator, denseOperator, type LinearOperator } from '../../../core/linalg/operator.ts'
import { panelOf } from '../../../core/linalg/panel.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { randomizedSvd } from '../../../core/linalg/randomized-svd.ts'
import { sparseOperator } from '../../../core/linalg/sparse-multiply.ts'
import { createSparse, denseOf } from '../../../core/linalg/sparse.ts'
import { svd } from '../../../core/linalg/svd.ts'
import { unwatched } from '../../../core/linalg/watch.ts'

const normals = (length: number, seed: number): Float64Array => {
  const random = new SeededRandom(seed)
  return Float64Array.from({ length }, () => random.normal())
}

/** A·x, or Aᵀ·x, as plain sums over the entries of A. */
function product(a: (i: number, j: number) => number, rows: number, columns: number, x: Float64Array, block: number) {
  const y = new Float64Array(rows * block)
  for (let i = 0; i < rows; i++) {
    for (let b = 0; b < block; b++) {
      for (let j = 0; j < columns; j++) y[i * block + b]! += a(i, j) * x[j * block + b]!
    }
  }
  return y
}

/** What an operator makes of a block that lies in memory with gaps of `gap` doubles between its rows. */
function apply(make: () => LinearOperator, flipped: boolean, x: Float64Array, block: number, gap: number) {
  const { memory } = kernels()
  return memory.frame(() => {
    const operator = make()
    const [from, to] = flipped ? [operator.rows, operator.columns] : [operator.columns, operator.rows]
    const stride = block + gap
    const source = memory.allocate(from * stride).fill(NaN)
    for (let i = 0; i < from; i++) for (let b = 0; b < block; b++) source[i * stride + b] = x[i * block + b]!
    const target = memory.allocate(to * stride).fill(NaN)
    const given = panelOf(source, from, block, stride)
    const wanted = panelOf(target, to, block, stride)
    if (flipped) operator.multiplyTransposed(given, wanted, unwatched)
    else operator.multiply(given, wanted, unwatched)
    const y = new Float64Array(to * block)
    for (let i = 0; i < to; i++) for (let b = 0; b < block; b++) y[i * block + b] = target[i * stride + b]!
    return {
      y,
      gaps: Array.from({ length: to * gap }, (_, at) => target[Math.floor(at / gap) * stride + block + (at % gap)]!)
    }
  })
}

const largestDifference = (x: Float64Array, y: Float64Array): number =>
  x.reduce((most, value, at) => Math.max(most, Math.abs(value - y[at]!)), x.length === y.length ? 0 : Infinity)

describe.each([
  [1, 1],
  [7, 3],
  [3, 7],
  [41, 29],
  [130, 201]
])('operators of %d × %d', (rows, columns) => {
  const data = normals(rows * columns, 1)
  const mean = normals(columns, 2)
  const factor = normals(columns, 3)
  const dense = () => denseOperator(kernels().memory.copy(data), rows, columns)

  test('the smaller of the two products of the matrix with itself, centred', () => {
    const size = Math.min(rows, columns)
    const product = kernels().memory.frame(() => {
      const c = kernels().memory.zeros(size * size)
      centredOperator(dense(), mean).gram!(panelOf(c, size, size), unwatched)
      return c.slice()
    })
    const centred = (i: number, j: number): number => data[i * columns + j]! - mean[j]!
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0
        for (let k = 0; k < Math.max(rows, columns); k++) {
          sum += rows >= columns ? centred(k, i) * centred(k, j) : centred(i, k) * centred(j, k)
        }
        expect(Math.abs(product[i * size + j]! - sum)).toBeLessThan(1e-12 * (rows + columns))
      }
    }
  })
  const cases = {
    dense: { make: dense, entry: (i: number, j: number) => data[i * columns + j]! },
    centred: {
      make: () => centredOperator(dense(), mean),
      entry: (i: number, j: number) => data[i * columns + j]! - mean[j]!
    },
    'centred and scaled': {
      make: () => centredOperator(dense(), mean, factor),
      entry: (i: number, j: number) => (data[i * columns + j]! - mean[j]!) * factor[j]!
    }
  }
  describe.each(Object.entries(cases))('%s', (_, { make, entry }) => {
    test.each([
      [1, 0],
      [1, 2],
      [5, 0],
      [5, 3]
    ])('multiply a block of %d vectors with gaps of %d, and touch nothing else', (block, gap) => {
      const x = normals(columns * block, 4)
      const forward = apply(make, false, x, block, gap)
      expect(largestDifference(forward.y, product(entry, rows, columns, x, block))).toBeLessThan(1e-12)
      expect(forward.gaps).toEqual(Array<number>(rows * gap).fill(NaN))
      const y = normals(rows * block, 5)
      const back = apply(make, true, y, block, gap)
      const wanted = product((j, i) => entry(i, j), columns, rows, y, block)
      expect(largestDifference(back.y, wanted)).toBeLessThan(1e-12)
      expect(back.gaps).toEqual(Array<number>(columns * gap).fill(NaN))
    })
  })
})

test('centring errs by ulp of what is centred away: column means of 1e9', () => {
  const rows = 50
  const columns = 20
  const data = normals(rows * columns, 6).map((value) => Math.round(value * 1024) / 1024 + 1e9)
  const mean = new Float64Array(columns).fill(1e9)
  const make = () => centredOperator(denseOperator(kernels().memory.copy(data), rows, columns), mean)
  const x = normals(columns, 7)
  const wanted = product((i, j) => data[i * columns + j]! - 1e9, rows, columns, x, 1)
  // A sum of 20 products of 1e9: each of at most 20 roundings errs by at most 2^-53 · 20 · 1e9 · max|x|.
  expect(largestDifference(apply(make, false, x, 1, 0).y, wanted)).toBeLessThan(20 * 20 * 1e9 * 3 * 2 ** -53)
})

describe.each([
  ['krylovSvd', (a: LinearOperator, count: number) => krylovSvd(a, count, { seed: 1 })],
  ['randomizedSvd', (a: LinearOperator, count: number) => randomizedSvd(a, count, { seed: 1, powerIterations: 20 })]
])('%s of a sparse matrix that is centred without a copy', (_, solve) => {
  test.each([
    [700, 90, false],
    [700, 90, true],
    [90, 700, false],
    [90, 700, true]
  ])('%d × %d, with factors: %s', (rows, columns, isScaled) => {
    const random = new SeededRandom(8)
    const count = 9000
    const draw = (below: number) => Int32Array.from({ length: count }, () => random.integer(below))
    const columnIndexes = draw(columns)
    // Columns that fall off keep the values apart, and with them the vectors.
    const values = Float64Array.from(columnIndexes, (j) => (2 + random.normal()) * 0.8 ** j)
    const sparse = createSparse(rows, columns, { rowIndexes: draw(rows), columnIndexes, values })
    const { data } = denseOf(sparse)
    const mean = new Float64Array(columns)
    data.forEach((value, at) => (mean[at % columns]! += value / rows))
    const factor = isScaled ? Float64Array.from({ length: columns }, (__, j) => 1 + (j % 3)) : undefined
    const centred = createMatrix(
      rows,
      columns,
      data.map((value, at) => (value - mean[at % columns]!) * (factor?.[at % columns] ?? 1))
    )
    const { memory } = kernels()
    const found = memory.frame(() => solve(centredOperator(sparseOperator(sparse), mean, factor), 6))
    const dense = memory.frame(() => solve(denseOperator(memory.copy(centred.data), rows, columns), 6))
    const exact = svd(centred)
    for (let k = 0; k < 6; k++) {
      for (const { s } of [found, dense]) expect(Math.abs(s[k]! - exact.s[k]!)).toBeLessThan(1e-13 * exact.s[0]!)
    }
    const widest = (a: Float64Array, b: Float64Array) =>
      a.reduce((most, x, at) => Math.max(most, Math.abs(x - b[at]!)), 0)
    expect(widest(found.u.data, dense.u.data)).toBeLessThan(1e-10)
    expect(widest(found.vt.data, dense.vt.data)).toBeLessThan(1e-10)
  })
})

test('operators without rows or columns give blocks of zeros', () => {
  const empty = (rows: number, columns: number) => () =>
    centredOperator(denseOperator(kernels().memory.allocate(0), rows, columns), new Float64Array(columns))
  expect([...apply(empty(3, 0), false, new Float64Array(0), 2, 0).y]).toEqual([0, 0, 0, 0, 0, 0])
  expect([...apply(empty(0, 2), true, new Float64Array(0), 1, 0).y]).toEqual([0, 0])
})
