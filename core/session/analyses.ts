import type { AnalysisKind, AnalysisResult, JsonValue, ResultArray } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { AnalysisInfo, AnalysisRecord } from '../contract/session.ts'
import type { StudyKind } from '../contract/study.ts'
import { ArrayParts } from './array-parts.ts'
import { putArray, putList, readArray } from './chunked.ts'
import type { Connection, OpenFile } from './database.ts'

interface AnalysisRow {
  id: string
  dataset_id: string
  kind: AnalysisKind
  name: string
  params: string
  summary: string
  milliseconds: number
  created_at: string
}

interface ArrayRow {
  name: string
  dtype: ResultArray['dtype']
  shape: string
}

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

/** Analyses of a session and their results. */
export class AnalysisStore {
  readonly #file: OpenFile

  constructor(file: OpenFile) {
    this.#file = file
  }

  get #db(): Connection {
    return this.#file.db
  }

  /** Stores a finished run whole or not at all. */
  put(finished: FinishedAnalysis): void {
    const { id, result, replaces } = finished
    this.#db.transaction(() => {
      const old =
        replaces === undefined
          ? undefined
          : this.#db
              .prepare<[string], { position: number }>('SELECT position FROM analysis WHERE id = ? AND alive = 1')
              .get(replaces)
      if (replaces !== undefined) this.#db.prepare('UPDATE analysis SET alive = 0 WHERE id = ?').run(replaces)
      this.#db
        .prepare(
          `INSERT INTO analysis (id, dataset_id, position, kind, name, params, summary, milliseconds, created_at)
           VALUES (?, ?, coalesce(?, (SELECT coalesce(max(position), 0) + 1 FROM analysis)), ?, ?, ?, ?, ?, ?)`
        )
        .run(
          id,
          finished.datasetId,
          old?.position ?? null,
          finished.kind,
          finished.name,
          JSON.stringify(finished.params),
          JSON.stringify(result.summary),
          finished.milliseconds,
          new Date().toISOString()
        )
      for (const [name, array] of Object.entries(result.arrays)) putArray(this.#db, id, name, array)
      for (const [name, items] of Object.entries(result.lists)) putList(this.#db, id, name, items)
    })()
  }

  /** Puts an analysis out of sight, where an undo finds it (history.ts). */
  remove(id: string): void {
    this.#row(id)
    this.#db.prepare('UPDATE analysis SET alive = 0 WHERE id = ?').run(id)
  }

  rename(id: string, name: string): void {
    this.#row(id)
    this.#db.prepare('UPDATE analysis SET name = ? WHERE id = ?').run(name, id)
  }

  /** The analyses in sight. */
  list(): AnalysisInfo[] {
    return this.#db
      .prepare<[], AnalysisRow>('SELECT * FROM analysis WHERE alive = 1 ORDER BY position')
      .all()
      .map((row) => this.#describe(row))
  }

  /** How many are in sight. */
  count(): number {
    return this.#db.prepare('SELECT count(*) FROM analysis WHERE alive = 1').pluck().get() as number
  }

  /** Those as well that an undo may bring back. */
  listKept(): AnalysisRecord[] {
    return this.#db
      .prepare<[], AnalysisRow>('SELECT * FROM analysis ORDER BY position')
      .all()
      .map((row) => this.#record(row))
  }

  get(id: string): AnalysisRecord {
    return this.#record(this.#row(id))
  }

  #record(row: AnalysisRow): AnalysisRecord {
    const { id } = row
    const arrays = this.#db
      .prepare<[string], ArrayRow>('SELECT name, dtype, shape FROM result_array WHERE analysis_id = ?')
      .all(id)
    const lists = this.#db
      .prepare<[string], { name: string; length: number }>('SELECT name, length FROM result_list WHERE analysis_id = ?')
      .all(id)
    return {
      ...this.#describe(row),
      summary: JSON.parse(row.summary) as Record<string, JsonValue>,
      arrays: Object.fromEntries(
        arrays.map((a) => [a.name, { dtype: a.dtype, shape: JSON.parse(a.shape) as number[] }])
      ),
      lists: Object.fromEntries(lists.map((l) => [l.name, l.length]))
    }
  }

  array(id: string, name: string, columns?: number[]): ResultArray {
    this.#row(id)
    const array = readArray(this.#db, id, name, columns)
    if (!array)
      throw new EigendeskError('ARRAY_UNKNOWN', { value: columns ? `${name}, columns ${columns.join(', ')}` : name })
    return array
  }

  /** One array, read in parts. */
  parts(id: string, name: string): ArrayParts {
    this.#row(id)
    return new ArrayParts(this.#db, id, name)
  }

  /** When an array was made: those of a study are replaced when it is run again. */
  madeAt(id: string, name: string): string {
    const row = this.#row(id)
    const { studies } = this.#describe(row)
    return Object.entries(studies).find(([kind]) => name.startsWith(`${kind}.`))?.[1] ?? row.created_at
  }

  items(id: string, name: string): string[] {
    this.#row(id)
    const json = this.#db
      .prepare('SELECT items FROM result_list WHERE analysis_id = ? AND name = ?')
      .pluck()
      .get(id, name) as string | undefined
    if (json === undefined) throw new EigendeskError('ARRAY_UNKNOWN', { value: name })
    return JSON.parse(json) as string[]
  }

  #describe(row: AnalysisRow): AnalysisInfo {
    const studies = this.#db
      .prepare<[string], { kind: StudyKind; created_at: string }>(
        'SELECT kind, created_at FROM study WHERE analysis_id = ?'
      )
      .all(row.id)
    return {
      id: row.id,
      datasetId: row.dataset_id,
      kind: row.kind,
      name: row.name,
      params: JSON.parse(row.params) as Record<string, JsonValue>,
      milliseconds: row.milliseconds,
      createdAt: row.created_at,
      studies: Object.fromEntries(studies.map(({ kind, created_at: at }) => [kind, at]))
    }
  }

  #row(id: string): AnalysisRow {
    const row = this.#db.prepare<[string], AnalysisRow>('SELECT * FROM analysis WHERE id = ? AND alive = 1').get(id)
    if (!row) throw new EigendeskError('ANALYSIS_UNKNOWN')
    return row
  }
}
