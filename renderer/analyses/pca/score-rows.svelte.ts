import { MAX_ARRAY_ROWS } from '../../../core/contract/point-calls.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { call } from '../../app/api.ts'
import { session } from '../../app/session.svelte.ts'

/** Rows kept; beyond them all but those in sight are dropped. */
const ROWS_KEPT = 20_000

/** The scores of the rows in sight of a table, exact; fetched one call at a time, the newest wish first. */
export class ScoreRows {
  readonly #analysis: AnalysisInfo
  readonly #components: readonly number[]
  readonly #kept = new Map<number, Float64Array>()
  #wanted: readonly number[] = []
  #busy = false
  #version = $state(0)

  constructor(analysis: AnalysisInfo, components: readonly number[]) {
    this.#analysis = analysis
    this.#components = components
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
      const asked = { analysisId: this.#analysis.id, name: 'scores', rows, columns: [...this.#components] }
      const values = await session.attempt('Scores could not be read', () => call('analysis.rows', asked))
      if (!values) break
      if (this.#kept.size > ROWS_KEPT) this.#kept.clear()
      const width = this.#components.length
      rows.forEach((point, i) => this.#kept.set(point, values.subarray(i * width, (i + 1) * width)))
      this.#version++
    }
    this.#busy = false
  }
}
