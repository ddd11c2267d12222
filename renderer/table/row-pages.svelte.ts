import type { ColumnSummary } from '../../core/contract/table.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { numberCell, textCell, type Cell } from '../ui/table.ts'

/** Rows asked for at once: a few screens, well under the limit of a call. */
const PAGE_ROWS = 200
/** Pages kept; the ones furthest from what is in sight go first. */
const PAGES_KEPT = 40

/** The rows of one dataset as the table needs them: pages in sight are fetched, one call at a time, the newest wish first;
 * what was scrolled past before its turn is never asked for. */
export class RowPages {
  readonly #datasetId: string
  readonly #columns: ColumnSummary[]
  readonly #nRows: number
  #pages = new Map<number, Cell[][]>()
  #wanted: number[] = []
  #busy = false
  #version = $state(0)

  constructor(dataset: { id: string; nRows: number; columns: ColumnSummary[] }) {
    this.#datasetId = dataset.id
    this.#nRows = dataset.nRows
    this.#columns = dataset.columns
  }

  /** The cells of a row, or null while they are on their way. */
  row(row: number): Cell[] | null {
    void this.#version
    return this.#pages.get(Math.floor(row / PAGE_ROWS))?.[row % PAGE_ROWS] ?? null
  }

  /** Says which rows are in sight, in any order. */
  want(rows: Iterable<number>): void {
    this.#wanted = [...new Set([...rows].map((row) => Math.floor(row / PAGE_ROWS)))]
    void this.#fetch()
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    for (;;) {
      const page = this.#wanted.find((wanted) => !this.#pages.has(wanted))
      if (page === undefined || !(await this.#fetchPage(page))) break
    }
    this.#busy = false
  }

  async #fetchPage(page: number): Promise<boolean> {
    const first = page * PAGE_ROWS
    const rows = Array.from({ length: Math.min(PAGE_ROWS, this.#nRows - first) }, (_, i) => first + i)
    const answer = await session.attempt('Rows could not be read', () =>
      call('dataset.rows', { datasetId: this.#datasetId, rows })
    )
    if (!answer) return false
    const decimals = this.#columns.map((column) => column.decimals)
    this.#pages.set(
      page,
      rows.map((_, at) =>
        answer.columns.map((cells, column) =>
          cells.kind === 'number' ? numberCell(cells.values[at]!, decimals[column]) : textCell(cells.values[at] ?? null)
        )
      )
    )
    this.#forgetFar()
    this.#version++
    return true
  }

  #forgetFar(): void {
    if (this.#pages.size <= PAGES_KEPT) return
    const middle = this.#wanted[0] ?? 0
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
    for (const page of far.slice(0, this.#pages.size - PAGES_KEPT)) this.#pages.delete(page)
  }
}
