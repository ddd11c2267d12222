import { describe, expect, it } from 'vitest'
import { ENCODE_LIMIT } from '../../../core/preparation/encode-categories.ts'
import { prepare, tableOf, valuesOf } from './table.ts'

const people = () =>
  tableOf({
    age: [30, null, 18, 44, 18],
    city: ['Bonn', 'Ulm', null, 'Bonn', 'Köln'],
    name: { type: 'text', values: ['Ann', 'Bo', 'Cy', 'Anna', null] }
  })
const filter = (...conditions: unknown[]) => ({ kind: 'filter', conditions })
const linesOf = (steps: unknown[]): number[] => [...prepare(people(), steps).table.lines]

describe('filtering rows', () => {
  it.each([
    [{ test: 'compare', column: 'age', operator: '>', value: 18 }, [2, 5]],
    [{ test: 'compare', column: 'age', operator: '>=', value: 18 }, [2, 4, 5, 6]],
    [{ test: 'compare', column: 'age', operator: '<', value: 30 }, [4, 6]],
    [{ test: 'compare', column: 'age', operator: '<=', value: 30 }, [2, 4, 6]],
    [{ test: 'compare', column: 'age', operator: '=', value: 18 }, [4, 6]],
    // A missing age is not known to differ.
    [{ test: 'compare', column: 'age', operator: '!=', value: 18 }, [2, 5]],
    [{ test: 'between', column: 'age', from: 18, to: 30 }, [2, 4, 6]],
    [{ test: 'oneOf', column: 'age', values: ['18', '44', ''] }, [4, 5, 6]],
    [{ test: 'oneOf', column: 'city', values: ['Bonn', 'Köln'] }, [2, 5, 6]],
    [{ test: 'oneOf', column: 'city', values: ['Bonn', 'Köln'], negated: true }, [3, 4]],
    [{ test: 'contains', column: 'name', text: 'an' }, [2, 5]],
    [{ test: 'contains', column: 'name', text: 'an', negated: true }, [3, 4, 6]],
    [{ test: 'contains', column: 'city', text: 'O' }, [2, 5]],
    [{ test: 'missing', column: 'city' }, [4]],
    [{ test: 'missing', column: 'age', negated: true }, [2, 4, 5, 6]]
  ])('keeps the rows where %j', (condition, lines) => {
    expect(linesOf([filter(condition)])).toEqual(lines)
  })

  it.each([
    [{ operator: '<', value: '2024-02-29' }, [3]],
    [{ operator: '>=', value: '29.2.2024' }, [2, 5]],
    [{ operator: '=', value: '3/4/2024' }, [5]]
  ])('compares days by when they are, not by how they are written: %j', (condition, lines) => {
    const days = { type: 'date' as const, values: ['2024-02-29', '1 Mar 2023', null, '03/04/2024'] }
    const { table } = prepare(tableOf({ day: days }, { dateOrder: 'dmy' }), [
      filter({ test: 'compare', column: 'day', ...condition })
    ])
    expect([...table.lines]).toEqual(lines)
  })

  it('wants a limit of the kind of the column', () => {
    const older = (column: string, value: unknown) => filter({ test: 'compare', column, operator: '>', value })
    expect(() => prepare(people(), [older('age', 'old')])).toThrow('age: "old" is not a number.')
    const day = tableOf({ day: { type: 'date', values: ['2024-02-29'] } })
    expect(() => prepare(day, [older('day', 'spring')])).toThrow('day: "spring" is not a date.')
  })

  it('takes all conditions, or any, and says both in one sentence', () => {
    const conditions = [
      { test: 'compare', column: 'age', operator: '<', value: 20 },
      { test: 'missing', column: 'name' }
    ]
    const { reports } = prepare(people(), [filter(...conditions)])
    expect(reports[0]).toMatchObject({
      text: 'Kept 1 of 5 rows: age < 20 and name is missing',
      rowsBefore: 5,
      rowsAfter: 1
    })
    expect(linesOf([{ ...filter(...conditions), match: 'any' }])).toEqual([4, 6])
  })

  it('is refused where no row is left, where a word is compared, and where there is no such column', () => {
    const older = { test: 'compare', column: 'age', operator: '>', value: 99 }
    expect(() => prepare(people(), [filter(older)])).toThrow('No row would be left: age > 99.')
    expect(() => prepare(people(), [filter({ ...older, column: 'city' })])).toThrow(
      'Comparing needs a column of type number; "city" is category.'
    )
    expect(() => prepare(people(), [filter({ ...older, column: 'weight' })])).toThrow('There is no column "weight"')
  })
})

describe('choosing and renaming columns', () => {
  const namesOf = (steps: unknown[]) => prepare(people(), steps).table.columns.map((column) => column.name)

  it('keeps columns in the order named, or leaves them out', () => {
    expect(namesOf([{ kind: 'choose', columns: ['name', 'age'] }])).toEqual(['name', 'age'])
    expect(namesOf([{ kind: 'choose', mode: 'drop', columns: ['city'] }])).toEqual(['age', 'name'])
    const { reports } = prepare(people(), [{ kind: 'choose', columns: ['name', 'age'] }])
    expect(reports[0]!.text).toBe('Kept 2 of 3 columns; left out city')
    expect(() => namesOf([{ kind: 'choose', mode: 'drop', columns: ['age', 'city', 'name'] }])).toThrow(
      /No column would/
    )
  })

  it('gives a column another name, in later steps too', () => {
    const steps = [
      { kind: 'rename', column: 'age', name: 'years' },
      { kind: 'transform', columns: ['years'], function: 'rank' }
    ]
    expect(valuesOf(prepare(people(), steps).table)['years']).toEqual([3, null, 1.5, 4, 1.5])
    expect(() => namesOf([{ kind: 'rename', column: 'age', name: 'city' }])).toThrow('a column called "city" already')
  })

  it('gives a column another place, with its cells', () => {
    expect(namesOf([{ kind: 'move', column: 'name', before: 'age' }])).toEqual(['name', 'age', 'city'])
    expect(namesOf([{ kind: 'move', column: 'age', before: 'name' }])).toEqual(['city', 'age', 'name'])
    expect(namesOf([{ kind: 'move', column: 'age' }])).toEqual(['city', 'name', 'age'])
    expect(namesOf([{ kind: 'move', column: 'city', before: 'city' }])).toEqual(['age', 'city', 'name'])
    const moved = prepare(people(), [{ kind: 'move', column: 'age' }])
    expect(valuesOf(moved.table)['age']).toEqual([30, null, 18, 44, 18])
    expect(moved.reports[0]!.text).toBe('Moved age to the end')
    expect(() => namesOf([{ kind: 'move', column: 'age', before: 'height' }])).toThrow('height')
  })
})

describe('changing types', () => {
  const read = (values: (string | number | null)[], to: string, change = {}) => {
    const table = tableOf({ x: { type: typeof values[0] === 'number' ? 'number' : 'text', values } }, change)
    const prepared = prepare(table, [{ kind: 'type', columns: ['x'], to }])
    return { values: valuesOf(prepared.table)['x'], report: prepared.reports[0]! }
  }

  it('reads texts as numbers by the rules of the file, and counts what does not fit', () => {
    const { values, report } = read(['1.5', 'x', null, '-2e3', '007'], 'number')
    expect(values).toEqual([1.5, null, null, -2000, 7])
    expect(report).toMatchObject({ text: 'Read x as numbers; 1 cell that did not fit became missing', cellsLost: 1 })
    expect(read(['1,5', '2'], 'number', { decimal: ',' }).values).toEqual([1.5, 2])
  })

  it('writes numbers as words and reads them back equal', () => {
    const numbers = [1.5, 0.1, 1e21, -3, null]
    expect(read(numbers, 'category').values).toEqual(['1.5', '0.1', '1e+21', '-3', null])
    const steps = [
      { kind: 'type', columns: ['x'], to: 'text' },
      { kind: 'type', columns: ['x'], to: 'number' }
    ]
    // A decimal comma is the file's, not that of numbers made here.
    expect(valuesOf(prepare(tableOf({ x: numbers }), steps).table)['x']).toEqual(numbers)
  })

  it('takes one pair of words for booleans', () => {
    expect(read(['yes', 'No', 'true', null, 'maybe'], 'boolean').values).toEqual(['yes', 'No', null, null, null])
    expect(read([0, 1, 2], 'boolean').values).toEqual(['0', '1', null])
  })

  it('takes days for dates', () => {
    expect(read(['2024-02-29', '2023-02-29', 'spring'], 'date').values).toEqual(['2024-02-29', null, null])
  })
})

describe('encoding categories', () => {
  it('makes a column a value in the order of the file, missing where the category is', () => {
    const { table, reports } = prepare(people(), [{ kind: 'encode', columns: ['city'] }])
    expect(valuesOf(table)).toMatchObject({
      'city = Bonn': [1, 0, null, 1, 0],
      'city = Ulm': [0, 1, null, 0, 0],
      'city = Köln': [0, 0, null, 0, 1]
    })
    expect(table.columns.map((column) => column.name)).toEqual([
      'age',
      'city = Bonn',
      'city = Ulm',
      'city = Köln',
      'name'
    ])
    expect(reports[0]!.text).toBe('One-hot: city as 3 columns, 1 row missing in each')
  })

  it('leaves out the first value where asked, and values that no row has', () => {
    const steps = [
      filter({ test: 'oneOf', column: 'city', values: ['Bonn', 'Ulm'] }),
      { kind: 'encode', columns: ['city'], dropFirst: true }
    ]
    const { table, reports } = prepare(people(), steps)
    expect(table.columns.map((column) => column.name)).toEqual(['age', 'city = Ulm', 'name'])
    expect(reports[1]!.text).toBe('One-hot: city as 1 column, without Bonn')
  })

  it('is refused for text, and for more values than anybody looks at', () => {
    expect(() => prepare(people(), [{ kind: 'encode', columns: ['name'] }])).toThrow(
      /category or boolean; "name" is text/
    )
    const many = tableOf({ word: Array.from({ length: ENCODE_LIMIT + 1 }, (_, i) => `w${i}`) })
    expect(() => prepare(many, [{ kind: 'encode', columns: ['word'] }])).toThrow('"word" has 201 different values')
  })

  it('never makes two columns of one name', () => {
    const table = tableOf({ a: ['x', 'y'], 'a = x': [5, 6] })
    expect(prepare(table, [{ kind: 'encode', columns: ['a'] }]).table.columns.map((c) => c.name)).toEqual([
      'a = x 2',
      'a = y',
      'a = x'
    ])
  })
})

describe('removing duplicate rows', () => {
  const table = () => tableOf({ a: [1, 1, 0, -0, null, null], b: ['x', 'x', 'y', 'y', null, 'x'] })

  it('keeps the first of equal rows; missing cells are equal, and so are 0 and −0', () => {
    const { table: kept, reports } = prepare(table(), [{ kind: 'distinct' }])
    expect([...kept.lines]).toEqual([2, 4, 6, 7])
    expect(reports[0]!.text).toBe('Removed 2 rows equal to an earlier one in every column')
  })

  it('looks at the columns named alone', () => {
    expect([...prepare(table(), [{ kind: 'distinct', columns: ['b'] }]).table.lines]).toEqual([2, 4, 6])
  })

  it('tells texts apart whose hash is the same as that of another', () => {
    // Many rows: some share a slot of the table of hashes, and none may be lost.
    const words = Array.from({ length: 5000 }, (_, i) => `word ${i % 4000}`)
    const { table: kept } = prepare(tableOf({ word: { type: 'text', values: words } }), [{ kind: 'distinct' }])
    expect(kept.nRows).toBe(4000)
    expect(valuesOf(kept)['word']).toEqual(words.slice(0, 4000))
  })
})
