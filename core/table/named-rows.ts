import { EigendeskError } from '../contract/errors.ts'
import type { ColumnData, TableView } from '../contract/table.ts'
import type { Pace } from '../linalg/pace.ts'

/** The column of that name.
 * @throws COLUMN_UNKNOWN naming those there are */
export function findColumn(table: TableView, name: string): ColumnData {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column) return column
  const limit = table.columns.map((candidate) => candidate.name).join(', ')
  throw new EigendeskError('COLUMN_UNKNOWN', { value: name, file: table.fileName, limit })
}

/** Names of users, items, rows or columns: for each row its index into names, −1 where the cell is missing. */
export interface NamedRows {
  index: Int32Array
  /** in first-seen order */
  names: string[]
}

/** Multiplications as slow as finding one name in a map. */
const LOOKUP_WORK = 50

/** Gives each name its place, in first-seen order. */
class NamePlaces {
  readonly names: string[] = []
  private readonly places = new Map<string | number, number>()

  placeOf(name: string | number): number {
    const known = this.places.get(name)
    if (known !== undefined) return known
    this.places.set(name, this.names.length)
    return this.names.push(String(name)) - 1
  }
}

/** Reads a column of any type as names; the number 196 becomes "196". Equal names are one. */
export function readNames(column: ColumnData, nRows: number, pace: Pace): NamedRows {
  const index = new Int32Array(nRows).fill(-1)
  const found = new NamePlaces()
  const nameAt = (row: number): string | number | null | undefined => {
    if (column.kind === 'text') return column.values[row]
    if (column.kind === 'codes') return column.dictionary[column.codes[row]!]
    const value = column.values[row]!
    return Number.isNaN(value) ? null : value
  }
  for (let row = 0; row < nRows; row++) {
    pace(LOOKUP_WORK)
    const name = nameAt(row)
    if (name !== null && name !== undefined) index[row] = found.placeOf(name)
  }
  return { index, names: found.names }
}
