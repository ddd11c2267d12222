import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../../core/contract/errors.ts'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import { createMatrix, matrixOf, type Matrix } from '../../../core/linalg/matrix.ts'
import { panelOf } from '../../../core/linalg/panel.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { multiplySparse, multiplySparseTransposed, sparseOperator } from '../../../core/linalg/sparse-multiply.ts'
import { createSparse, denseOf, sparseOf, transposeSparse, type SparseMatrix } from '../../../core/linalg/sparse.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { product, transposeOf } from './ratios.ts'
import { stoppingAt } from './watches.ts'

const code = (wanted: ErrorCode): unknown =>
  expect.objectContaining({ data: expect.objectContaining({ code: wanted }) as unknown })

const triplets = (entries: readonly (readonly [number, number, number])[]) => ({
  rowIndexes: Int32Array.from(entries, ([row]) => row),
  columnIndexes: Int32Array.from(entries, ([, column]) => column),
  values: Float64Array.from(entries, ([, , value]) => value)
})

/** Entries are small whole numbers, so that every order of summing gives the same bits. */
const sparse = fc
  .tuple(fc.nat(9), fc.nat(9))
  .chain(([rows, columns]) =>
    fc
      .array(
        fc.tuple(fc.nat(Math.max(0, rows - 1)), fc.nat(Math.max(0, columns - 1)), fc.integer({ min: -9, max: 9 })),
        { maxLength: rows * columns === 0 ? 0 : 60 }
      )
      .map((entries) => ({ rows, columns, entries }))
  )

function randomWholeNumbers(rows: number, columns: number, seed: number): Matrix {
  const random = new SeededRandom(seed)
  return createMatrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => random.integer(19) - 9)
  )
}

/** About `perRow` entries a row, whole numbers, some places hit twice; the first row and the first column stay empty. */
function randomSparse(rows: number, columns: number, perRow: number, seed: number): SparseMatrix {
  const random = new SeededRandom(seed)
  const entries = Array.from(
    { length: rows * perRow },
    () => [1 + random.integer(rows - 1), 1 + random.integer(columns - 1), random.integer(9) - 4] as const
  )
  return createSparse(rows, columns, triplets(entries))
}

describe('sparse matrices', () => {
  test('the entries of any triplets, those of one place added up; rows sorted; the triplets unmodified', () => {
    fc.assert(
      fc.property(sparse, ({ rows, columns, entries }) => {
        const given = triplets(entries)
        const a = createSparse(rows, columns, given)
        expect(given).toEqual(triplets(entries))
        const expected = createMatrix(rows, columns)
        for (const [row, column, value] of entries) expected.data[row * columns + column]! += value
        expect(denseOf(a)).toEqual(expected)
        for (let i = 0; i < rows; i++) {
          const inRow = [...a.columnIndexes.subarray(a.rowStarts[i], a.rowStarts[i + 1])]
          expect(inRow).toEqual([...new Set(inRow)].sort((p, q) => p - q))
        }
        expect(denseOf(transposeSparse(a))).toEqual(transposeOf(expected))
        expect(transposeSparse(transposeSparse(a))).toEqual(a)
        expect(denseOf(sparseOf(expected))).toEqual(expected)
      }),
      { seed: 1, numRuns: 300 }
    )
  })

  test('a small matrix by compressed rows (worked by hand): an empty row, a place given twice, an entry that sums to 0', () => {
    const a = createSparse(
      3,
      4,
      triplets([
        [2, 3, 1],
        [0, 2, 5],
        [2, 0, 7],
        [0, 2, 0.5],
        [2, 3, -1]
      ])
    )
    expect(a.rowStarts).toEqual(Int32Array.of(0, 1, 1, 3))
    expect(a.columnIndexes).toEqual(Int32Array.of(2, 0, 3))
    expect(a.values).toEqual(Float64Array.of(5.5, 7, 0))
  })

  test('values of one place are added in the order they are given', () => {
    const added = (values: number[]) => createSparse(1, 1, triplets(values.map((value) => [0, 0, value]))).values[0]
    expect(added([1e16, 1, -1e16])).toBe(0)
    expect(added([1e16, -1e16, 1])).toBe(1)
  })

  test('bad triplets are refused with what is wrong', () => {
    const refusal = (entries: Parameters<typeof triplets>[0]) => () => createSparse(2, 3, triplets(entries))
    expect(refusal([[2, 0, 1]])).toThrow(code('INVALID_PARAMETER'))
    expect(refusal([[-1, 0, 1]])).toThrow(code('INVALID_PARAMETER'))
    expect(refusal([[0, 3, 1]])).toThrow(/column 4 of 3/)
    expect(refusal([[1, 2, NaN]])).toThrow(code('NON_FINITE'))
    expect(refusal([[1, 2, -Infinity]])).toThrow(/row 2, column 3/)
    const sumOverflows = refusal([
      [1, 0, 1e308],
      [1, 0, 1e308]
    ])
    expect(sumOverflows).toThrow(/row 2, column 1/)
    const lengths = { ...triplets([[0, 0, 1]]), values: new Float64Array(2) }
    expect(() => createSparse(2, 3, lengths)).toThrow(code('SHAPE_MISMATCH'))
    expect(() => sparseOf(matrixOf([[0], [NaN]]))).toThrow(/row 2, column 1/)
  })

  test('a matrix put together elsewhere is looked through before its arrays are used as addresses', () => {
    const good = createSparse(2, 2, triplets([[0, 1, 3]]))
    const x = createMatrix(2, 1)
    const refused = (change: Partial<SparseMatrix>, wanted: ErrorCode) => {
      expect(() => multiplySparse({ ...good, ...change }, x)).toThrow(code(wanted))
      expect(() => sparseOperator({ ...good, ...change })).toThrow(code(wanted))
    }
    refused({ rowStarts: Int32Array.of(0, 1) }, 'SHAPE_MISMATCH')
    refused({ rowStarts: Int32Array.of(0, 5, 1) }, 'SHAPE_MISMATCH')
    refused({ rowStarts: Int32Array.of(0, 1, 2) }, 'SHAPE_MISMATCH')
    refused({ columnIndexes: Int32Array.of(0, 1) }, 'SHAPE_MISMATCH')
    refused({ columnIndexes: Int32Array.of(2) }, 'INVALID_PARAMETER')
    refused({ columnIndexes: Int32Array.of(-1) }, 'INVALID_PARAMETER')
    refused({ values: Float64Array.of(NaN) }, 'NON_FINITE')
  })
})

describe('products of sparse matrices', () => {
  test('A·X and Aᵀ·Y are those of the dense matrix, whatever the shapes', () => {
    fc.assert(
      fc.property(sparse, fc.nat(50), ({ rows, columns, entries }, width) => {
        const a = createSparse(rows, columns, triplets(entries))
        const x = randomWholeNumbers(columns, width, 1)
        const y = randomWholeNumbers(rows, width, 2)
        expect(multiplySparse(a, x).data.map((v) => v + 0)).toEqual(product(denseOf(a), x).data.map((v) => v + 0))
        const down = product(transposeOf(denseOf(a)), y)
        expect(multiplySparseTransposed(a, y).data.map((v) => v + 0)).toEqual(down.data.map((v) => v + 0))
      }),
      { seed: 2, numRuns: 300 }
    )
  })

  test('every width of a block, over rows enough for many tasks, in panels with gaps that stay as they are', () => {
    const a = randomSparse(3000, 70, 12, 3)
    const dense = denseOf(a)
    const turned = transposeOf(dense)
    const { memory } = kernels()
    for (let width = 1; width <= 27; width++) {
      const x = randomWholeNumbers(70, width, width)
      const y = randomWholeNumbers(3000, width, width)
      expect(multiplySparse(a, x)).toEqual(product(dense, x))
      expect(multiplySparseTransposed(a, y)).toEqual(product(turned, y))
      memory.frame(() => {
        const operator = sparseOperator(a)
        const stride = width + 3
        const source = memory.allocate(3000 * stride).fill(NaN)
        const target = memory.allocate(70 * stride).fill(1234)
        for (let at = 0; at < y.data.length; at++) source[Math.floor(at / width) * stride + (at % width)] = y.data[at]!
        operator.multiplyTransposed(panelOf(source, 3000, width, stride), panelOf(target, 70, width, stride), unwatched)
        const wanted = product(turned, y)
        for (let i = 0; i < 70; i++) {
          const row = target.subarray(i * stride, (i + 1) * stride)
          expect(row.subarray(0, width)).toEqual(wanted.data.subarray(i * width, (i + 1) * width))
          expect(row.subarray(width)).toEqual(new Float64Array(3).fill(1234))
        }
      })
    }
  })

  test('parts cut into several rounds, one row that holds most of the entries, and a wide matrix turned round', () => {
    const tall = randomSparse(60_000, 50, 25, 4)
    const heavy = createSparse(
      40_000,
      3,
      triplets(Array.from({ length: 80_000 }, (_, e) => [e % 2 === 0 ? 7 : e % 40_000, e % 3, 1 + (e % 4)] as const))
    )
    for (const a of [tall, heavy, transposeSparse(tall)]) {
      const dense = denseOf(a)
      const x = randomWholeNumbers(a.columns, 5, 5)
      const y = randomWholeNumbers(a.rows, 5, 6)
      const { memory } = kernels()
      memory.frame(() => {
        const operator = sparseOperator(a)
        expect([operator.rows, operator.columns]).toEqual([a.rows, a.columns])
        const across = memory.allocate(a.rows * 5)
        const down = memory.allocate(a.columns * 5)
        operator.multiply(panelOf(memory.place(x.data), a.columns, 5), panelOf(across, a.rows, 5), unwatched)
        operator.multiplyTransposed(panelOf(memory.place(y.data), a.rows, 5), panelOf(down, a.columns, 5), unwatched)
        expect(across.slice()).toEqual(product(dense, x).data)
        expect(down.slice()).toEqual(product(transposeOf(dense), y).data)
      })
    }
  })

  test('a matrix without entries, without rows, without columns', () => {
    for (const [rows, columns] of [
      [4, 5],
      [0, 3],
      [3, 0],
      [0, 0]
    ] as const) {
      const a = createSparse(rows, columns, triplets([]))
      expect(multiplySparse(a, randomWholeNumbers(columns, 3, 1))).toEqual(createMatrix(rows, 3))
      expect(multiplySparseTransposed(a, randomWholeNumbers(rows, 3, 1))).toEqual(createMatrix(columns, 3))
      expect(multiplySparse(a, createMatrix(columns, 0))).toEqual(createMatrix(rows, 0))
    }
  })

  test('factors that do not fit, or are not finite, are refused', () => {
    const a = createSparse(2, 3, triplets([[0, 0, 1]]))
    const mismatch = code('SHAPE_MISMATCH')
    expect(() => multiplySparse(a, createMatrix(2, 1))).toThrow(mismatch)
    expect(() => multiplySparseTransposed(a, createMatrix(3, 1))).toThrow(mismatch)
    expect(() => multiplySparse(a, matrixOf([[1], [NaN], [1]]))).toThrow(/row 2, column 1/)
    expect(() => multiplySparseTransposed(a, matrixOf([[1], [Infinity]]))).toThrow(/row 2, column 1/)
  })

  test('a product that leaves the range of doubles is refused, also where its sum would not', () => {
    const row = createSparse(
      1,
      2,
      triplets([
        [0, 0, 1e308],
        [0, 1, -1e308]
      ])
    )
    const tens = matrixOf([[10], [10]])
    expect(() => multiplySparse(row, tens)).toThrow(code('OUT_OF_RANGE'))
    expect(() => multiplySparseTransposed(transposeSparse(row), tens)).toThrow(code('OUT_OF_RANGE'))
    expect(multiplySparse(row, matrixOf([[1], [1]]))).toEqual(createMatrix(1, 1))
  })

  test('building a matrix, making an operator of it and a product can each be stopped', () => {
    const a = randomSparse(60_000, 50, 5, 7)
    for (const look of [1, 2]) {
      expect(() => multiplySparse(a, createMatrix(50, 4), stoppingAt(look))).toThrow('stopped')
      expect(() => multiplySparseTransposed(a, createMatrix(60_000, 4), stoppingAt(look))).toThrow('stopped')
    }
    for (const look of [1, 2, 3, 4]) {
      const twice = triplets([
        [1, 2, 3],
        [1, 2, 3]
      ])
      expect(() => createSparse(3, 4, twice, stoppingAt(look))).toThrow('stopped')
    }
    expect(() => sparseOperator(a, stoppingAt(1))).toThrow('stopped')
    expect(() => sparseOperator(transposeSparse(a), stoppingAt(2))).toThrow('stopped')
  })
})
