import { z } from 'zod'
import type { Connection, OpenFile } from './database.ts'

/** Steps that can be undone at most: what only older ones would bring back is purged. */
const KEPT_CHANGES = 100

/** What of a session is in sight: everything a change can alter. Datasets and results themselves never change once they
 * are finished, so a state is the list of those that are alive, with what may be said of each. */
const manifestSchema = z.object({
  datasets: z.record(z.string(), z.object({ name: z.string(), position: z.number(), roles: z.string() })),
  analyses: z.record(z.string(), z.object({ name: z.string(), position: z.number() }))
})
export type Manifest = z.infer<typeof manifestSchema>

/** The steps that undo and redo would take, as verb phrases ("remove iris"); null where there is none. */
export interface HistoryState {
  undo: string | null
  redo: string | null
}

/** An object that a step brought into sight. */
export interface Revealed {
  type: 'dataset' | 'analysis'
  id: string
}

interface ChangeRow {
  seq: number
  label: string
  before: string
  after: string
}

/** The changes of a session, each undoable. Undo, redo and going back to a checkpoint all put a manifest in force. */
export class History {
  readonly #file: OpenFile

  constructor(file: OpenFile) {
    this.#file = file
  }

  get #db(): Connection {
    return this.#file.db
  }

  /** Makes what mutate does one undoable step and one transaction: both are stored, or neither. A step that changes
   * nothing in sight is not recorded; one that does ends what could have been redone.
   * @param label verb phrase, as it stands after "Undo: " */
  record<T>(label: string, mutate: () => T): T {
    return this.#db.transaction(() => {
      const before = JSON.stringify(this.manifest())
      const result = mutate()
      const after = JSON.stringify(this.manifest())
      if (before === after) return result
      this.#db.prepare('DELETE FROM change WHERE undone = 1').run()
      const { lastInsertRowid } = this.#db
        .prepare('INSERT INTO change (label, before, after, undone, created_at) VALUES (?, ?, ?, 0, ?)')
        .run(label, before, after, new Date().toISOString())
      this.#db.prepare('DELETE FROM change WHERE seq <= ?').run(Number(lastInsertRowid) - KEPT_CHANGES)
      return result
    })()
  }

  get state(): HistoryState {
    return { undo: this.#nextUndo()?.label ?? null, redo: this.#nextRedo()?.label ?? null }
  }

  /** Takes the last step back. Returns what came back into sight; nothing where there is no step. */
  undo(): Revealed[] {
    return this.#step(this.#nextUndo(), 'before', 1)
  }

  /** Takes the step again that was undone last. */
  redo(): Revealed[] {
    return this.#step(this.#nextRedo(), 'after', 0)
  }

  #nextUndo(): ChangeRow | undefined {
    return this.#db.prepare<[], ChangeRow>('SELECT * FROM change WHERE undone = 0 ORDER BY seq DESC LIMIT 1').get()
  }

  #nextRedo(): ChangeRow | undefined {
    return this.#db.prepare<[], ChangeRow>('SELECT * FROM change WHERE undone = 1 ORDER BY seq LIMIT 1').get()
  }

  #step(change: ChangeRow | undefined, side: 'before' | 'after', undone: 0 | 1): Revealed[] {
    if (!change) return []
    return this.#db.transaction(() => {
      const revealed = this.apply(readManifest(change[side]))
      this.#db.prepare('UPDATE change SET undone = ? WHERE seq = ?').run(undone, change.seq)
      return revealed
    })()
  }

  /** What is in sight now. */
  manifest(): Manifest {
    interface Row {
      id: string
      name: string
      position: number
      roles: string
    }
    const datasets = this.#db
      .prepare<[], Row>('SELECT id, name, position, roles FROM dataset WHERE complete = 1 AND alive = 1 ORDER BY id')
      .all()
    const analyses = this.#db
      .prepare<[], Row>('SELECT id, name, position FROM analysis WHERE alive = 1 ORDER BY id')
      .all()
    return {
      datasets: Object.fromEntries(
        datasets.map(({ id, name, position, roles }): [string, Manifest['datasets'][string]] => [
          id,
          { name, position, roles }
        ])
      ),
      analyses: Object.fromEntries(
        analyses.map(({ id, name, position }): [string, Manifest['analyses'][string]] => [id, { name, position }])
      )
    }
  }

  /** Brings a state into force and returns what was out of sight before. The caller has a transaction open. */
  apply(manifest: Manifest): Revealed[] {
    const old = this.manifest()
    this.#db.prepare('UPDATE dataset SET alive = 0 WHERE complete = 1').run()
    this.#db.prepare('UPDATE analysis SET alive = 0').run()
    const dataset = this.#db.prepare(
      'UPDATE dataset SET alive = 1, name = ?, position = ?, roles = ? WHERE id = ? AND complete = 1'
    )
    const analysis = this.#db.prepare('UPDATE analysis SET alive = 1, name = ?, position = ? WHERE id = ?')
    for (const [id, { name, position, roles }] of Object.entries(manifest.datasets)) {
      dataset.run(name, position, roles, id)
    }
    for (const [id, { name, position }] of Object.entries(manifest.analyses)) analysis.run(name, position, id)
    const news = (type: Revealed['type'], now: object, before: object): Revealed[] =>
      Object.keys(now)
        .filter((id) => !Object.hasOwn(before, id))
        .map((id) => ({ type, id }))
    return [...news('dataset', manifest.datasets, old.datasets), ...news('analysis', manifest.analyses, old.analyses)]
  }

  /** Deletes what no step and no checkpoint can bring back. Takes as long as the data are large: when a session is left. */
  purge(): void {
    const states = this.#db
      .prepare('SELECT before FROM change UNION SELECT after FROM change UNION SELECT state FROM checkpoint')
      .pluck()
      .all() as string[]
    const named = new Set<string>()
    for (const { datasets, analyses } of states.map(readManifest)) {
      for (const id of [...Object.keys(datasets), ...Object.keys(analyses)]) named.add(id)
    }
    for (const table of ['analysis', 'dataset'] as const) {
      const hidden = this.#db.prepare(`SELECT id FROM ${table} WHERE alive = 0`).pluck().all() as string[]
      const remove = this.#db.prepare(`DELETE FROM ${table} WHERE id = ?`)
      for (const id of hidden) if (!named.has(id)) remove.run(id)
    }
  }

  /** Reads every stored state once. @throws where one is not what we would have written */
  check(): void {
    const states = this.#db.prepare('SELECT before FROM change UNION ALL SELECT after FROM change').pluck().all()
    for (const state of states as string[]) readManifest(state)
  }
}

/** A stored state. @throws where it is none */
export function readManifest(text: string): Manifest {
  return manifestSchema.parse(JSON.parse(text))
}
