import { describe, expect, it } from 'vitest'
import type { ColumnSummary } from '../../../core/contract/table.ts'
import { NumberStatistics } from '../../../core/table/number-statistics.ts'
import { supposeRoles } from '../../../core/table/suppose-roles.ts'

/** A column with the statistics an import finds. */
function numbers(name: string, values: number[], more: Partial<ColumnSummary> = {}): ColumnSummary {
  const statistics = new NumberStatistics()
  statistics.add(Float64Array.from(values))
  const summary: ColumnSummary = { name, type: 'number', missing: values.filter(Number.isNaN).length }
  statistics.describe(summary, 0)
  return { ...summary, ...more }
}
const rows = 200
const each = (of: (row: number) => number): number[] => Array.from({ length: rows }, (_, row) => of(row))
const measured = numbers(
  'size',
  each((row) => row * 1.25)
)

describe('a column of whole numbers that is called like groups', () => {
  it.each(['class', 'Label', 'target', 'digit', 'species', 'GROUP', 'cluster'])('%s groups the rows', (name) => {
    const column = numbers(
      name,
      each((row) => row % 4)
    )
    expect(supposeRoles([measured, column], rows)).toEqual(Object.fromEntries([[name, 'group']]))
  })

  it.each([
    ['has more than twenty values', each((row) => row % 21)],
    ['has one value', each(() => 3)],
    ['is not of whole numbers', each((row) => (row % 4) / 2)],
    ['has a gap', each((row) => (row === 9 ? NaN : row % 4))]
  ])('does not where it %s', (_why, values) => {
    expect(supposeRoles([measured, numbers('class', values)], rows)).toEqual({})
  })

  it('does not where there are fewer than five rows a group, or two such columns', () => {
    expect(supposeRoles([numbers('class', [1, 2, 1, 2, 1, 2, 1, 2, 1])], 9)).toEqual({})
    const two = ['class', 'cluster'].map((name) =>
      numbers(
        name,
        each((row) => row % 3)
      )
    )
    expect(supposeRoles([measured, ...two], rows)).toEqual({})
  })

  it('is no property of an object, whatever the column is called', () => {
    const id = numbers(
      '__proto__ id',
      each((row) => 1000 + 7 * row)
    )
    expect(Object.entries(supposeRoles([id], rows))).toEqual([['__proto__ id', 'label']])
  })
})

describe('a column that only numbers the rows', () => {
  const id = (name: string, more: Partial<ColumnSummary> = {}): ColumnSummary =>
    numbers(
      name,
      each((row) => 1000 + 7 * row),
      more
    )

  it.each(['id', 'ID', 'customer_id', 'patient id', 'sampleId'])('%s names them', (name) => {
    expect(supposeRoles([id(name), measured], rows)).toEqual(Object.fromEntries([[name, 'label']]))
  })

  it.each(['humid', 'acid', 'valid'])('%s is a word of its own', (name) => {
    expect(supposeRoles([id(name), measured], rows)).toEqual({})
  })

  it('leaves 1, 2, 3 … and numbers that come back alone', () => {
    expect(supposeRoles([id('id', { isRowNumber: true })], rows)).toEqual({})
    const shared = numbers(
      'id',
      each((row) => row % 100)
    )
    expect(supposeRoles([shared, measured], rows)).toEqual({})
  })
})

describe('a file without names, as of handwritten digits', () => {
  // pixels are mostly dark, classes are spread evenly
  const pixels = Array.from({ length: 6 }, (_, j) =>
    numbers(
      `column ${j + 1}`,
      each((row) => ((row * (j + 3)) % 11 === 0 ? row % 10 : 0))
    )
  )
  const classes = numbers(
    'column 7',
    each((row) => (row * 7) % 10)
  )

  it('has its groups in the last column or the first', () => {
    expect(supposeRoles([...pixels, classes], rows)).toEqual({ 'column 7': 'group' })
    const first = { ...classes, name: 'column 0' }
    expect(supposeRoles([first, ...pixels], rows)).toEqual({ 'column 0': 'group' })
  })

  it('has none in the middle, in several, in answers from 1 to 5, or in few columns', () => {
    const [one, ...others] = pixels
    expect(supposeRoles([one!, classes, ...others], rows)).toEqual({})
    expect(supposeRoles([...pixels, classes, { ...classes, name: 'column 8' }], rows)).toEqual({})
    const answers = Array.from({ length: 8 }, (_, j) =>
      numbers(
        `column ${j + 1}`,
        each((row) => 1 + ((row * (j + 1)) % 5))
      )
    )
    expect(supposeRoles(answers, rows)).toEqual({})
    expect(supposeRoles([...pixels.slice(0, 3), classes], rows)).toEqual({})
  })

  it('has none where the columns have names', () => {
    expect(supposeRoles([...pixels, { ...classes, name: 'weight' }], rows)).toEqual({})
  })
})
