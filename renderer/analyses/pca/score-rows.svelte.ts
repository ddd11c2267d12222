import { MAX_ARRAY_ROWS } from '../../../core/contract/point-calls.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { call } from '../../app/api.ts'
import { session } from '../../app/session.svelte.ts'

/** Rows kept; beyond them all but those in sight are dropped. */
const ROWS_KEPT = 20_000

/** Columns of one call. */
const COLUMNS_AT_ONCE = 64

/** An array of a result at the rows in sight of a table, its scores or another, exact; fetched one call at a time, the newest wish
 * first. */
export class ScoreRows {
  readonly #analysis: AnalysisInfo
  readonly #name: string
  readonly #components: readonly number[]
  readonly #kept = new Map<number, Float64Array>()
  #wanted: readonly number[] = []
  #busy = false
  #version = $state(0)

  /** @param components columns of the array */
  constructor(analysis: AnalysisInfo, components: readonly number[], name = 'scores') {
    this.#analysis = analysis
    this.#name = name
    this.#components = components
  }

  /** Value of a point on one component, undefined while it is on its way, and where the component is not among those asked for. */
  value(point: number, component: number): number | undefined {
    return this.row(point)?.[this.#components.indexOf(component)]
  }

  /** Scores of a point, in the order of the components, or null while they are on their way. */
  row(point: number): Float64Array | null {
    void this.#version
    return this.#kept.get(point) ?? null
  }

  /** Says which points are in sight. */
  want(points: readonly number[]): void {
    this.#wanted = points
    if (!this.#busy) void this.#fetch()
  }

  async #fetch(): Promise<void> {
    this.#busy = true
    for (;;) {
      const rows = this.#wanted.filter((point) => !this.#kept.has(point)).slice(0, MAX_ARRAY_ROWS)
      if (rows.length === 0) break
      const values = await session.attempt('Scores could not be read', () => this.#ask(rows))
      if (!values) break
      if (this.#kept.size > ROWS_KEPT) this.#kept.clear()
      const width = this.#components.length
      rows.forEach((point, i) => this.#kept.set(point, values.subarray(i * width, (i + 1) * width)))
      this.#version++
    }
    this.#busy = false
  }

  /** Row by row. */
  async #ask(rows: number[]): Promise<Float64Array> {
    const all = this.#components
    const values = new Float64Array(rows.length * all.length)
    for (let from = 0; from < all.length; from += COLUMNS_AT_ONCE) {
      const columns = all.slice(from, from + COLUMNS_AT_ONCE)
      const found = await call('analysis.rows', { analysisId: this.#analysis.id, name: this.#name, rows, columns })
      rows.forEach((_, i) => {
        values.set(found.subarray(i * columns.length, (i + 1) * columns.length), i * all.length + from)
      })
    }
    return values
  }
}
