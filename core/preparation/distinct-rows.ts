import type { StepOf } from '../contract/preparation.ts'
import type { ColumnData } from '../contract/table.ts'
import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { counted } from '../stats/counted.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { columnOf, takeRows, type WorkingTable } from './working-table.ts'

/** Keeps the first of all rows that are equal in the columns named, or in every column. Two missing cells are equal.
 * @throws COLUMN_UNKNOWN
 * Cost: one hash a row and a table of at most 4n integers; rows of one hash are compared cell by cell. */
export function distinctRows(table: WorkingTable, step: StepOf<'distinct'>, watch: Watch): StepOutcome {
  const { nRows } = table
  const chosen = step.columns.length === 0 ? table.columns : step.columns.map((name) => columnOf(table, name))
  const data = chosen.map((column) => column.data)
  const hashes = hashRows(data, nRows, watch)
  const size = 2 ** Math.ceil(Math.log2(2 * nRows + 1))
  const slots = new Int32Array(size).fill(-1)
  const kept = new Int32Array(nRows)
  let nKept = 0
  inPieces(nRows, 4 + data.length, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      let slot = hashes[row]! & (size - 1)
      while (slots[slot]! >= 0 && !(hashes[slots[slot]!] === hashes[row] && rowsEqual(data, slots[slot]!, row))) {
        slot = (slot + 1) & (size - 1)
      }
      if (slots[slot]! >= 0) continue
      slots[slot] = row
      kept[nKept++] = row
    }
  })
  const where = step.columns.length === 0 ? 'every column' : step.columns.join(', ')
  const sentence =
    nKept === nRows
      ? `No two rows are equal in ${where}`
      : `Removed ${counted(nRows - nKept, 'row')} equal to an earlier one in ${where}`
  return outcome(table, takeRows(table, kept.slice(0, nKept), watch), [sentence])
}

/** FNV-1a over the cells of each row: 0 and −0 are equal, and so are all missing cells. */
function hashRows(columns: readonly ColumnData[], nRows: number, watch: Watch): Int32Array {
  const hashes = new Int32Array(nRows).fill(0x811c9dc5 | 0)
  const number = new Float64Array(1)
  const halves = new Int32Array(number.buffer)
  const mix = (row: number, part: number): void => {
    hashes[row] = Math.imul(hashes[row]! ^ part ^ (part >>> 15), 0x01000193)
  }
  for (const column of columns) {
    inPieces(nRows, 4, watch, (from, to) => {
      for (let row = from; row < to; row++) {
        if (column.kind === 'codes') mix(row, column.codes[row]!)
        else if (column.kind === 'number') {
          number[0] = column.values[row]! + 0
          if (Number.isNaN(number[0])) number[0] = NaN
          mix(row, halves[0]!)
          mix(row, halves[1]!)
        } else {
          const text = column.values[row]
          if (text === null || text === undefined) mix(row, -1)
          else for (let i = 0; i < text.length; i++) mix(row, text.charCodeAt(i))
        }
      }
    })
  }
  for (let row = 0; row < nRows; row++) hashes[row]! ^= hashes[row]! >>> 13
  return hashes
}

function rowsEqual(columns: readonly ColumnData[], a: number, b: number): boolean {
  return columns.every((column) => {
    if (column.kind === 'codes') return column.codes[a] === column.codes[b]
    if (column.kind === 'text') return column.values[a] === column.values[b]
    const [left, right] = [column.values[a]!, column.values[b]!]
    return left === right || (Number.isNaN(left) && Number.isNaN(right))
  })
}
