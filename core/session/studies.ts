import type { AnalysisResult, JsonValue } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { StudyRecord } from '../contract/study-calls.ts'
import type { StudyKind } from '../contract/study.ts'
import { putArray, putList } from './chunked.ts'
import type { Connection, OpenFile } from './database.ts'

interface StudyRow {
  kind: StudyKind
  params: string
  summary: string
  milliseconds: number
  created_at: string
}

/** A finished study on its way into the session. */
export interface FinishedStudy {
  analysisId: string
  kind: StudyKind
  params: Record<string, unknown>
  milliseconds: number
  result: AnalysisResult<Record<string, unknown>>
}

/** What was computed of results on demand: one of each kind a result, the last. It goes with its result. */
export class StudyStore {
  readonly #file: OpenFile

  constructor(file: OpenFile) {
    this.#file = file
  }

  get #db(): Connection {
    return this.#file.db
  }

  /** Stores a finished study whole, in the place of an older one of its kind, or not at all.
   * @throws ANALYSIS_UNKNOWN where the result is no longer in sight */
  put({ analysisId, kind, params, milliseconds, result }: FinishedStudy): void {
    this.#db.transaction(() => {
      const there = this.#db.prepare('SELECT 1 FROM analysis WHERE id = ? AND alive = 1').get(analysisId)
      if (there === undefined) throw new EigendeskError('ANALYSIS_UNKNOWN')
      const createdAt = laterThan(this.madeAt(analysisId, kind))
      for (const table of ['result_chunk', 'result_array', 'result_list']) {
        this.#db.prepare(`DELETE FROM ${table} WHERE analysis_id = ? AND name GLOB ?`).run(analysisId, `${kind}.*`)
      }
      this.#db
        .prepare(
          `INSERT OR REPLACE INTO study (analysis_id, kind, params, summary, milliseconds, created_at)
           VALUES (?, ?, ?, ?, ?, ?)`
        )
        .run(analysisId, kind, JSON.stringify(params), JSON.stringify(result.summary), milliseconds, createdAt)
      for (const [name, array] of Object.entries(result.arrays))
        putArray(this.#db, analysisId, `${kind}.${name}`, array)
      for (const [name, items] of Object.entries(result.lists)) putList(this.#db, analysisId, `${kind}.${name}`, items)
    })()
  }

  get(analysisId: string, kind: StudyKind): StudyRecord | null {
    const row = this.#db
      .prepare<[string, string], StudyRow>('SELECT * FROM study WHERE analysis_id = ? AND kind = ?')
      .get(analysisId, kind)
    return row === undefined ? null : describe(row)
  }

  /** When it was made; undefined where there is none. */
  madeAt(analysisId: string, kind: StudyKind): string | undefined {
    return this.#db
      .prepare('SELECT created_at FROM study WHERE analysis_id = ? AND kind = ?')
      .pluck()
      .get(analysisId, kind) as string | undefined
  }

  /** Every study of a result. */
  list(analysisId: string): StudyRecord[] {
    return this.#db
      .prepare<[string], StudyRow>('SELECT * FROM study WHERE analysis_id = ? ORDER BY kind')
      .all(analysisId)
      .map(describe)
  }
}

/** Now, but after that: by when it was made one study is told from the one before it. */
function laterThan(before: string | undefined): string {
  const now = Date.now()
  return new Date(before === undefined ? now : Math.max(now, Date.parse(before) + 1)).toISOString()
}

function describe(row: StudyRow): StudyRecord {
  return {
    kind: row.kind,
    params: JSON.parse(row.params) as Record<string, JsonValue>,
    summary: JSON.parse(row.summary) as Record<string, JsonValue>,
    milliseconds: row.milliseconds,
    createdAt: row.created_at
  }
}
