import type { Preparation, Roles } from '../contract/preparation.ts'
import type { Connection, OpenFile } from './database.ts'

/** The finding of a dataset that holds its filled-in cells: runs of rows, by column name. */
const IMPUTED = 'imputed'

/** How datasets came from each other, what their columns are for, and which of their cells were filled in. */
export class PreparationStore {
  readonly #file: OpenFile
  /** of the dataset asked for last: asked for again with every screen of rows */
  #known: { id: string; imputed: Record<string, number[]> } | undefined

  constructor(file: OpenFile) {
    this.#file = file
  }

  get #db(): Connection {
    return this.#file.db
  }

  /** Says of a dataset that is still incomplete where it comes from. inPlaceOf: it stands where that one stands. */
  describe(
    id: string,
    {
      parentId,
      steps,
      roles,
      imputed
    }: Pick<Preparation, 'parentId' | 'steps'> & {
      roles: Roles
      imputed: Record<string, number[]>
    },
    inPlaceOf?: string
  ): void {
    this.#db.transaction(() => {
      this.#db
        .prepare('UPDATE dataset SET parent_id = ?, steps = ?, roles = ? WHERE id = ?')
        .run(parentId, JSON.stringify(steps), JSON.stringify(roles), id)
      if (inPlaceOf !== undefined) {
        this.#db
          .prepare('UPDATE dataset SET position = (SELECT position FROM dataset WHERE id = ?) WHERE id = ?')
          .run(inPlaceOf, id)
      }
      if (Object.keys(imputed).length === 0) return
      this.#db
        .prepare('INSERT INTO finding (dataset_id, key, data) VALUES (?, ?, ?)')
        .run(id, IMPUTED, JSON.stringify(imputed))
    })()
  }

  /** Bytes of all cells of a dataset, as they are stored. */
  bytesOf(id: string): number {
    return this.#db
      .prepare('SELECT coalesce(sum(length(data)), 0) FROM column_chunk WHERE dataset_id = ?')
      .pluck()
      .get(id) as number
  }

  setRoles(id: string, roles: Roles): void {
    this.#db.prepare('UPDATE dataset SET roles = ? WHERE id = ?').run(JSON.stringify(roles), id)
  }

  /** Filled-in cells by column name: first row and number of rows of each run, ascending. Empty where there are none. */
  imputed(id: string): Record<string, number[]> {
    if (this.#known?.id === id) return this.#known.imputed
    const data = this.#db
      .prepare('SELECT data FROM finding WHERE dataset_id = ? AND key = ?')
      .pluck()
      .get(id, IMPUTED) as string | undefined
    const imputed = data === undefined ? {} : readRuns(data)
    this.#known = { id, imputed }
    return imputed
  }
}

/** Runs as they were stored; none where a stranger's file holds something else under their name. */
function readRuns(data: string): Record<string, number[]> {
  try {
    const runs: unknown = JSON.parse(data)
    return isRuns(runs) ? runs : {}
  } catch {
    return {}
  }
}

function isRuns(given: unknown): given is Record<string, number[]> {
  if (given === null || typeof given !== 'object') return false
  return Object.values(given).every((runs) => Array.isArray(runs) && runs.every((row) => Number.isSafeInteger(row)))
}
