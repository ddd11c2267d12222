import { EigendeskError } from '../contract/errors.ts'
import type { AnalysisInfo, AnalysisRecord } from '../contract/session.ts'
import type { AnalysisKind, AnalysisResult, JsonValue } from '../contract/analysis.ts'
import { putArrayHead, putChunk, putList } from './chunked.ts'
import type { Connection, OpenFile } from './database.ts'
import { arrayInMemory, countChunks, type StoredArray } from './stored-array.ts'

/** Bytes of chunks in one transaction: some ten milliseconds, after which calls have their turn. */
const STEP_BYTES = 8 * 2 ** 20

/** A finished run on its way into the session. */
export interface FinishedAnalysis {
  id: string
  datasetId: string
  kind: AnalysisKind
  name: string
  params: Record<string, unknown>
  milliseconds: number
  result: AnalysisResult<Record<string, unknown>>
  /** the analysis whose place it takes, which goes out of sight */
  replaces?: string | undefined
}

/** A finished run that is looked at while it is stored: answered from memory until the database has it. */
export class HeldResult {
  readonly finished: FinishedAnalysis
  readonly createdAt = new Date().toISOString()
  /** Stores it, a few milliseconds at a time: out of sight and without its arrays being said to be there, so that what is cut
   * off is nothing, and is removed when the session is left. The last step, in one transaction, brings it into sight. */
  readonly steps: Generator<void>
  readonly #arrays: ReadonlyMap<string, StoredArray>

  /** @param record makes a change one undoable step */
  constructor(finished: FinishedAnalysis, file: OpenFile, record: (mutate: () => void) => void) {
    this.finished = finished
    this.steps = this.#store(file, record)
    const entries = Object.entries(finished.result.arrays)
    this.#arrays = new Map(entries.map(([name, array]) => [name, arrayInMemory(array)]))
  }

  get info(): AnalysisInfo {
    const { id, datasetId, kind, name, params, milliseconds } = this.finished
    return {
      id,
      datasetId,
      kind,
      name,
      params: plain(params),
      milliseconds,
      createdAt: this.createdAt,
      studies: {}
    }
  }

  get record(): AnalysisRecord {
    const { summary, lists } = this.finished.result
    return {
      ...this.info,
      summary: plain(summary),
      arrays: Object.fromEntries([...this.#arrays].map(([name, { dtype, shape }]) => [name, { dtype, shape }])),
      lists: Object.fromEntries(Object.entries(lists).map(([name, items]) => [name, items.length]))
    }
  }

  array(name: string): StoredArray | null {
    return this.#arrays.get(name) ?? null
  }

  /** @throws ARRAY_UNKNOWN */
  items(name: string): string[] {
    const { lists } = this.finished.result
    if (!Object.hasOwn(lists, name)) throw new EigendeskError('ARRAY_UNKNOWN', { value: name })
    return lists[name]!
  }

  *#store(file: OpenFile, record: (mutate: () => void) => void): Generator<void> {
    const { id, datasetId, kind, name, params, milliseconds, result } = this.finished
    file.db
      .prepare(
        `INSERT INTO analysis (id, dataset_id, position, kind, name, params, summary, milliseconds, created_at, alive)
         VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, 0)`
      )
      .run(
        id,
        datasetId,
        kind,
        name,
        JSON.stringify(params),
        JSON.stringify(result.summary),
        milliseconds,
        this.createdAt
      )
    yield
    for (const batch of this.#batches()) {
      // The session may have moved to another file in between: what was stored is there too.
      storeChunks(file.db, id, batch)
      yield
    }
    record(() => this.#bringIntoSight(file.db))
  }

  *#batches(): Generator<Chunk[]> {
    let batch: Chunk[] = []
    let bytes = 0
    for (const [name, stored] of this.#arrays) {
      const count = countChunks(stored)
      for (let index = 0; index < count; index++) {
        const values = stored.chunk(index)
        batch.push({ name, index, values })
        bytes += values.byteLength
        if (bytes < STEP_BYTES) continue
        yield batch
        batch = []
        bytes = 0
      }
    }
    if (batch.length > 0) yield batch
  }

  #bringIntoSight(db: Connection): void {
    const { id, replaces, result } = this.finished
    const old =
      replaces === undefined
        ? undefined
        : db
            .prepare<[string], { position: number }>('SELECT position FROM analysis WHERE id = ? AND alive = 1')
            .get(replaces)
    if (replaces !== undefined) db.prepare('UPDATE analysis SET alive = 0 WHERE id = ?').run(replaces)
    db.prepare(
      `UPDATE analysis SET alive = 1, position = coalesce(?, (SELECT coalesce(max(position), 0) + 1 FROM analysis))
       WHERE id = ?`
    ).run(old?.position ?? null, id)
    for (const [name, stored] of this.#arrays) putArrayHead(db, id, name, stored)
    for (const [name, items] of Object.entries(result.lists)) putList(db, id, name, items)
  }
}

interface Chunk {
  name: string
  index: number
  values: Float64Array | Int32Array
}

/** In one transaction that does not wait for the disk: nobody sees a chunk before the last step, and what that waits for holds
 * the chunks too. */
function storeChunks(db: Connection, id: string, chunks: readonly Chunk[]): void {
  const store = db.transaction(() => {
    for (const { name, index, values } of chunks) putChunk(db, id, name, index, values)
  })
  if (db.inTransaction) return store()
  db.pragma('synchronous = NORMAL')
  try {
    store()
  } finally {
    db.pragma('synchronous = FULL')
  }
}

/** What reading it back from the database would give. */
const plain = (value: Record<string, unknown>): Record<string, JsonValue> =>
  JSON.parse(JSON.stringify(value)) as Record<string, JsonValue>
