import { CELL_CHARACTERS, WHOLE_CELL_CHARACTERS } from '../contract/looking-calls.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { Cells, ColumnType } from '../contract/table.ts'
import { CHUNK_ROWS, storageKind, type StorageKind } from '../table/chunks.ts'
import type { StoredColumn } from '../table/stored-column.ts'
import type { Connection, OpenFile } from './database.ts'

/** Bytes of chunks kept for the next call: of a sorted table of a million rows, every screen has rows of all 16 chunks of a
 * column, and these are twenty columns of numbers. */
const KEPT_BYTES = 160 * 2 ** 20
/** Datasets whose columns are remembered. */
const KEPT_LAYOUTS = 4
/** Length that stands for a missing text, and the bytes of a length (core/table/chunks.ts). */
const MISSING_TEXT = 0xffffffff
const LENGTH_BYTES = 4
/** A UTF-16 unit takes at most three bytes of UTF-8. */
const MOST_BYTES_PER_UNIT = 3

interface ColumnLayout {
  name: string
  type: ColumnType
  kind: StorageKind
  dictionary: string[] | null
  decimals: number | null
  /** its own, where it is not that of the file */
  dateOrder: StoredColumn['dateOrder']
}

interface Layout {
  name: string
  rows: number
  chunkRows: number
  dateOrder: StoredColumn['dateOrder']
  columns: ColumnLayout[]
}

/** A chunk as it lies in storage; of texts, also where each begins. */
interface KeptChunk {
  view: DataView
  starts: Uint32Array | null
  bytes: number
}

/** Cells of a few rows and columns, as a table in sight needs them: only their chunks are read, nothing is decoded that was
 * not asked for, and the chunks used last are kept. Datasets never change once they are finished. */
export class CellReader {
  readonly #file: OpenFile
  readonly #layouts = new Map<string, Layout>()
  readonly #chunks = new Map<string, KeptChunk>()
  #bytes = 0

  constructor(file: OpenFile) {
    this.#file = file
  }

  get #db(): Connection {
    return this.#file.db
  }

  /** @param rows of the dataset, any order @param positions of columns, any order
   * @returns one entry a position; texts cut to CELL_CHARACTERS, with "…" at the cut
   * @throws DATASET_UNKNOWN | INVALID_CALL where a row or column is outside */
  cells(id: string, rows: readonly number[], positions: readonly number[]): Cells[] {
    const layout = this.#layout(id)
    requireInside('row', rows, layout.rows)
    requireInside('column', positions, layout.columns.length)
    return positions.map((position) => {
      const { kind, dictionary } = layout.columns[position]!
      const at = (row: number): KeptChunk => this.#chunk(id, position, Math.floor(row / layout.chunkRows), kind)
      const within = (row: number): number => row % layout.chunkRows
      if (kind === 'number') {
        return { kind, values: Float64Array.from(rows, (row) => at(row).view.getFloat64(8 * within(row), true)) }
      }
      if (kind === 'codes') {
        const wordOf = (row: number): string | null =>
          dictionary?.[at(row).view.getInt32(4 * within(row), true)] ?? null
        return { kind: 'text', values: rows.map((row) => cut(wordOf(row), CELL_CHARACTERS).text) }
      }
      return { kind: 'text', values: rows.map((row) => textAt(at(row), within(row), CELL_CHARACTERS).text) }
    })
  }

  /** One cell of a column that holds no numbers, whole. */
  text(id: string, row: number, position: number): { text: string | null; isCut: boolean } {
    const layout = this.#layout(id)
    requireInside('row', [row], layout.rows)
    requireInside('column', [position], layout.columns.length)
    const { kind, dictionary } = layout.columns[position]!
    if (kind === 'number') throw new EigendeskError('INVALID_CALL', { reason: 'a number is no text' })
    const chunk = this.#chunk(id, position, Math.floor(row / layout.chunkRows), kind)
    const within = row % layout.chunkRows
    if (kind === 'text') return textAt(chunk, within, WHOLE_CELL_CHARACTERS)
    return cut(dictionary?.[chunk.view.getInt32(4 * within, true)] ?? null, WHOLE_CELL_CHARACTERS)
  }

  /** A column to be sent to a worker, without its chunks, and how many of these there are. */
  describe(id: string, position: number): { column: Omit<StoredColumn, 'chunks'>; nChunks: number } {
    const { rows, chunkRows, columns, dateOrder } = this.#layout(id)
    requireInside('column', [position], columns.length)
    return {
      column: { ...columns[position]!, dateOrder: columns[position]!.dateOrder ?? dateOrder },
      nChunks: Math.ceil(rows / chunkRows)
    }
  }

  /** One chunk of a column, in memory of its own. */
  chunk(id: string, position: number, index: number): Uint8Array {
    return this.#read(id, position, index)
  }

  /** Bytes of the chunks of a column. */
  bytesOf(id: string, position: number): number {
    return this.#db
      .prepare('SELECT coalesce(sum(length(data)), 0) FROM column_chunk WHERE dataset_id = ? AND position = ?')
      .pluck()
      .get(id, position) as number
  }

  sizeOf(id: string): { nRows: number; name: string; chunkRows: number; kinds: StorageKind[] } {
    const { rows, name, chunkRows, columns } = this.#layout(id)
    return { nRows: rows, name, chunkRows, kinds: columns.map(({ kind }) => kind) }
  }

  positionOf(id: string, name: string): number {
    return this.#layout(id).columns.findIndex((column) => column.name === name)
  }

  /** Where each column stands. */
  positions(id: string): Map<string, number> {
    return new Map(this.#layout(id).columns.map(({ name }, position) => [name, position]))
  }

  #layout(id: string): Layout {
    const known = this.#layouts.get(id)
    if (known) return known
    const found = this.#db
      .prepare<[string], { name: string; rows: number; chunk_rows: number; about: string }>(
        'SELECT name, rows, chunk_rows, about FROM dataset WHERE id = ? AND complete = 1'
      )
      .get(id)
    if (!found) throw new EigendeskError('DATASET_UNKNOWN', { value: id })
    const columns = this.#db
      .prepare<[string], { name: string; type: ColumnType; summary: string; dictionary: string | null }>(
        'SELECT name, type, summary, dictionary FROM dataset_column WHERE dataset_id = ? ORDER BY position'
      )
      .all(id)
      .map(({ name, type, summary, dictionary }): ColumnLayout => {
        const about = JSON.parse(summary) as { decimals?: number; dateOrder?: StoredColumn['dateOrder'] }
        return {
          name,
          type,
          kind: storageKind(type),
          decimals: about.decimals ?? null,
          dateOrder: about.dateOrder ?? null,
          dictionary: dictionary === null ? null : (JSON.parse(dictionary) as string[])
        }
      })
    const about = JSON.parse(found.about) as { source?: { dialect?: { dateOrder?: StoredColumn['dateOrder'] } } }
    const dateOrder = about.source?.dialect?.dateOrder ?? null
    const layout = { name: found.name, rows: found.rows, chunkRows: found.chunk_rows, columns, dateOrder }
    this.#layouts.set(id, layout)
    if (this.#layouts.size > KEPT_LAYOUTS) this.#layouts.delete(this.#layouts.keys().next().value!)
    return layout
  }

  #chunk(id: string, position: number, index: number, kind: StorageKind): KeptChunk {
    const key = `${id} ${position} ${index}`
    const known = this.#chunks.get(key)
    if (known) {
      // the ones used last stand at the end
      this.#chunks.delete(key)
      this.#chunks.set(key, known)
      return known
    }
    const data = this.#read(id, position, index)
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
    const starts = kind === 'text' ? startsOf(view) : null
    const chunk = { view, starts, bytes: data.byteLength + (starts?.byteLength ?? 0) }
    this.#chunks.set(key, chunk)
    this.#bytes += chunk.bytes
    for (const [oldest, { bytes }] of this.#chunks) {
      if (this.#bytes <= KEPT_BYTES || oldest === key) break
      this.#chunks.delete(oldest)
      this.#bytes -= bytes
    }
    return chunk
  }

  #read(id: string, position: number, index: number): Uint8Array {
    const data = this.#db
      .prepare('SELECT data FROM column_chunk WHERE dataset_id = ? AND position = ? AND chunk = ?')
      .pluck()
      .get(id, position, index) as Uint8Array | undefined
    if (!data) throw new EigendeskError('DATASET_UNKNOWN', { value: id })
    return data
  }
}

/** Where the length of each text stands, and at the end where the last one ends. */
function startsOf(view: DataView): Uint32Array {
  let starts = new Uint32Array(CHUNK_ROWS + 1)
  let count = 1
  for (let at = 0; at < view.byteLength;) {
    const length = view.getUint32(at, true)
    at += LENGTH_BYTES + (length === MISSING_TEXT ? 0 : length)
    if (count === starts.length) {
      const longer = new Uint32Array(2 * count)
      longer.set(starts)
      starts = longer
    }
    starts[count++] = at
  }
  return starts.slice(0, count)
}

function textAt({ view, starts }: KeptChunk, index: number, most: number): { text: string | null; isCut: boolean } {
  const at = starts![index]!
  const length = view.getUint32(at, true)
  if (length === MISSING_TEXT) return { text: null, isCut: false }
  // never cut inside a character: what may be half of one goes with the rest
  const wanted = Math.min(length, MOST_BYTES_PER_UNIT * (most + 2))
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at + LENGTH_BYTES, wanted)
  return cut(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), most)
}

function cut(text: string | null, most: number): { text: string | null; isCut: boolean } {
  if (text === null || text.length <= most) return { text, isCut: false }
  const isInsidePair = /[\uD800-\uDBFF]/.test(text[most - 1]!)
  return { text: `${text.slice(0, isInsidePair ? most - 1 : most)}…`, isCut: true }
}

function requireInside(what: string, wanted: readonly number[], limit: number): void {
  const outside = wanted.find((index) => index >= limit)
  if (outside === undefined) return
  throw new EigendeskError('INVALID_CALL', { reason: `${what} ${outside} of a dataset with ${limit} ${what}s` })
}
