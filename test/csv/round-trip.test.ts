import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exportChoicesSchema, type ExportChoices } from '../../core/contract/export.ts'
import { plainDialect, type Dialect } from '../../core/contract/table.ts'
import { writeCsv } from '../../core/export/csv.ts'
import { tableSource } from '../../core/export/source.ts'
import { MISSING_TOKENS } from '../../core/table/dialect.ts'
import { number, sourceOf, tables, type Cell, type Generated } from './generated-tables.ts'
import { build, preview } from '../unit/table/build.ts'

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
