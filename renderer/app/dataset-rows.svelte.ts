import type { DatasetInfo } from '../../core/contract/session.ts'
import { MAX_ROWS_PER_CALL } from '../../core/contract/calls.ts'
import type { Cells } from '../../core/contract/table.ts'
import { numberCell, textCell, type Cell } from '../ui/table.ts'
import { call } from './api.ts'
import { session } from './session.svelte.ts'

/** A number longer than this may be cut in its column; its tooltip has it whole. */
const LONG_NUMBER = 9
/** Rows kept; beyond it those fetched first are dropped. */
const ROWS_KEPT = 8000
/** Cells asked for in one call: a wide table is asked for fewer rows at once. */
const CELLS_PER_CALL = 100_000
const LEAST_ROWS_PER_CALL = 10

/** The rows of one dataset as a table needs them: those in sight are fetched, one call at a time, the newest wish first;
 * what was scrolled past before its turn is never asked for. */
export class DatasetRows {
  readonly #dataset: DatasetInfo
  /** positions of the columns shown, in their order */
  readonly #shown: readonly number[]
  readonly #rowsPerCall: number
  #kept = new Map<number, readonly Cell[]>()
  #wanted: readonly number[] = []
  #busy = false
  #version = $state(0)

  /** @param columns names of the columns to show; all of them where left out */
  constructor(dataset: DatasetInfo, columns?: readonly string[]) {
    this.#dataset = dataset
    const names = dataset.columns.map((column) => column.name)
    this.#shown = (columns ?? names).map((name) => names.indexOf(name))
    const affordable = Math.floor(CELLS_PER_CALL / Math.max(1, names.length))
    this.#rowsPerCall = Math.max(LEAST_ROWS_PER_CALL, Math.min(MAX_ROWS_PER_CALL, affordable))
  }

  /** The cells of a dataset row, or null while they are on their way. */
  row(row: number): readonly Cell[] | null {
    void this.#version
    return this.#kept.get(row) ?? null
  }

  /** Says which rows are in sight, in any order. */
  want(rows: readonly number[]): void {
    this.#wanted = rows
    void this.#fetch()
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    for (;;) {
      const missing = this.#wanted.filter((row) => !this.#kept.has(row)).slice(0, this.#rowsPerCall)
      if (missing.length === 0 || !(await this.#fetchRows(missing))) break
    }
    this.#busy = false
  }

  async #fetchRows(rows: number[]): Promise<boolean> {
    const { id, columns } = this.#dataset
    const answer = await session.attempt('Rows could not be read', () => call('dataset.rows', { datasetId: id, rows }))
    if (!answer) return false
    rows.forEach((row, i) =>
      this.#kept.set(
        row,
        this.#shown.map((column) => cellOf(answer.columns[column]!, i, columns[column]?.decimals))
      )
    )
    for (const row of this.#kept.keys()) {
      if (this.#kept.size <= ROWS_KEPT) break
      this.#kept.delete(row)
    }
    this.#version++
    return true
  }
}

function cellOf(cells: Cells, index: number, decimals: number | undefined): Cell {
  if (cells.kind === 'text') return textCell(cells.values[index]!)
  const cell = numberCell(cells.values[index]!, decimals)
  return cell.text.length > LONG_NUMBER ? { ...cell, title: cell.text } : cell
}
