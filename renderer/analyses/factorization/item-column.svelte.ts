import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { follow } from '../resource.svelte.ts'
import { loadColumn, resultKey } from '../results.ts'
import { textAt, type ItemTable } from './item-table.ts'
import { countWords, LIST_MARK, wordsOf } from './item-words.ts'

export const NO_COLUMN = ''
/** A column with more words says too little of each to choose among them. */
const MOST_WORDS = 60

/** One column of the table of items, by item. */
export class ItemColumn {
  readonly #name: () => string
  readonly #table: () => ItemTable | null
  readonly #data

  /** @param name of the column, NO_COLUMN for none */
  constructor(analysis: () => AnalysisInfo, table: () => ItemTable | null, name: () => string) {
    this.#name = name
    this.#table = table
    this.#data = follow(
      () => `${resultKey(analysis())} ${name()}`,
      () => {
        const from = table()
        return from && name() !== NO_COLUMN ? loadColumn(from.dataset, name()) : null
      }
    )
  }

  get name(): string {
    return this.#name()
  }

  /** numbers by item, NaN where there is none; null for a column of texts, and while it is awaited */
  readonly numbers = $derived.by<Float64Array | null>(() => {
    const [table, data] = [this.#table(), this.#data.value]
    if (!table || data?.kind !== 'number') return null
    const numbers = new Float64Array(table.rows.length)
    for (let item = 0; item < numbers.length; item++) {
      const row = table.rows[item]!
      numbers[item] = row < 0 ? NaN : data.values[row]!
    }
    return numbers
  })

  /** texts by item; null for a column of numbers, and while it is awaited */
  readonly cells = $derived.by<(string | null)[] | null>(() => {
    const [table, data] = [this.#table(), this.#data.value]
    if (!table || !data || data.kind === 'number') return null
    return Array.from(table.rows, (row) => (row < 0 ? null : textAt(data, row)))
  })

  /** words of the column that can be chosen among, most frequent first; none where it is no column of kinds */
  readonly words = $derived.by(() => {
    const counted = this.cells ? countWords(this.cells) : []
    return counted.length <= MOST_WORDS ? counted : []
  })

  /** "Comedy, Drama" */
  describe(item: number): string {
    return wordsOf(this.cells?.[item] ?? null).join(', ')
  }

  /** Whether an item is of a kind. */
  has(item: number, word: string): boolean {
    const cell = this.cells?.[item] ?? null
    return cell !== null && (cell === word || (cell.includes(LIST_MARK) && wordsOf(cell).includes(word)))
  }

  /** Whether a text of an item holds some words, in whatever case. */
  holds(item: number, words: string): boolean {
    return this.cells?.[item]?.toLowerCase().includes(words.toLowerCase()) ?? false
  }
}
