import type { StepOf } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { counted } from '../stats/counted.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { columnOf, namesIn, takeName, type WorkingColumn, type WorkingTable } from './working-table.ts'

/** More new columns than this from one are no longer looked at one by one. */
export const ENCODE_LIMIT = 200

/** One column of 0 and 1 for each value of a category, in its place, called "species = setosa". A missing cell is missing in
 * all of them. Values no row has get none; they come in the order of the file.
 * @throws COLUMN_UNKNOWN | STEP_COLUMN_TYPE | TOO_MANY_CATEGORIES | STEP_LEAVES_NOTHING (a single value, and that is dropped) */
export function encodeCategories(table: WorkingTable, step: StepOf<'encode'>, watch: Watch): StepOutcome {
  const names = new Set(step.columns)
  for (const name of names) columnOf(table, name)
  const taken = namesIn(table)
  const sentences: string[] = []
  const columns = table.columns.flatMap((column) => {
    if (!names.has(column.name)) return [column]
    const made = indicatorsOf(table, column, step.dropFirst, taken, watch)
    sentences.push(made.sentence)
    return made.columns
  })
  const shown = sentences.length > 3 ? [...sentences.slice(0, 3), `and ${sentences.length - 3} more`] : sentences
  return outcome(table, { ...table, columns }, [`One-hot: ${shown.join(', ')}`])
}

function indicatorsOf(
  table: WorkingTable,
  column: WorkingColumn,
  dropFirst: boolean,
  taken: Set<string>,
  watch: Watch
): { columns: WorkingColumn[]; sentence: string } {
  const { data, name } = column
  if (data.kind !== 'codes') {
    throw new EigendeskError('STEP_COLUMN_TYPE', {
      field: name,
      value: column.type,
      reason: 'One-hot encoding',
      wanted: 'category or boolean'
    })
  }
  const present = valuesPresent(data.codes, data.dictionary.length, watch)
  if (present.length > ENCODE_LIMIT) {
    throw new EigendeskError('TOO_MANY_CATEGORIES', { field: name, value: present.length, limit: ENCODE_LIMIT })
  }
  const encoded = dropFirst ? present.slice(1) : present
  if (encoded.length === 0) {
    throw new EigendeskError('STEP_LEAVES_NOTHING', { value: 'column', reason: `${name} has no second value` })
  }
  const columns = encoded.map((code): WorkingColumn => {
    const values = new Float64Array(table.nRows)
    inPieces(table.nRows, 1, watch, (from, to) => {
      for (let row = from; row < to; row++) {
        const own = data.codes[row]!
        values[row] = own < 0 ? NaN : own === code ? 1 : 0
      }
    })
    const made = takeName(`${name} = ${data.dictionary[code]!}`, taken)
    return {
      name: made,
      type: 'number',
      data: { kind: 'number', name: made, values },
      summary: null,
      origin: null,
      imputed: null,
      missing: column.missing
    }
  })
  const dropped = dropFirst ? `, without ${data.dictionary[present[0]!]!}` : ''
  const blank = column.missing > 0 ? `, ${counted(column.missing, 'row')} missing in each` : ''
  return { columns, sentence: `${name} as ${counted(columns.length, 'column')}${dropped}${blank}` }
}

/** Codes that some row has, ascending. */
function valuesPresent(codes: Int32Array, nWords: number, watch: Watch): number[] {
  const seen = new Uint8Array(nWords)
  inPieces(codes.length, 1, watch, (from, to) => {
    for (let row = from; row < to; row++) if (codes[row]! >= 0) seen[codes[row]!] = 1
  })
  return Array.from(seen.keys()).filter((code) => seen[code] === 1)
}
