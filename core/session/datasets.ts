import { EigendeskError } from '../contract/errors.ts'
import type { Preparation, PreparedStep, Roles } from '../contract/preparation.ts'
import type { DatasetInfo } from '../contract/session.ts'
import type { Cells, ColumnData, ColumnSummary, ColumnType, TableView } from '../contract/table.ts'
import { describeBytes } from '../linalg/kernels/memory.ts'
import { allFinite } from '../table/all-finite.ts'
import { CHUNK_ROWS, decodeChunk, decodeInto, LINES_POSITION, storageKind } from '../table/chunks.ts'
import { ColumnCache, KEPT_BYTES } from './column-cache.ts'
import type { Connection, OpenFile } from './database.ts'

/** No array of Electron's is longer. */
const LARGEST_ARRAY_BYTES = 2 ** 31 - 8

/** Bytes of chunks after which storing waits for the disk. */
const SYNC_BYTES = 32 * 2 ** 20

type About = Omit<DatasetInfo, 'id' | 'name' | 'nRows' | 'columns' | 'createdAt' | 'preparation' | 'roles'> & {
  ancestors?: Preparation['ancestors']
}

interface DatasetRow {
  id: string
  name: string
  rows: number
  chunk_rows: number
  about: string
  parent_id: string | null
  steps: string
  roles: string
  created_at: string
}

interface ColumnRow {
  position: number
  name: string
  type: ColumnType
  summary: string
  dictionary: string | null
}

/** What an import ends with; the chunks are in by then. */
export interface FinishedImport extends About {
  nRows: number
  /** rows of every chunk but the last; CHUNK_ROWS where it is left out */
  chunkRows?: number
  columns: ColumnSummary[]
  /** by column position; null where the column has none */
  dictionaries: (string[] | null)[]
}

/** Datasets of a session: the only place that knows how they lie in SQLite. */
export class DatasetStore {
  readonly #file: OpenFile
  readonly #cache = new ColumnCache()
  /** bytes of chunks stored since one was waited for */
  #unsynced = 0

  constructor(file: OpenFile) {
    this.#file = file
  }

  get #db(): Connection {
    return this.#file.db
  }

  /** Removes what an interrupted import left behind. */
  removeIncomplete(): void {
    this.#db.prepare('DELETE FROM dataset WHERE complete = 0').run()
  }

  begin(id: string, name: string): void {
    this.#db
      .prepare(
        `INSERT INTO dataset (id, position, complete, name, rows, about, created_at)
         VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM dataset), 0, ?, 0, '{}', ?)`
      )
      .run(id, name, new Date().toISOString())
  }

  addChunk(id: string, position: number, chunk: number, data: Uint8Array): void {
    this.addChunks(id, [{ position, chunk, data }])
  }

  /** In one transaction, which does not wait for the disk, as with ten thousand columns that would be most of an import:
   * nobody sees a chunk before finish, and the log that finish waits for holds the chunks too. Every few megabytes one
   * does wait, so that the disk writes while the rest is read and little is left to wait for at the end. */
  addChunks(id: string, chunks: readonly { position: number; chunk: number; data: Uint8Array }[]): void {
    const insert = this.#db.prepare('INSERT INTO column_chunk (dataset_id, position, chunk, data) VALUES (?, ?, ?, ?)')
    this.#unsynced += chunks.reduce((sum, { data }) => sum + data.byteLength, 0)
    const wait = this.#unsynced >= SYNC_BYTES
    if (wait) this.#unsynced = 0
    else this.#db.pragma('synchronous = NORMAL')
    try {
      this.#db.transaction(() => {
        for (const { position, chunk, data } of chunks) insert.run(id, position, chunk, bytesOf(data))
      })()
    } finally {
      this.#db.pragma('synchronous = FULL')
    }
  }

  /** Takes back what was stored of a dataset that is not finished. */
  removeChunks(id: string): void {
    this.#db
      .prepare('DELETE FROM column_chunk WHERE dataset_id = (SELECT id FROM dataset WHERE id = ? AND complete = 0)')
      .run(id)
  }

  /** One chunk of a dataset that is not finished yet, as it was added. */
  readChunk(id: string, position: number, chunk: number): Uint8Array {
    return this.#db
      .prepare('SELECT data FROM column_chunk WHERE dataset_id = ? AND position = ? AND chunk = ?')
      .pluck()
      .get(id, position, chunk) as Uint8Array
  }

  /** Makes the dataset visible: one transaction, after the last chunk. */
  finish(id: string, finished: FinishedImport): void {
    const { nRows, chunkRows = CHUNK_ROWS, columns, dictionaries, ...about } = finished
    const addColumn = this.#db.prepare(
      'INSERT INTO dataset_column (dataset_id, position, name, type, summary, dictionary) VALUES (?, ?, ?, ?, ?, ?)'
    )
    this.#db.transaction(() => {
      columns.forEach((column, position) => {
        const dictionary = dictionaries[position]
        addColumn.run(
          id,
          position,
          column.name,
          column.type,
          JSON.stringify(column),
          dictionary ? JSON.stringify(dictionary) : null
        )
      })
      this.#db
        .prepare('UPDATE dataset SET complete = 1, rows = ?, chunk_rows = ?, about = ? WHERE id = ?')
        .run(nRows, chunkRows, JSON.stringify(about), id)
    })()
  }

  /** Makes the dataset whole and leaves it out of sight, until takePlace, or until the session is left. */
  finishOutOfSight(id: string, finished: FinishedImport): void {
    this.#db.transaction(() => {
      this.finish(id, finished)
      this.#db.prepare('UPDATE dataset SET alive = 0 WHERE id = ?').run(id)
    })()
  }

  /** Puts a dataset that is out of sight in the place of another, under its name and with its roles. That one goes out of
   * sight with its analyses. */
  takePlace(id: string, of: string): void {
    this.#row(id, 'kept')
    this.#row(of)
    this.#db.transaction(() => {
      this.#db
        .prepare(
          `UPDATE dataset SET alive = 1, name = old.name, position = old.position, roles = old.roles
           FROM (SELECT name, position, roles FROM dataset WHERE id = ?) AS old WHERE id = ?`
        )
        .run(of, id)
      this.remove(of)
    })()
  }

  /** Takes an import back that did not come to its end. */
  discard(id: string): void {
    this.#db.prepare('DELETE FROM dataset WHERE id = ? AND complete = 0').run(id)
  }

  /** Puts a dataset and its analyses out of sight, where an undo finds them (history.ts). */
  remove(id: string): void {
    this.#row(id)
    this.#db.transaction(() => {
      this.#db.prepare('UPDATE dataset SET alive = 0 WHERE id = ?').run(id)
      this.#db.prepare('UPDATE analysis SET alive = 0 WHERE dataset_id = ?').run(id)
    })()
  }

  rename(id: string, name: string): void {
    this.#row(id)
    this.#db.prepare('UPDATE dataset SET name = ? WHERE id = ?').run(name, id)
  }

  /** The datasets in sight. */
  list(): DatasetInfo[] {
    const rows = this.#db
      .prepare<[], DatasetRow>('SELECT * FROM dataset WHERE complete = 1 AND alive = 1 ORDER BY position')
      .all()
    return rows.map((row) => this.#describe(row))
  }

  /** How many are in sight. */
  count(): number {
    return this.#db.prepare('SELECT count(*) FROM dataset WHERE complete = 1 AND alive = 1').pluck().get() as number
  }

  /** Those as well that an undo may bring back. */
  listKept(): DatasetInfo[] {
    const rows = this.#db.prepare<[], DatasetRow>('SELECT * FROM dataset WHERE complete = 1 ORDER BY position').all()
    return rows.map((row) => this.#describe(row))
  }

  /** Whether it is in sight. */
  has(id: string): boolean {
    return this.#db.prepare('SELECT 1 FROM dataset WHERE id = ? AND complete = 1 AND alive = 1').get(id) !== undefined
  }

  get(id: string): DatasetInfo {
    return this.#describe(this.#row(id))
  }

  /** The same of a dataset that may be out of sight. */
  getKept(id: string): DatasetInfo {
    return this.#describe(this.#row(id, 'kept'))
  }

  #row(id: string, among: 'in sight' | 'kept' = 'in sight'): DatasetRow {
    const row = this.#db
      .prepare<[string], DatasetRow & { alive: number }>('SELECT * FROM dataset WHERE id = ? AND complete = 1')
      .get(id)
    if (!row || (among === 'in sight' && row.alive !== 1)) throw new EigendeskError('DATASET_UNKNOWN')
    return row
  }

  #describe(row: DatasetRow): DatasetInfo {
    const { ancestors = [], ...about } = JSON.parse(row.about) as About
    const steps = JSON.parse(row.steps) as PreparedStep[]
    return {
      id: row.id,
      name: row.name,
      nRows: row.rows,
      columns: this.#columns(row.id).map((c) => JSON.parse(c.summary) as ColumnSummary),
      createdAt: row.created_at,
      preparation: row.parent_id === null ? null : { parentId: row.parent_id, steps, ancestors },
      roles: JSON.parse(row.roles) as Roles,
      ...about
    }
  }

  #columns(id: string): ColumnRow[] {
    return this.#db
      .prepare<[string], ColumnRow>(
        'SELECT position, name, type, summary, dictionary FROM dataset_column WHERE dataset_id = ? ORDER BY position'
      )
      .all(id)
  }

  #chunks(id: string, position: number): IterableIterator<Buffer> {
    return this.#db
      .prepare('SELECT data FROM column_chunk WHERE dataset_id = ? AND position = ? ORDER BY chunk')
      .pluck()
      .iterate(id, position) as IterableIterator<Buffer>
  }

  /** The named columns, whole, on shared memory so that a worker reads them without a copy. */
  view(id: string, names: string[]): TableView {
    const { rows } = this.#row(id)
    const bytes = Float64Array.BYTES_PER_ELEMENT * rows
    if (bytes > LARGEST_ARRAY_BYTES) {
      const [value, limit] = [describeBytes(bytes), describeBytes(LARGEST_ARRAY_BYTES)]
      throw new EigendeskError('TABLE_TOO_LARGE', { value, limit })
    }
    const info = this.get(id)
    const columns = new Map(this.#columns(id).map((column) => [column.name, column]))
    return {
      fileName: info.source.fileName,
      nRows: rows,
      lines: this.#lines(id, rows),
      columns: [...new Set(names)].map((name) => {
        const column = columns.get(name)
        if (!column) {
          const limit = [...columns.keys()].join(', ')
          throw new EigendeskError('COLUMN_UNKNOWN', { value: name, file: info.source.fileName, limit })
        }
        return this.#readColumn(id, column, rows)
      })
    }
  }

  /** Reads the numbers of a dataset ahead, a column a step, where they can be kept: the first analysis need not wait for them.
   * bytes: how large they are, 0 where they are too large. */
  readAhead(id: string): { bytes: number; steps: Generator<void> } {
    const { rows } = this.#row(id)
    const columns = this.#columns(id).filter(({ type }) => storageKind(type) === 'number')
    const bytes = columns.length * rows * Float64Array.BYTES_PER_ELEMENT
    const fits = bytes + rows * Int32Array.BYTES_PER_ELEMENT <= KEPT_BYTES
    return { bytes: fits ? bytes : 0, steps: this.#readColumns(id, fits ? columns : [], rows) }
  }

  *#readColumns(id: string, columns: readonly ColumnRow[], rows: number): Generator<void> {
    if (columns.length > 0) this.#lines(id, rows)
    for (const column of columns) {
      yield
      this.#readColumn(id, column, rows)
    }
  }

  #lines(id: string, rows: number): Int32Array {
    return this.#cache.get(`${id} ${LINES_POSITION}`, () => this.#readIntegers(id, LINES_POSITION, rows))
  }

  #readColumn(id: string, column: ColumnRow, rows: number): ColumnData {
    const kind = storageKind(column.type)
    const { name } = column
    const key = `${id} ${column.position}`
    if (kind === 'number') return this.#cache.get(key, () => this.#readNumbers(id, column, rows))
    if (kind === 'codes') return this.#cache.get(key, () => this.#readCodes(id, column, rows))
    const values: (string | null)[] = []
    for (const bytes of this.#chunks(id, column.position)) {
      const chunk = decodeChunk(kind, bytes)
      if (chunk.kind === 'text') for (const value of chunk.values) values.push(value)
    }
    return { kind, name, values }
  }

  #readNumbers(id: string, { name, position }: ColumnRow, rows: number): Extract<ColumnData, { kind: 'number' }> {
    const values = new Float64Array(new SharedArrayBuffer(rows * Float64Array.BYTES_PER_ELEMENT))
    let at = 0
    for (const bytes of this.#chunks(id, position)) at += decodeInto(values, at, bytes)
    return { kind: 'number', name, values, ...(allFinite(values) && { finite: true }) }
  }

  #readCodes(id: string, column: ColumnRow, rows: number): Extract<ColumnData, { kind: 'codes' }> {
    const codes = this.#readIntegers(id, column.position, rows)
    return { kind: 'codes', name: column.name, codes, dictionary: JSON.parse(column.dictionary ?? '[]') as string[] }
  }

  #readIntegers(id: string, position: number, rows: number): Int32Array {
    const codes = new Int32Array(new SharedArrayBuffer(rows * Int32Array.BYTES_PER_ELEMENT))
    let at = 0
    for (const bytes of this.#chunks(id, position)) at += decodeInto(codes, at, bytes)
    return codes
  }

  /** Cells of chosen rows, every column. Only the chunks those rows lie in are read. */
  rows(id: string, wanted: number[]): { lines: number[]; columns: Cells[] } {
    const { rows, chunk_rows: chunkRows } = this.#row(id)
    const outside = wanted.find((row) => row >= rows)
    if (outside !== undefined) {
      throw new EigendeskError('INVALID_CALL', { reason: `row ${outside} of a dataset with ${rows} rows` })
    }
    const read = this.#db
      .prepare('SELECT data FROM column_chunk WHERE dataset_id = ? AND position = ? AND chunk = ?')
      .pluck()
    const chunkOf = (position: number, kind: 'number' | 'codes' | 'text') => {
      const decoded = new Map<number, ReturnType<typeof decodeChunk>>()
      return (row: number): ReturnType<typeof decodeChunk> => {
        const index = Math.floor(row / chunkRows)
        let chunk = decoded.get(index)
        if (!chunk) {
          chunk = decodeChunk(kind, read.get(id, position, index) as Buffer)
          decoded.set(index, chunk)
        }
        return chunk
      }
    }
    const lineChunk = chunkOf(LINES_POSITION, 'codes')
    const lines = wanted.map((row) => {
      const chunk = lineChunk(row)
      return chunk.kind === 'codes' ? chunk.codes[row % chunkRows]! : 0
    })
    const columns = this.#columns(id).map((column): Cells => {
      const kind = storageKind(column.type)
      const chunkAt = chunkOf(column.position, kind)
      if (kind === 'number') {
        const values = new Float64Array(wanted.length)
        wanted.forEach((row, i) => {
          const chunk = chunkAt(row)
          values[i] = chunk.kind === 'number' ? chunk.values[row % chunkRows]! : NaN
        })
        return { kind, values }
      }
      const dictionary = kind === 'codes' ? (JSON.parse(column.dictionary ?? '[]') as string[]) : []
      const values = wanted.map((row) => {
        const chunk = chunkAt(row)
        if (chunk.kind === 'codes') return dictionary[chunk.codes[row % chunkRows]!] ?? null
        return chunk.kind === 'text' ? (chunk.values[row % chunkRows] ?? null) : null
      })
      return { kind: 'text', values }
    })
    return { lines, columns }
  }
}

/** The same bytes, as the database takes them. */
const bytesOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
