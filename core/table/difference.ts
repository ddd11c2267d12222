import { DIFFERENCE_EXAMPLES, type Difference } from '../contract/reimport.ts'
import type { ColumnSummary } from '../contract/table.ts'
import { LINES_POSITION, type ColumnChunk } from './chunks.ts'

/** Rows gone through between two looks at the stop button. */
const ROWS_PER_CHECKPOINT = 16_384

/** A stored table, of which one chunk at a time is asked for. */
export interface Version {
  nRows: number
  /** rows of every chunk but the last */
  chunkRows: number
  columns: ColumnSummary[]
  /** words of the codes, by column; null where there are none */
  dictionaries: (string[] | null)[]
  /** @param position of a column, or LINES_POSITION */
  chunk: (position: number, index: number) => ColumnChunk
}

/** How the comparison is watched. */
export interface Watch {
  /** throws CANCELLED; called at least every few milliseconds and before every chunk */
  checkpoint: () => void
  progress: (fraction: number) => void
}

/** A column that both versions have as numbers, or both as words: a text that became a category says the same. */
interface Shared {
  name: string
  before: number
  after: number
}

/** What has changed between two readings of a file. Memory: a chunk of each, and some 24 bytes a row, whatever the number of
 * columns. */
export function compareVersions(before: Version, after: Version, watch: Watch): Difference {
  const shared = sharedColumns(before, after)
  const names = (version: Version): Set<string> => new Set(version.columns.map((column) => column.name))
  const [had, has] = [names(before), names(after)]
  const [nBefore, nAfter] = [before.nRows, after.nRows]
  // A column is read twice for its keys, and twice more where rows differ.
  let read = 0
  const tell = (): void => watch.progress(read++ / Math.max(1, 4 * shared.length))
  const columnsOf = (side: 'before' | 'after'): number[] => shared.map((column) => column[side])
  const keysBefore = rowKeys(before, columnsOf('before'), watch, tell)
  const keysAfter = rowKeys(after, columnsOf('after'), watch, tell)
  const shorter = Math.min(nBefore, nAfter)
  let head = 0
  while (head < shorter && keysBefore[head] === keysAfter[head]) head++
  let tail = 0
  while (tail < shorter - head && keysBefore[nBefore - 1 - tail] === keysAfter[nAfter - 1 - tail]) tail++
  const { gone, come } = unmatched(
    keysBefore.subarray(head, nBefore - tail),
    keysAfter.subarray(head, nAfter - tail),
    head
  )
  const rowsChanged = Math.min(gone.length, come.length)
  const { cellsChanged, examples } = compareRows(before, after, shared, { gone, come, n: rowsChanged }, watch, tell)
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
  const types = new Map(after.columns.map(({ name, type }) => [name, type]))
  return before.columns.flatMap(({ name, type }) => {
    const now = types.get(name)
    return now !== undefined && now !== type ? [{ name, before: type, after: now }] : []
  })
}

function sharedColumns(before: Version, after: Version): Shared[] {
  const positions = new Map(after.columns.map(({ name }, position) => [name, position]))
  return before.columns.flatMap(({ name, type }, position) => {
    const now = positions.get(name)
    return now !== undefined && (after.columns[now]!.type === 'number') === (type === 'number')
      ? [{ name, before: position, after: now }]
      : []
  })
}

const countChunks = ({ nRows, chunkRows }: Version): number => Math.ceil(nRows / chunkRows)

const rowsOf = (chunk: ColumnChunk): number => (chunk.kind === 'codes' ? chunk.codes : chunk.values).length

/** A number for each row that is equal where its cells are, and for unequal rows with a chance of 2⁻⁵³. */
function rowKeys(version: Version, positions: number[], { checkpoint }: Watch, tell: () => void): Float64Array {
  const high = new Int32Array(version.nRows).fill(17)
  const low = new Int32Array(version.nRows).fill(31)
  const mix = (row: number, value: number): void => {
    high[row] = Math.imul(high[row]! ^ value, 0x01000193)
    low[row] = Math.imul(low[row]!, 31) + Math.imul(value ^ (value >>> 15), 0x85ebca6b)
  }
  for (const position of positions) {
    tell()
    const dictionary = Int32Array.from(version.dictionaries[position] ?? [], textHash)
    for (let index = 0; index < countChunks(version); index++) {
      checkpoint()
      const chunk = version.chunk(position, index)
      const hash = cellHash(chunk, dictionary)
      const first = index * version.chunkRows
      for (let i = 0; i < rowsOf(chunk); i++) {
        if (i % ROWS_PER_CHECKPOINT === 0) checkpoint()
        hash(i, first + i, mix)
      }
    }
  }
  return Float64Array.from(high, (value, row) => (value >>> 0) * 2 ** 21 + (low[row]! & 0x1fffff))
}

type Mix = (row: number, value: number) => void

/** @param dictionary hashes of the words */
function cellHash(chunk: ColumnChunk, dictionary: Int32Array): (i: number, row: number, mix: Mix) => void {
  if (chunk.kind === 'number') {
    const { values } = chunk
    const number = new Float64Array(1)
    const words = new Int32Array(number.buffer)
    return (i, row, mix) => {
      const value = values[i]!
      // One NaN for all, and one zero.
      number[0] = Number.isNaN(value) ? NaN : value + 0
      mix(row, words[0]!)
      mix(row, words[1]!)
    }
  }
  if (chunk.kind === 'codes') return (i, row, mix) => mix(row, dictionary[chunk.codes[i]!] ?? MISSING)
  return (i, row, mix) => {
    const value = chunk.values[i] ?? null
    mix(row, value === null ? MISSING : textHash(value))
  }
}

const MISSING = 0x5bd1e995

function textHash(text: string): number {
  let hash = 0x811c9dc5 ^ text.length
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

/** Rows between the equal ends that have no equal on the other side, in order.
 * @param first row of the dataset that the keys begin with */
function unmatched(before: Float64Array, after: Float64Array, first: number): { gone: number[]; come: number[] } {
  const keys = before.slice().sort()
  // How many of each key are not matched yet: at the first place of the key.
  const left = new Int32Array(keys.length)
  for (let at = 0, run = 0; at < keys.length; at++) {
    if (keys[at] !== keys[run]) run = at
    left[run]!++
  }
  /** Matches a key once more. @returns whether there was one left */
  const match = (key: number): boolean => {
    const at = firstPlace(keys, key)
    if (keys[at] !== key || left[at] === 0) return false
    left[at]!--
    return true
  }
  const come: number[] = []
  after.forEach((key, i) => match(key) || come.push(first + i))
  const gone: number[] = []
  // Those left over are the last ones of their kind.
  for (let i = before.length - 1; i >= 0; i--) if (match(before[i]!)) gone.push(first + i)
  return { gone: gone.reverse(), come }
}

/** The first place of a value in a sorted array, or where it would stand. */
function firstPlace(sorted: Float64Array, value: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (sorted[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}

/** Rows that stand for each other: the k-th that is gone and the k-th that has come, n of them. */
interface Pairs {
  gone: number[]
  come: number[]
  n: number
}

/** The k-th row that is gone against the k-th that has come: what a correction in place looks like. Column by column, as
 * they are stored; the first examples are those of the first rows all the same. */
function compareRows(
  before: Version,
  after: Version,
  shared: Shared[],
  { gone, come, n }: Pairs,
  { checkpoint }: Watch,
  tell: () => void
): Pick<Difference, 'cellsChanged' | 'examples'> {
  const found: { pair: number; column: number }[] = []
  let cellsChanged = 0
  shared.forEach((column, at) => {
    const [was, is] = [cellReader(before, column.before, checkpoint), cellReader(after, column.after, checkpoint)]
    tell()
    tell()
    let inColumn = 0
    for (let pair = 0; pair < n; pair++) {
      if (pair % ROWS_PER_CHECKPOINT === 0) checkpoint()
      if (was(gone[pair]!) === is(come[pair]!)) continue
      cellsChanged++
      if (inColumn++ < DIFFERENCE_EXAMPLES) found.push({ pair, column: at })
    }
  })
  found.sort((a, b) => a.pair - b.pair || a.column - b.column)
  const lineOf = cellReader(after, LINES_POSITION, checkpoint)
  const examples = found.slice(0, DIFFERENCE_EXAMPLES).map(({ pair, column: at }) => {
    const column = shared[at]!
    return {
      line: Number(lineOf(come[pair]!)),
      column: column.name,
      before: cellReader(before, column.before, checkpoint)(gone[pair]!),
      after: cellReader(after, column.after, checkpoint)(come[pair]!)
    }
  })
  return { cellsChanged, examples }
}

/** Reads the cells of a column as they are shown, null where missing; line numbers as text. Keeps the chunk it read last. */
function cellReader(version: Version, position: number, checkpoint: () => void): (row: number) => string | null {
  const dictionary = version.dictionaries[position] ?? []
  let known = -1
  let chunk: ColumnChunk
  return (row) => {
    const index = Math.floor(row / version.chunkRows)
    if (index !== known) {
      checkpoint()
      chunk = version.chunk(position, index)
      known = index
    }
    const at = row % version.chunkRows
    if (chunk.kind === 'number') {
      const value = chunk.values[at]!
      return Number.isNaN(value) ? null : String(value)
    }
    if (chunk.kind === 'text') return chunk.values[at] ?? null
    return position === LINES_POSITION ? String(chunk.codes[at]) : (dictionary[chunk.codes[at]!] ?? null)
  }
}
