import type { JsonValue } from '../contract/analysis.ts'
import type { OpenFile } from './database.ts'

/** What was computed of a dataset and would be computed again if it were lost: statistics of its columns, correlations.
 * A dataset never changes once it is finished, so a finding stays true; it goes with its dataset. */
export class FindingStore {
  readonly #file: OpenFile

  constructor(file: OpenFile) {
    this.#file = file
  }

  get(datasetId: string, key: string): JsonValue | undefined {
    const data = this.#file.db
      .prepare('SELECT data FROM finding WHERE dataset_id = ? AND key = ?')
      .pluck()
      .get(datasetId, key) as string | undefined
    try {
      return data === undefined ? undefined : (JSON.parse(data) as JsonValue)
    } catch {
      return undefined
    }
  }

  /** Keeps a finding in the place of an older one of that key; of a dataset that is gone nothing is kept. */
  put(datasetId: string, key: string, value: JsonValue): void {
    this.#file.db
      .prepare('INSERT OR REPLACE INTO finding (dataset_id, key, data) SELECT id, ?, ? FROM dataset WHERE id = ?')
      .run(key, JSON.stringify(value), datasetId)
  }
}
