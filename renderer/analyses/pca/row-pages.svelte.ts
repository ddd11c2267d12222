import type { Cells } from '../../../core/contract/table.ts'
import type { DatasetInfo } from '../../../core/contract/session.ts'
import { call } from '../../app/api.ts'
import { numberCell, textCell, type Cell } from '../../ui/table.ts'

/** A number longer than this may be cut in its column; its tooltip has it whole. */
const LONG_NUMBER = 9

/** Rows kept at most; beyond it the oldest are dropped. */
const KEPT_ROWS = 4000
/** Cells asked for in one call: a wide table is asked for fewer rows at once. */
const CELLS_PER_CALL = 100_000

/** Cells of some columns of a dataset, fetched as they come into sight. */
export class RowPages {
  readonly #dataset: () => DatasetInfo
  readonly #columns: () => readonly string[]
  #kept = $state.raw(new Map<number, readonly Cell[]>())
  #waiting = new Set<number>()
  #failed = $state.raw(false)
  #of = ''

  constructor(dataset: () => DatasetInfo, columns: () => readonly string[]) {
    this.#dataset = dataset
    this.#columns = columns
  }

  /** cells of a dataset row in the order of the columns, or null while they are fetched */
  row(row: number): readonly Cell[] | null {
    return this.#kept.get(row) ?? null
  }

  get failed(): boolean {
    return this.#failed
  }

  /** Fetches the rows that are not there yet. */
  async want(rows: readonly number[]): Promise<void> {
    const dataset = this.#dataset()
    const names = this.#columns()
    const of = `${dataset.id} ${names.join()}`
    if (of !== this.#of) {
      this.#of = of
      this.#kept = new Map()
      this.#waiting.clear()
    }
    const missing = rows.filter((row) => !this.#kept.has(row) && !this.#waiting.has(row))
    if (missing.length === 0) return
    for (const row of missing) this.#waiting.add(row)
    const page = Math.max(10, Math.min(200, Math.floor(CELLS_PER_CALL / dataset.columns.length)))
    const indexes = names.map((name) => dataset.columns.findIndex((column) => column.name === name))
    try {
      for (let start = 0; start < missing.length; start += page) {
        const asked = missing.slice(start, start + page)
        const { columns } = await call('dataset.rows', { datasetId: dataset.id, rows: asked })
        if (of !== this.#of) return
        const kept = new Map([...this.#kept].slice(-KEPT_ROWS))
        asked.forEach((row, i) =>
          kept.set(
            row,
            indexes.map((index) => cellOf(columns[index]!, i, dataset.columns[index]?.decimals))
          )
        )
        this.#kept = kept
        for (const row of asked) this.#waiting.delete(row)
      }
      this.#failed = false
    } catch {
      // The engine stopped or the dataset is gone; the rows are asked for again when they are next in sight.
      for (const row of missing) this.#waiting.delete(row)
      this.#failed = true
    }
  }
}

function cellOf(cells: Cells, index: number, decimals: number | undefined): Cell {
  if (cells.kind === 'text') return textCell(cells.values[index]!)
  const cell = numberCell(cells.values[index]!, decimals)
  return cell.text.length > LONG_NUMBER ? { ...cell, title: cell.text } : cell
}
