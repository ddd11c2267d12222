import { expect, test } from 'vitest'
import { kernels } from '../../../core/linalg/kernels/kernels.ts'
import type { Panel } from '../../../core/linalg/panel.ts'
import { columnRows } from '../../../core/linalg/row-source.ts'
import { stoppingAt } from './watches.ts'

function entryOf({ at, rowStride, columnStride }: Panel, row: number, column: number): number {
  const address = at + 8 * (row * rowStride + column * columnStride)
  return new Float64Array(kernels().memory.memory.buffer, address, 1)[0]!
}

test.each([
  ['a small table, which is copied once', 40],
  ['a table larger than a piece', 33_000]
])('pieces of %s hold its rows and columns', (_, nColumns) => {
  const nRows = 258
  const kinds = [0, 1, 2].map((kind) =>
    Float64Array.from({ length: nRows }, (_, i) => (i === 3 ? NaN : 1000 * kind + i))
  )
  const columns = Array.from({ length: nColumns }, (_, j) => kinds[j % 3]!)
  // The first row is left out.
  const rowsUsed = Int32Array.from({ length: nRows - 1 }, (_, i) => i + 1)
  const value = (row: number, column: number): number => (row === 2 ? -column : 1000 * (column % 3) + row + 1)
  const fill = columns.map((_, j) => -j)
  kernels().memory.frame(() => {
    const source = columnRows(columns, rowsUsed, fill)
    const pieces = [
      [0, 256, 0, nColumns],
      [256, 257, 0, nColumns],
      [0, 257, nColumns - 7, nColumns],
      [1, 5, 2, 4]
    ] as const
    for (const [start, end, left, right] of pieces) {
      const piece = source.piece(start, end, left, right)
      expect([piece.rows, piece.columns]).toEqual([end - start, right - left])
      for (const row of [start, Math.min(start + 2, end - 1), end - 1]) {
        for (const column of [left, left + 1, right - 1]) {
          expect(entryOf(piece, row - start, column - left)).toBe(value(row, column))
        }
      }
    }
  })
})

test('a table is copied under the eyes of the stop button', () => {
  kernels().memory.frame(() => {
    const source = columnRows([Float64Array.of(1, 2)], null, null, stoppingAt(1))
    expect(() => source.piece(0, 2)).toThrow('stopped')
  })
})
