import fc from 'fast-check'
import type { ColumnType } from '../../core/contract/table.ts'
import type { ExportSource } from '../../core/export/source.ts'

export type Cell = number | string | null

/** A table with a type and cells a column; missing is null. */
export interface Generated {
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
export const number = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.integer().map(Number),
  fc.constantFrom(-0, 0.1, 1e-300, 5e-324, 2 ** 53, 2 ** 53 + 2, -(2 ** 60), 1e21, Number.MAX_VALUE)
)
const name = text.map((t) => t.trim()).filter((t) => canBeSaid(t, ''))

/** Tables of which no text reads like a missing cell. */
export const tables = (missing: string): fc.Arbitrary<Generated> =>
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
export function sourceOf({ names, types, cells }: Generated): ExportSource {
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
