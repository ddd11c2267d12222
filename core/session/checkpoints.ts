import { randomUUID } from 'node:crypto'
import { EigendeskError } from '../contract/errors.ts'
import type { Checkpoint } from '../contract/session.ts'
import type { Connection, OpenFile } from './database.ts'
import { readManifest, type History, type Revealed } from './history.ts'

interface CheckpointRow {
  id: string
  name: string
  state: string
  created_at: string
}

/** States of a session that a person gave a name to, to go back to. What they name is kept, whatever is removed later. */
export class CheckpointStore {
  readonly #file: OpenFile
  readonly #history: History

  constructor(file: OpenFile, history: History) {
    this.#file = file
    this.#history = history
  }

  get #db(): Connection {
    return this.#file.db
  }

  /** Keeps what is in sight now. Returns the checkpoint's id. */
  save(name: string): string {
    const id = randomUUID()
    this.#db
      .prepare('INSERT INTO checkpoint (id, name, state, created_at) VALUES (?, ?, ?, ?)')
      .run(id, name, JSON.stringify(this.#history.manifest()), new Date().toISOString())
    return id
  }

  /** Newest first. */
  list(): Checkpoint[] {
    const rows = this.#db.prepare<[], CheckpointRow>('SELECT * FROM checkpoint').all()
    return rows
      .sort((a, b) => (a.created_at < b.created_at ? 1 : -1))
      .map(({ id, name, state, created_at }) => {
        const { datasets, analyses } = readManifest(state)
        return {
          id,
          name,
          createdAt: created_at,
          nDatasets: Object.keys(datasets).length,
          nAnalyses: Object.keys(analyses).length
        }
      })
  }

  /** Goes back to a checkpoint: one step, which can be undone. Returns what came back into sight.
   * @throws CHECKPOINT_UNKNOWN */
  revertTo(id: string): Revealed[] {
    const { name, state } = this.#row(id)
    return this.#history.record(`revert to ${name}`, () => this.#history.apply(readManifest(state)))
  }

  /** @throws CHECKPOINT_UNKNOWN */
  remove(id: string): void {
    this.#row(id)
    this.#db.prepare('DELETE FROM checkpoint WHERE id = ?').run(id)
  }

  #row(id: string): CheckpointRow {
    const row = this.#db.prepare<[string], CheckpointRow>('SELECT * FROM checkpoint WHERE id = ?').get(id)
    if (!row) throw new EigendeskError('CHECKPOINT_UNKNOWN')
    return row
  }
}
