import { DIFFERENCE_EXAMPLES, type Difference } from '../contract/reimport.ts'
import type { ColumnData, ColumnSummary, TableView } from '../contract/table.ts'

/** Rows gone through between two looks at the stop button. */
const ROWS_PER_CHECKPOINT = 16_384

export interface Version {
  table: TableView
  columns: ColumnSummary[]
}

/** A column that both versions have as numbers, or both as words: a text that became a category says the same. */
interface Shared {
  name: string
  before: ColumnData
  after: ColumnData
}

/** What has changed between two readings of a file. Neither is modified; memory: two doubles a row.
 * @param checkpoint throws CANCELLED; called at least every few milliseconds */
export function compareVersions(before: Version, after: Version, checkpoint: () => void): Difference {
  const shared = sharedColumns(before, after)
  const names = (version: Version): Set<string> => new Set(version.columns.map((column) => column.name))
  const [had, has] = [names(before), names(after)]
  const [nBefore, nAfter] = [before.table.nRows, after.table.nRows]
  const keysBefore = rowKeys(shared.map((column) => column.before), nBefore, checkpoint) // prettier-ignore
  const keysAfter = rowKeys(shared.map((column) => column.after), nAfter, checkpoint) // prettier-ignore
  const shorter = Math.min(nBefore, nAfter)
  let head = 0
  while (head < shorter && keysBefore[head] === keysAfter[head]) head++
  let tail = 0
  while (tail < shorter - head && keysBefore[nBefore - 1 - tail] === keysAfter[nAfter - 1 - tail]) tail++
  const { gone, come } = unmatched(keysBefore, keysAfter, head, nBefore - tail, nAfter - tail)
  const rowsChanged = Math.min(gone.length, come.length)
  const { cellsChanged, examples } = compareRows(shared, gone, come, after.table.lines, checkpoint)
  return {
    rows: { before: nBefore, after: nAfter },
    rowsAdded: come.length - rowsChanged,
    rowsRemoved: gone.length - rowsChanged,
    rowsChanged,
    cellsChanged,
    columnsAdded: [...has].filter((name) => !had.has(name)),
    columnsRemoved: [...had].filter((name) => !has.has(name)),
    columnsRetyped: retyped(before, after),
    examples
  }
}

function retyped(before: Version, after: Version): Difference['columnsRetyped'] {
  return before.columns.flatMap(({ name, type }) => {
    const now = after.columns.find((column) => column.name === name)
    return now && now.type !== type ? [{ name, before: type, after: now.type }] : []
  })
}

function sharedColumns(before: Version, after: Version): Shared[] {
  const types = new Map(after.columns.map(({ name, type }) => [name, type]))
  const columnsAfter = new Map(after.table.columns.map((column) => [column.name, column]))
  return before.columns.flatMap(({ name, type }, position) => {
    const now = columnsAfter.get(name)
    return now && (types.get(name) === 'number') === (type === 'number')
      ? [{ name, before: before.table.columns[position]!, after: now }]
      : []
  })
}

/** A number for each row that is equal where its cells are, and for unequal rows with a chance of 2⁻⁵³. */
function rowKeys(columns: ColumnData[], nRows: number, checkpoint: () => void): Float64Array {
  const high = new Int32Array(nRows).fill(17)
  const low = new Int32Array(nRows).fill(31)
  const mix = (row: number, value: number): void => {
    high[row] = Math.imul(high[row]! ^ value, 0x01000193)
    low[row] = Math.imul(low[row]!, 31) + Math.imul(value ^ (value >>> 15), 0x85ebca6b)
  }
  for (const column of columns) {
    const hash = cellHash(column)
    for (let row = 0; row < nRows; row++) {
      if (row % ROWS_PER_CHECKPOINT === 0) checkpoint()
      hash(row, mix)
    }
  }
  return Float64Array.from(high, (value, row) => (value >>> 0) * 2 ** 21 + (low[row]! & 0x1fffff))
}

function cellHash(column: ColumnData): (row: number, mix: (row: number, value: number) => void) => void {
  if (column.kind === 'number') {
    const { values } = column
    const number = new Float64Array(1)
    const words = new Int32Array(number.buffer)
    return (row, mix) => {
      const value = values[row]!
      // One NaN for all, and one zero.
      number[0] = Number.isNaN(value) ? NaN : value + 0
      mix(row, words[0]!)
      mix(row, words[1]!)
    }
  }
  if (column.kind === 'codes') {
    const hashes = Int32Array.from(column.dictionary, textHash)
    return (row, mix) => mix(row, hashes[column.codes[row]!] ?? MISSING)
  }
  return (row, mix) => {
    const value = column.values[row] ?? null
    mix(row, value === null ? MISSING : textHash(value))
  }
}

const MISSING = 0x5bd1e995

function textHash(text: string): number {
  let hash = 0x811c9dc5 ^ text.length
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

/** Rows between the equal ends that have no equal on the other side, in order. */
function unmatched(
  before: Float64Array,
  after: Float64Array,
  from: number,
  endBefore: number,
  endAfter: number
): { gone: number[]; come: number[] } {
  const waiting = new Map<number, number>()
  for (let row = from; row < endBefore; row++) waiting.set(before[row]!, (waiting.get(before[row]!) ?? 0) + 1)
  const come: number[] = []
  for (let row = from; row < endAfter; row++) {
    const left = waiting.get(after[row]!) ?? 0
    if (left > 0) waiting.set(after[row]!, left - 1)
    else come.push(row)
  }
  const gone: number[] = []
  // Those left over are the last ones of their kind.
  for (let row = endBefore - 1; row >= from; row--) {
    const left = waiting.get(before[row]!) ?? 0
    if (left === 0) continue
    waiting.set(before[row]!, left - 1)
    gone.push(row)
  }
  return { gone: gone.reverse(), come }
}

/** The k-th row that is gone against the k-th that has come: what a correction in place looks like. */
function compareRows(
  shared: Shared[],
  gone: number[],
  come: number[],
  lines: Int32Array,
  checkpoint: () => void
): Pick<Difference, 'cellsChanged' | 'examples'> {
  const examples: Difference['examples'] = []
  let cellsChanged = 0
  for (let k = 0; k < Math.min(gone.length, come.length); k++) {
    if (k % ROWS_PER_CHECKPOINT === 0) checkpoint()
    for (const { name, before, after } of shared) {
      const [was, is] = [textOf(before, gone[k]!), textOf(after, come[k]!)]
      if (was === is) continue
      cellsChanged++
      if (examples.length < DIFFERENCE_EXAMPLES) {
        examples.push({ line: lines[come[k]!]!, column: name, before: was, after: is })
      }
    }
  }
  return { cellsChanged, examples }
}

function textOf(column: ColumnData, row: number): string | null {
  if (column.kind === 'number') {
    const value = column.values[row]!
    return Number.isNaN(value) ? null : String(value)
  }
  if (column.kind === 'codes') return column.dictionary[column.codes[row]!] ?? null
  return column.values[row] ?? null
}
