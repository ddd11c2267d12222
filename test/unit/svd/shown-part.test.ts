import { expect, test } from 'vitest'
import { guessSource, usualColumns } from '../../../core/analyses/svd/guess.ts'
import { shownPart } from '../../../core/analyses/svd/shown-part.ts'
import { imageColumnNames } from '../../../core/contract/image.ts'
import { createMatrix } from '../../../core/linalg/matrix.ts'

/** Entry of row i and column j is 10000 i + j, so that each says where it is from. */
const dense = (rows: number, columns: number): { kind: 'dense'; a: ReturnType<typeof createMatrix> } => ({
  kind: 'dense',
  a: createMatrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, (_, at) => 10000 * Math.floor(at / columns) + (at % columns))
  )
})

test('a picture in colour is thinned alike in both directions and in all channels', () => {
  const [height, width] = [500, 900]
  const shown = shownPart({ matrix: dense(height, 3 * width), columnNames: imageColumnNames(width, 3) })
  // 900 pixels across, 400 at most: every third.
  expect([...shown.rows.slice(0, 3), shown.rows.length]).toEqual([0, 3, 6, 167])
  expect(shown.columns).toHaveLength(900)
  expect([0, 1, 299, 300, 301, 600].map((at) => shown.columns[at])).toEqual([0, 3, 897, 900, 903, 1800])
  expect(shown.cells[1 * 900 + 301]).toBe(10000 * 3 + 903)
})

test('a small picture is whole', () => {
  const shown = shownPart({ matrix: dense(2, 3), columnNames: imageColumnNames(3, 1) })
  expect([...shown.cells]).toEqual([0, 1, 2, 10000, 10001, 10002])
})

test('every column of pixels is decomposed, also one that only counts the rows', () => {
  const columns = imageColumnNames(3, 1).map((name, i) => ({
    name,
    type: 'number' as const,
    missing: 0,
    ...(i === 1 && { isRowNumber: true })
  }))
  const dataset = { name: 'photo', nRows: 4, columns, ratings: null }
  expect(usualColumns(dataset)).toEqual(['grey 1', 'grey 2', 'grey 3'])
  expect(guessSource(dataset).source).toBe('columns')
})
