import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExportTable } from '../../core/contract/analysis.ts'
import { plainDialect, type ColumnType, type Dialect } from '../../core/contract/table.ts'
import { writeCsv } from '../../core/export/csv.ts'
import { MISSING_TOKENS } from '../../core/table/dialect.ts'
import { build, preview } from '../unit/table/build.ts'

interface Generated {
  table: ExportTable
  types: ColumnType[]
}

/** Texts that come back as they were: a formula is disarmed, a missing token is missing, U+FFFD and zeros are reported. */
const comesBack = (text: string): boolean =>
  !/^[=+\-@\t\r]/.test(text) && !/[\0\uFFFD\uFEFF]/.test(text) && !MISSING_TOKENS.includes(text.trim())

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => comesBack(text) && text.trim() === text && !/[\r\n]/.test(text))
const wildText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('a,b', 'say "x"', '"', '""', 'two\nlines', 'two\r\nlines', 'a\rb', ' edge ', "it's", 'x;y|z\tw', '🦉')
)
const number = fc.oneof(
  fc.double({ noDefaultInfinity: true }),
  fc.integer().map(Number),
  fc.constantFrom(NaN, -0, 0.1, 1e-300, 5e-324)
)

function tables(text: fc.Arbitrary<string>, minColumns: number, minRows: number): fc.Arbitrary<Generated> {
  return fc
    .tuple(fc.uniqueArray(name, { minLength: minColumns, maxLength: 5 }), fc.integer({ min: minRows, max: 12 }))
    .chain(([names, nRows]) => {
      const numbers = fc
        .array(number, { minLength: nRows, maxLength: nRows })
        .map((values) => ({ values: Float64Array.from(values), type: 'number' as const }))
      const texts = fc
        .array(
          text.filter((t) => t === '' || comesBack(t)),
          { minLength: nRows, maxLength: nRows }
        )
        .map((values) => ({ values, type: 'text' as const }))
      return fc.tuple(...names.map(() => fc.oneof(numbers, texts))).map((columns) => ({
        table: {
          name: 'table',
          label: 'Table',
          columns: columns.map(({ values }, i) => ({ name: names[i]!, values }))
        },
        types: columns.map(({ type }) => type)
      }))
    })
}

function expectSame({ table, types }: Generated, dialect: Dialect): void {
  const text = [...writeCsv(table)].join('')
  const choices = table.columns.map((column, index) => ({ index, name: column.name, type: types[index]! }))
  const { cells, nRowsLeftOut, problems } = build(text, dialect, choices)
  expect(nRowsLeftOut).toBe(0)
  expect(problems.total).toBe(0)
  table.columns.forEach(({ values }, i) => {
    const wanted = Array.from(values as ArrayLike<number | string>, (v) => (v === '' || Number.isNaN(v) ? null : v))
    expect(cells[i]).toEqual(wanted)
  })
}

const plain: Dialect = {
  ...plainDialect,
  delimiter: ',',
  quote: '"',
  encoding: 'utf-8',
  decimal: '.',
  newline: '\r\n',
  headerRow: 1,
  firstDataRow: 2,
  missingTokens: [...MISSING_TOKENS]
}

describe('what is written as CSV is read as the same table', () => {
  it('any texts, any doubles', () => {
    fc.assert(
      fc.property(tables(wildText, 1, 1), (generated) => {
        expectSame(generated, plain)
      }),
      { numRuns: 500 }
    )
  })
  it('with the dialect told from the file alone', () => {
    const words = fc.constantFrom('setosa', 'Ann Lee', 'Oslo, Norway', 'the "best"', 'two\nlines', 'naïve', '')
    const named = tables(words, 3, 6).filter(({ table, types }) => {
      const numbers = table.columns.find((_, i) => types[i] === 'number')
      const wordsAsNames = table.columns.every((column) => /^\p{L}[\p{L} ]*$/u.test(column.name))
      return (
        wordsAsNames &&
        numbers !== undefined &&
        Array.from(numbers.values as ArrayLike<number>).filter((v) => !Number.isNaN(v)).length > 2
      )
    })
    const lettered = named.map(({ table, types }) => ({ types, table }))
    fc.assert(
      fc.property(lettered, (generated) => {
        const read = preview([...writeCsv(generated.table)].join(''))
        expect(read.dialect).toEqual(plain)
        expect(read.columns.map((column) => column.name)).toEqual(generated.table.columns.map((column) => column.name))
        expectSame(generated, read.dialect)
      }),
      { numRuns: 60 }
    )
  })
  it('a disarmed formula comes back as text, with its apostrophe; a number written as text comes back as it was', () => {
    const table: ExportTable = {
      name: 't',
      label: 'T',
      columns: [
        { name: 'x', values: ['=1+1', '-5', 'plain'] },
        { name: 'n', values: [-5, 1, 2] }
      ]
    }
    const text = [...writeCsv(table)].join('')
    const { cells } = build(text, plain, [
      { index: 0, name: 'x', type: 'text' },
      { index: 1, name: 'n', type: 'number' }
    ])
    expect(cells).toEqual([
      ["'=1+1", '-5', 'plain'],
      [-5, 1, 2]
    ])
  })
})
