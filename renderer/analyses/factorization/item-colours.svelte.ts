import type { FactorizationParams } from '../../../core/analyses/factorization/spec.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { session } from '../../app/session.svelte.ts'
import { colourBy, type Colouring } from '../../plots/categories.ts'
import { follow } from '../resource.svelte.ts'
import { loadColumn, resultKey } from '../results.ts'
import { findItemTable, textAt, type ItemTable } from './item-table.ts'
import { countWords, LIST_MARK, wordsOf } from './item-words.ts'

export const NO_COLOUR = ''
/** A column with more words says too little of each to filter by. */
const MOST_WORDS = 60

/** What a table of the session says about the items: by one of its columns they are coloured, described and filtered. */
export class ItemColours {
  readonly #analysis: () => AnalysisInfo
  readonly #table
  readonly #column

  constructor(analysis: () => AnalysisInfo) {
    this.#analysis = analysis
    this.#table = follow(
      () => resultKey(analysis()),
      () => findItemTable(analysis(), session.datasets)
    )
    this.#column = follow(
      () => `${resultKey(analysis())} ${this.column}`,
      () => (this.table && this.column !== NO_COLOUR ? loadColumn(this.table.dataset, this.column) : null)
    )
  }

  get table(): ItemTable | null {
    return this.#table.value
  }

  /** columns the items can be coloured by */
  get columns(): string[] {
    const { table } = this
    if (!table) return []
    const { user, item, rating, time } = this.#analysis().params as Partial<FactorizationParams>
    const aboutRatings = table.dataset.id === this.#analysis().datasetId ? [user, item, rating, time] : []
    return table.dataset.columns
      .filter(({ name, type }) => name !== table.column && type !== 'date' && !aboutRatings.includes(name))
      .map(({ name }) => name)
  }

  get column(): string {
    const chosen = session.plotChoice<string | null>(this.#analysis().id, 'itemColour', null)
    if (chosen !== null) return this.columns.includes(chosen) ? chosen : NO_COLOUR
    return this.#preferred
  }

  choose(column: string): void {
    session.setPlotChoice(this.#analysis().id, 'itemColour', column)
  }

  /** the first column that is about kinds of items */
  get #preferred(): string {
    const usable = this.columns
    const named = usable.find((name) => /genre|categor|kind|class|tag/i.test(name))
    const columns = this.table?.dataset.columns ?? []
    const category = columns.find(({ name, type }) => type === 'category' && usable.includes(name))
    return named ?? category?.name ?? NO_COLOUR
  }

  /** text of the column by item; null without a column */
  readonly cells = $derived.by<(string | null)[] | null>(() => {
    const [table, column] = [this.table, this.#column.value]
    if (!table || !column || column.kind === 'number') return null
    return Array.from(table.rows, (row) => (row < 0 ? null : textAt(column, row)))
  })

  /** words of the column that items can be filtered by, most frequent first; none where it is no column of kinds */
  readonly words = $derived.by(() => {
    const counted = this.cells ? countWords(this.cells) : []
    return counted.length <= MOST_WORDS ? counted : []
  })

  /** by item; of a list the first word */
  readonly value = $derived.by<Colouring | null>(() => {
    const [table, column] = [this.table, this.#column.value]
    if (!table || !column) return null
    if (column.kind === 'number') {
      const values = Float64Array.from(table.rows, (row) => (row < 0 ? NaN : column.values[row]!))
      return colourBy({ kind: 'number', name: column.name, values })
    }
    const firsts = this.cells!.map((cell) => wordsOf(cell)[0] ?? null)
    return colourBy({ kind: 'text', name: column.name, values: firsts })
  })

  /** "Comedy, Drama" */
  describe(item: number): string {
    return wordsOf(this.cells?.[item] ?? null).join(', ')
  }

  /** whether an item is of a kind */
  has(item: number, word: string): boolean {
    const cell = this.cells?.[item] ?? null
    return cell !== null && (cell === word || (cell.includes(LIST_MARK) && wordsOf(cell).includes(word)))
  }
}
