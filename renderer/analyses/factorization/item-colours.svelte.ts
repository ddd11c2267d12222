import type { FactorizationParams } from '../../../core/analyses/factorization/spec.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { session } from '../../app/session.svelte.ts'
import { colourBy, type Colouring } from '../../plots/categories.ts'
import { follow } from '../resource.svelte.ts'
import { resultKey } from '../results.ts'
import { ItemColumn, NO_COLUMN } from './item-column.svelte.ts'
import { findItemTable, type ItemTable } from './item-table.ts'
import { wordsOf } from './item-words.ts'

/** What a table of the session says about the items: by one of its columns they are coloured, by one, which may be another, described
 * and filtered. */
export class ItemColours {
  readonly #analysis: () => AnalysisInfo
  readonly #table
  readonly #colours
  /** the column that items are described and filtered by */
  readonly kinds

  constructor(analysis: () => AnalysisInfo) {
    this.#analysis = analysis
    this.#table = follow(
      () => resultKey(analysis()),
      () => findItemTable(analysis(), session.datasets)
    )
    const table = (): ItemTable | null => this.table
    this.#colours = new ItemColumn(analysis, table, () => this.column)
    this.kinds = new ItemColumn(analysis, table, () => this.#chosen('itemKinds'))
  }

  get table(): ItemTable | null {
    return this.#table.value
  }

  /** columns that say something about the items */
  get columns(): string[] {
    const { table } = this
    if (!table) return []
    const { user, item, rating, time } = this.#analysis().params as Partial<FactorizationParams>
    const aboutRatings = table.dataset.id === this.#analysis().datasetId ? [user, item, rating, time] : []
    return table.dataset.columns
      .filter(({ name, type }) => name !== table.column && type !== 'date' && !aboutRatings.includes(name))
      .map(({ name }) => name)
  }

  /** the column of the colours */
  get column(): string {
    return this.#chosen('itemColour')
  }

  choose(column: string): void {
    session.setPlotChoice(this.#analysis().id, 'itemColour', column)
  }

  chooseKinds(column: string): void {
    session.setPlotChoice(this.#analysis().id, 'itemKinds', column)
  }

  #chosen(choice: 'itemColour' | 'itemKinds'): string {
    const chosen = session.plotChoice<string | null>(this.#analysis().id, choice, null)
    if (chosen !== null) return this.columns.includes(chosen) ? chosen : NO_COLUMN
    return this.#preferred
  }

  /** the first column that is about kinds of items */
  get #preferred(): string {
    const usable = this.columns
    const named = usable.find((name) => /genre|categor|kind|class|tag/i.test(name))
    const columns = this.table?.dataset.columns ?? []
    const category = columns.find(({ name, type }) => type === 'category' && usable.includes(name))
    return named ?? category?.name ?? NO_COLUMN
  }

  /** by item; of a list the first word */
  readonly value = $derived.by<Colouring | null>(() => {
    const { name, numbers, cells } = this.#colours
    if (numbers) return colourBy({ kind: 'number', name, values: numbers })
    return cells && colourBy({ kind: 'text', name, values: cells.map((cell) => wordsOf(cell)[0] ?? null) })
  })
}
