import type { DatasetInfo } from '../../core/contract/session.ts'
import { MAX_ROWS_PER_CALL } from '../../core/contract/calls.ts'
import type { Cells } from '../../core/contract/table.ts'
import { numberCell, textCell, type Cell } from '../ui/table.ts'
import { call } from './api.ts'
import { session } from './session.svelte.ts'

/** A number longer than this may be cut in its column; its tooltip has it whole. */
const LONG_NUMBER = 9
/** Cells kept; beyond them the rows fetched first are dropped. */
const CELLS_KEPT = 400_000
/** Cells asked for in one call: of many columns fewer rows at once. */
const CELLS_PER_CALL = 20_000
const LEAST_ROWS_PER_CALL = 10
/** Columns are fetched in blocks, so that a step sideways does not ask for a single one. */
const BLOCK = 16

/** The cells of one dataset as a table needs them: those in sight are fetched, one call at a time, the newest wish first;
 * what was scrolled past before its turn is never asked for. */
export class DatasetRows {
  readonly #dataset: DatasetInfo
  /** positions in the dataset of the columns shown, in their order */
  readonly #shown: readonly number[]
  readonly #kept = new Map<number, (Cell | undefined)[]>()
  #wanted: { rows: readonly number[]; from: number; to: number } = { rows: [], from: 0, to: 0 }
  #keptCells = 0
  #busy = false
  #version = $state(0)

  /** @param columns names of the columns to show; all of them where left out */
  constructor(dataset: DatasetInfo, columns?: readonly string[]) {
    this.#dataset = dataset
    const positions = new Map(dataset.columns.map((column, position) => [column.name, position]))
    this.#shown = columns
      ? columns.flatMap((name) => positions.get(name) ?? [])
      : dataset.columns.map((_, position) => position)
  }

  /** The cells of a dataset row, those that are there, or null while none is. */
  row(row: number): readonly (Cell | undefined)[] | null {
    void this.#version
    return this.#kept.get(row) ?? null
  }

  /** Says which rows are in sight, in any order, and the first and last column of those shown. */
  want(rows: readonly number[], from = 0, to = this.#shown.length - 1): void {
    const first = Math.floor(from / BLOCK) * BLOCK
    this.#wanted = { rows, from: first, to: Math.min(this.#shown.length - 1, Math.ceil((to + 1) / BLOCK) * BLOCK - 1) }
    void this.#fetch()
  }

  async #fetch(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    for (;;) {
      const next = this.#nextCall()
      if (!next || !(await this.#fetchCells(next.rows, next.columns))) break
    }
    this.#busy = false
  }

  /** The first wanted row that lacks cells, and those after it that lack them too. Columns are numbered as shown. */
  #nextCall(): { rows: number[]; columns: number[] } | null {
    const { rows, from, to } = this.#wanted
    const lacking = (row: number): number[] => {
      const cells = this.#kept.get(row)
      const missing: number[] = []
      for (let column = from; column <= to; column++) if (cells?.[column] === undefined) missing.push(column)
      return missing
    }
    const start = rows.findIndex((row) => lacking(row).length > 0)
    if (start < 0) return null
    const columns = lacking(rows[start]!)
    const most = Math.max(LEAST_ROWS_PER_CALL, Math.min(MAX_ROWS_PER_CALL, Math.floor(CELLS_PER_CALL / columns.length)))
    const wanted = rows.slice(start).filter((row) => this.#kept.get(row)?.[columns[0]!] === undefined)
    return { rows: wanted.slice(0, most), columns }
  }

  async #fetchCells(rows: number[], columns: number[]): Promise<boolean> {
    const { id, columns: summaries, preparation } = this.#dataset
    const positions = columns.map((column) => this.#shown[column]!)
    const answer = await session.attempt('Rows could not be read', () =>
      Promise.all([
        call('table.cells', { datasetId: id, rows, columns: positions }),
        preparation ? call('dataset.imputed', { datasetId: id, rows }) : {}
      ])
    )
    if (!answer) return false
    const [cells, imputed] = answer as [Cells[], Record<string, number[]>]
    const filled = columns.map((_, k) => {
      const { name } = summaries[positions[k]!]!
      return new Set(Object.hasOwn(imputed, name) ? imputed[name] : [])
    })
    rows.forEach((row, i) => {
      // A row with new cells is a new array: what is drawn from the old one is drawn again.
      const kept = this.#kept.get(row)?.slice() ?? new Array<Cell | undefined>(this.#shown.length)
      columns.forEach((column, k) => {
        if (kept[column] === undefined) this.#keptCells++
        const cell = cellOf(cells[k]!, i, summaries[positions[k]!]!.decimals)
        kept[column] = filled[k]!.has(row) ? { ...cell, state: 'imputed', title: 'Filled in: see Preparation' } : cell
      })
      this.#kept.set(row, kept)
    })
    this.#forget()
    this.#version++
    return true
  }

  #forget(): void {
    const inSight = new Set(this.#wanted.rows)
    for (const [row, cells] of this.#kept) {
      if (this.#keptCells <= CELLS_KEPT) break
      if (inSight.has(row)) continue
      this.#kept.delete(row)
      this.#keptCells -= cells.reduce((count, cell) => count + (cell ? 1 : 0), 0)
    }
  }
}

function cellOf(cells: Cells, index: number, decimals: number | undefined): Cell {
  if (cells.kind === 'text') return textCell(cells.values[index]!)
  const cell = numberCell(cells.values[index]!, decimals)
  return cell.text.length > LONG_NUMBER ? { ...cell, title: cell.text } : cell
}
