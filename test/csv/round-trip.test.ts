import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportChoicesSchema, type ExportChoices } from '../../core/contract/export.ts'
import { plainDialect, type ColumnType, type Dialect } from '../../core/contract/table.ts'
import { writeCsv } from '../../core/export/csv.ts'
import { tableSource, type ExportSource } from '../../core/export/source.ts'
import { MISSING_TOKENS } from '../../core/table/dialect.ts'
import { build, preview } from '../unit/table/build.ts'

type Cell = number | string | null

interface Generated {
  names: string[]
  types: ColumnType[]
  cells: Cell[][]
}

/** What a text file cannot say: zero bytes and U+FFFD are reported, and what reads like a missing cell is one. */
const canBeSaid = (text: string, missing: string): boolean =>
  !/[\0\uFFFD\uFEFF]/.test(text) && text.trim() !== '' && text.trim() !== missing

const odd = fc.constantFrom(
  '__proto__',
  'constructor',
  'a,b',
  'a;b',
  'a\tb',
  'say "x"',
  '"',
  '""',
  'two\nlines',
  'two\r\nlines',
  'a\rb',
  ' edge ',
  "it's",
  '🦉',
  '=1+1',
  '+1',
  '-5',
  '-5,5',
  '-x',
  '@SUM(A1)',
  '\t=x',
  '\r=x',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  "'",
  "'=1",
  "''=1",
  "'-5",
  '007',
  '1e5',
  'é\u0301'
)
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), odd)
const number = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.integer().map(Number),
  fc.constantFrom(-0, 0.1, 1e-300, 5e-324, 2 ** 53, 2 ** 53 + 2, -(2 ** 60), 1e21, Number.MAX_VALUE)
)
const name = text.map((t) => t.trim()).filter((t) => canBeSaid(t, ''))

const tables = (missing: string): fc.Arbitrary<Generated> =>
  fc
    .tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 12 }))
    .chain(([names, nRows]) => {
      const column = <T extends Cell>(cell: fc.Arbitrary<T>, type: ColumnType) =>
        fc
          .array(fc.option(cell, { nil: null, freq: 6 }), { minLength: nRows, maxLength: nRows })
          .map((values) => ({ values: values, type }))
      const columns = names.map(() =>
        fc.oneof(
          column(number, 'number'),
          column(
            text.filter((t) => canBeSaid(t, missing)),
            'text'
          ),
          column(
            text.filter((t) => canBeSaid(t, missing)),
            'category'
          ),
          column(fc.constantFrom('yes', 'no'), 'boolean'),
          column(fc.constantFrom('2024-02-29', '2024-02-29T10:30', '1999-12-31'), 'date')
        )
      )
      return fc.tuple(...columns).map((made) => ({
        names,
        types: made.map(({ type }) => type),
        cells: made.map(({ values }) => values)
      }))
    })

/** A dataset as the engine hands it to the writers, in one chunk. */
function sourceOf({ names, types, cells }: Generated): ExportSource {
  const dictionaries = cells.map((values, i) =>
    types[i] === 'category' || types[i] === 'boolean'
      ? [...new Set(values.filter((value): value is string => typeof value === 'string'))]
      : null
  )
  return {
    name: 'table',
    label: 'Table',
    nRows: cells[0]!.length,
    chunkRows: 65_536,
    columns: names.map((name, i) => ({ name, type: types[i]!, dictionary: dictionaries[i]! })),
    chunk: (column) => {
      const values = cells[column]!
      const dictionary = dictionaries[column]
      if (types[column] === 'number') {
        return {
          kind: 'number',
          values: Float64Array.from(values, (value) => (value === null ? NaN : (value as number)))
        }
      }
      if (!dictionary) return { kind: 'text', values: values as (string | null)[] }
      return { kind: 'codes', codes: Int32Array.from(values, (value) => dictionary.indexOf(value as string)) }
    },
    provenance: null
  }
}

const choices: fc.Arbitrary<ExportChoices> = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t'),
    decimal: fc.constantFrom('.', ','),
    header: fc.boolean(),
    bom: fc.boolean(),
    newline: fc.constantFrom('\r\n', '\n'),
    quoting: fc.constantFrom('needed', 'always'),
    missing: fc.constantFrom('', 'NA')
  })
  .filter(({ delimiter, decimal }) => delimiter !== decimal)
  .map((chosen) => exportChoicesSchema.parse(chosen))

/** The dialect a file is written in, as the reader is told it. */
const dialectOf = ({ delimiter, decimal, newline, header, missing, guard }: ExportChoices): Dialect => ({
  ...plainDialect,
  delimiter,
  quote: '"',
  encoding: 'utf-8',
  decimal,
  newline,
  headerRow: header ? 1 : null,
  firstDataRow: header ? 2 : 1,
  guard: guard ? 'lift' : 'keep',
  missingTokens: [missing]
})

function expectSame(generated: Generated, chosen: ExportChoices, dialect: Dialect): void {
  const { names, types, cells } = generated
  const written = [...writeCsv(sourceOf(generated), chosen)].join('')
  const read = build(
    written,
    dialect,
    names.map((name, index) => ({ index, name, type: types[index]! }))
  )
  expect(read.nRowsLeftOut).toBe(0)
  expect(Object.keys(read.problems.counts).filter((code) => code !== 'FORMULA_GUARD')).toEqual([])
  expect(read.cells).toEqual(cells)
}

describe('what is written as CSV or TSV is read as the same table', () => {
  it('any names and texts, any doubles, in any dialect', () => {
    fc.assert(
      fc.property(
        choices.chain((chosen) => fc.tuple(fc.constant(chosen), tables(chosen.missing))),
        ([chosen, generated]) => {
          expectSame(generated, chosen, dialectOf(chosen))
          if (!chosen.header) return
          const written = [...writeCsv(sourceOf(generated), chosen)].join('')
          const { columns } = preview(written, dialectOf(chosen))
          expect(columns.map((column) => column.name)).toEqual(generated.names)
        }
      ),
      { numRuns: 1000 }
    )
  })

  it('with the dialect told from the file alone', () => {
    const words = fc.constantFrom('setosa', 'Ann Lee', 'Oslo, Norway', 'the "best"', 'two\nlines', 'naïve', '=1+1')
    const plain = exportChoicesSchema.parse({})
    const table = fc.integer({ min: 6, max: 12 }).chain((nRows) => {
      const column = <T extends Cell>(cell: fc.Arbitrary<T>) => fc.array(cell, { minLength: nRows, maxLength: nRows })
      return fc
        .tuple(column(number), column(words), column(fc.option(words, { nil: null })))
        .map((cells): Generated => ({ names: ['size', 'place', 'note'], types: ['number', 'text', 'text'], cells }))
    })
    fc.assert(
      fc.property(table, (generated) => {
        const { dialect, columns } = preview([...writeCsv(sourceOf(generated))].join(''))
        expect(dialect).toEqual({ ...dialectOf(plain), missingTokens: expect.arrayContaining(['']) as string[] })
        expect(columns.map((column) => column.name)).toEqual(generated.names)
        expectSame(generated, plain, dialect)
      }),
      { numRuns: 60 }
    )
  })

  it('says of each guard that it was taken off, and keeps it where a person says so', () => {
    const table = { name: 't', label: 'T', columns: [{ name: '=x', values: ['=1+1', '-5', "'=a"] }] }
    const written = [...writeCsv(tableSource(table))].join('')
    expect(written).toBe(`"'=x"\r\n"'=1+1"\r\n-5\r\n"''=a"\r\n`)
    const dialect = dialectOf(exportChoicesSchema.parse({}))
    const column = [{ index: 0, name: '=x', type: 'text' as const }]
    const { cells, problems } = build(written, dialect, column)
    expect(cells).toEqual([['=1+1', '-5', "'=a"]])
    expect(problems.counts).toEqual({ FORMULA_GUARD: 3 })
    expect(problems.kept.map(({ line, column: at, text: was }) => [line, at, was])).toEqual([
      [1, 1, "'=x"],
      [2, 1, "'=1+1"],
      [4, 1, "''=a"]
    ])
    expect(build(written, { ...dialect, guard: 'keep' }, column).cells).toEqual([["'=1+1", '-5', "''=a"]])
  })

  it('writes formulas as they are where a person says so, and reads them back', () => {
    const chosen = exportChoicesSchema.parse({ guard: false })
    const generated: Generated = { names: ['x'], types: ['text'], cells: [['=1+1', "'=1", '＝x']] }
    expect([...writeCsv(sourceOf(generated), chosen)].join('')).toBe("x\r\n=1+1\r\n'=1\r\n＝x\r\n")
    expectSame(generated, chosen, dialectOf(chosen))
  })

  it('keeps the words that are missing tokens, where the reader is told which stands for missing', () => {
    const chosen = exportChoicesSchema.parse({ missing: 'NA' })
    const words = MISSING_TOKENS.filter((word) => word !== '' && word !== 'NA')
    const generated: Generated = { names: ['x'], types: ['text'], cells: [[...words, null]] }
    expectSame(generated, chosen, dialectOf(chosen))
  })
})
