import { toErrorData } from '../../core/contract/errors.ts'
import type { ColumnFilter, RowFilter, SortKey } from '../../core/contract/looking.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { orderRows } from './row-order.ts'

/** Positions whose rows are asked for at once, and pieces of them that are kept. */
const SPAN = 32_768
const SPANS_KEPT = 32

interface Asked {
  sort: readonly SortKey[]
  filters: readonly ColumnFilter[]
  /** the only rows shown, whatever the filters let through; null: all */
  only: Int32Array<ArrayBuffer> | null
}

/** Which rows of a dataset are shown and in which order. Sorting and filtering happen in the engine, which keeps the order;
 * here are the pieces of it that were in sight. */
export class Arrangement {
  readonly #dataset: DatasetInfo
  /** rows that stand first while nothing is sorted or filtered: what a plot has selected */
  first = $state.raw<readonly number[]>([])
  #asked = $state.raw<Asked>({ sort: [], filters: [], only: null })
  #view = $state.raw<{ id: string; nRows: number } | null>(null)
  busy = $state(false)
  #spans = new Map<number, Int32Array>()
  #awaited = new Set<number>()
  #version = $state(0)
  #latest = 0

  constructor(dataset: DatasetInfo, first: readonly number[]) {
    this.#dataset = dataset
    this.first = first
  }

  sort = $derived(this.#asked.sort)
  filters = $derived(this.#asked.filters)
  only = $derived(this.#asked.only)
  isFiltered = $derived(this.#asked.filters.length > 0 || this.#asked.only !== null)
  nRows = $derived.by(() => this.#view?.nRows ?? this.#dataset.nRows)
  viewId = $derived(this.#view?.id ?? null)
  #natural = $derived(orderRows(this.first))

  /** Sorts and filters anew; what is shown stays until the answer is there. */
  async change(part: Partial<Asked>): Promise<void> {
    const before = this.#asked
    this.#asked = { ...before, ...part }
    const mine = ++this.#latest
    const { sort, filters, only } = this.#asked
    if (sort.length === 0 && filters.length === 0 && only === null) {
      this.#adopt(null)
      return
    }
    this.busy = true
    const rows: RowFilter[] = only ? [{ kind: 'rows', rows: only }] : []
    try {
      const asked = { datasetId: this.#dataset.id, sort: [...sort], filters: [...filters, ...rows] }
      const { viewId, nRows } = await call('table.arrange', asked)
      if (mine === this.#latest) this.#adopt({ id: viewId, nRows })
    } catch (thrown) {
      if (mine !== this.#latest) return
      this.busy = false
      this.#asked = before
      const error = toErrorData(thrown)
      if (error.code !== 'CANCELLED') session.addNotice('The rows could not be sorted or filtered', error)
    }
  }

  #adopt(view: { id: string; nRows: number } | null): void {
    this.#view = view
    this.#spans.clear()
    this.#awaited.clear()
    this.busy = false
    this.#version++
  }

  /** The dataset row at a position; undefined while it is on its way. */
  rowAt(position: number): number | undefined {
    const view = this.#view
    if (!view) return this.#natural(position)
    void this.#version
    const block = Math.floor(position / SPAN)
    const span = this.#spans.get(block)
    if (span) return span[position - block * SPAN]
    void this.#fetch(view.id, block)
    return undefined
  }

  async #fetch(viewId: string, block: number): Promise<void> {
    if (this.#awaited.has(block)) return
    this.#awaited.add(block)
    try {
      const span = await call('table.span', { viewId, from: block * SPAN, count: SPAN })
      if (viewId !== this.viewId) return
      this.#spans.set(block, span)
      if (this.#spans.size > SPANS_KEPT) this.#spans.delete(this.#spans.keys().next().value!)
      this.#awaited.delete(block)
      this.#version++
    } catch (thrown) {
      if (viewId === this.viewId) this.#lost(thrown)
    }
  }

  /** The engine was started anew, or keeps this order no longer: it is asked for again. */
  #lost(thrown: unknown): void {
    const error = toErrorData(thrown)
    if (error.code === 'VIEW_UNKNOWN' || error.code === 'ENGINE_STOPPED') void this.change({})
    else session.addNotice('The order of the rows could not be read', error)
  }

  /** The rows from one position to another, both included. */
  async rowsBetween(from: number, to: number): Promise<Iterable<number>> {
    const view = this.#view
    if (view) return call('table.span', { viewId: view.id, from, count: to - from + 1 })
    return Array.from({ length: to - from + 1 }, (_, i) => this.#natural(from + i))
  }
}
