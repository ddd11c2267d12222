import type { AnalysisKind, JsonValue, ResultArray } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { AnalysisInfo, AnalysisRecord } from '../contract/session.ts'
import type { StudyKind } from '../contract/study.ts'
import { ArrayParts } from './array-parts.ts'
import { arrayInDatabase } from './chunked.ts'
import type { Connection, OpenFile } from './database.ts'
import { HeldResult, type FinishedAnalysis } from './held-result.ts'
import { readArray, type ArrayHead, type StoredArray } from './stored-array.ts'

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

/** Analyses of a session and their results. */
export class AnalysisStore {
  readonly #file: OpenFile
  /** results that are looked at while they are stored, in the order in which that began */
  readonly #held = new Map<string, HeldResult>()

  constructor(file: OpenFile) {
    this.#file = file
  }

  get #db(): Connection {
    return this.#file.db
  }

  /** Shows a finished run before it is stored: until then it is answered from memory. Returns what stores it, a few
   * milliseconds at a time. Whoever takes these steps calls drop at their end, however that comes.
   * @param record makes a change one undoable step */
  hold(finished: FinishedAnalysis, record: (mutate: () => void) => void): Generator<void> {
    const held = new HeldResult(finished, this.#file, record)
    this.#held.set(finished.id, held)
    return held.steps
  }

  /** Whether something is being stored that is already looked at. */
  get isHolding(): boolean {
    return this.#held.size > 0
  }

  /** A held result is stored, or could not be: then nothing of it is left. */
  drop(id: string): void {
    this.#held.delete(id)
    this.#db.prepare('DELETE FROM analysis WHERE id = ? AND alive = 0').run(id)
  }

  /** Takes the steps that are left of everything held, with no turn between them. */
  finishHeld(): void {
    for (const [id, { steps }] of this.#held) {
      try {
        for (const step of steps) void step
      } finally {
        this.drop(id)
      }
    }
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
    const stored = this.#db
      .prepare<[], AnalysisRow>('SELECT * FROM analysis WHERE alive = 1 ORDER BY position')
      .all()
      .map((row) => this.#describe(row))
    // One that is being stored stands where it will stand.
    for (const { info, finished } of this.#held.values()) {
      const place = stored.findIndex(({ id }) => id === finished.replaces)
      if (place < 0) stored.push(info)
      else stored[place] = info
    }
    return stored
  }

  /** How many are in sight. */
  count(): number {
    return this.list().length
  }

  /** Those as well that an undo may bring back. */
  listKept(): AnalysisRecord[] {
    return this.#db
      .prepare<[], AnalysisRow>('SELECT * FROM analysis ORDER BY position')
      .all()
      .map((row) => this.#record(row))
  }

  get(id: string): AnalysisRecord {
    return this.#held.get(id)?.record ?? this.#record(this.#row(id))
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
    const array = readArray(this.#stored(id, name), columns)
    if (!array) throw new EigendeskError('ARRAY_UNKNOWN', { value: `${name}, columns ${columns?.join(', ') ?? ''}` })
    return array
  }

  /** One array, read in parts. */
  parts(id: string, name: string): ArrayParts {
    return new ArrayParts(this.#stored(id, name), name)
  }

  /** How each of its arrays lies in chunks, so that a worker can ask for them one by one. */
  heads(id: string): Record<string, ArrayHead> {
    const { arrays } = this.get(id)
    return Object.fromEntries(
      Object.keys(arrays).map((name) => {
        const { dtype, shape, layout } = this.#stored(id, name)
        return [name, { dtype, shape, layout }]
      })
    )
  }

  /** One chunk of an array, in memory of its own; also of an analysis that has gone out of sight.
   * @throws ARRAY_UNKNOWN */
  chunk(id: string, name: string, index: number): Float64Array | Int32Array {
    return this.#kept(id, name).chunk(index).slice()
  }

  #stored(id: string, name: string): StoredArray {
    if (!this.#held.has(id)) this.#row(id)
    return this.#kept(id, name)
  }

  /** @throws ARRAY_UNKNOWN */
  #kept(id: string, name: string): StoredArray {
    const held = this.#held.get(id)
    const stored = held ? held.array(name) : arrayInDatabase(this.#db, id, name)
    if (!stored) throw new EigendeskError('ARRAY_UNKNOWN', { value: name })
    return stored
  }

  /** When an array was made: those of a study are replaced when it is run again. */
  madeAt(id: string, name: string): string {
    const held = this.#held.get(id)
    if (held) return held.createdAt
    const row = this.#row(id)
    const { studies } = this.#describe(row)
    return Object.entries(studies).find(([kind]) => name.startsWith(`${kind}.`))?.[1] ?? row.created_at
  }

  items(id: string, name: string): string[] {
    if (!this.#held.has(id)) this.#row(id)
    return this.keptItems(id, name)
  }

  /** The same also of an analysis that has gone out of sight.
   * @throws ARRAY_UNKNOWN */
  keptItems(id: string, name: string): string[] {
    const held = this.#held.get(id)
    if (held) return held.items(name)
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
