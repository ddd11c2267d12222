import { correlationWithScores } from '../../../../core/analyses/pca/figures/column-correlation.ts'
import type { FactorPoints } from '../factors.svelte.ts'
import { splitYear } from '../item-words.ts'
import { endsOf, rankTraits, type FactorEnds, type Trait } from './factor-traits.ts'

/** Items named at each end. */
const MOST_NAMED = 12
/** Words of the column of kinds that are compared, the most frequent first. */
const MOST_WORDS = 30
/** An item with few ratings lies where it lies by chance: those with fewer are not looked at, where there are enough others. */
const TRUSTED_RATINGS = 40
const USERS_PER_RATING = 15
const LEAST_ITEMS = 20
/** Fewer items of a kind say nothing about a factor. */
const LEAST_OF_A_KIND = 5

/** What the factors of a model are about. */
export class FactorTraits {
  readonly #of: () => FactorPoints

  constructor(points: () => FactorPoints) {
    this.#of = points
  }

  /** ratings an item has at least to be looked at */
  readonly threshold = $derived.by(() => {
    const { summary, numbers } = this.#of()
    if (!summary || !numbers) return 0
    const wanted = Math.min(TRUSTED_RATINGS, Math.floor(summary.nUsers / USERS_PER_RATING))
    const enough = Array.from(numbers.itemCounts).filter((count) => count >= wanted).length >= LEAST_ITEMS
    return enough ? wanted : 0
  })

  readonly items = $derived.by(() => {
    const { ranked, numbers } = this.#of()
    return ranked.filter((item) => numbers!.itemCounts[item]! >= this.threshold)
  })

  endsOf(factor: number): FactorEnds {
    const values = this.#of().coordinates?.item.get(factor)
    return values ? endsOf(values, this.items, MOST_NAMED) : { low: [], high: [] }
  }

  /** the kinds of a factor's items, their years, and how many ratings they have, by how much they go with it */
  traitsOf(factor: number): Trait[] {
    const points = this.#of()
    const values = points.coordinates?.item.get(factor)
    if (!values || !points.numbers) return []
    const { items } = this
    const { colours, numbers } = points
    const scores = Float64Array.from(items, (item) => values[item]!)
    const trait = (name: string, known: (item: number) => number): Trait => {
      const column = new Float64Array(numbers.items.length).fill(NaN)
      for (const item of items) column[item] = known(item)
      const count = items.reduce((sum, item) => sum + (Number.isNaN(column[item]!) ? 0 : 1), 0)
      return { name, count, correlation: correlationWithScores(column, items, scores, null) }
    }
    const kinds = colours.kinds.words.slice(0, MOST_WORDS).flatMap(({ word }): Trait[] => {
      const count = items.reduce((sum, item) => sum + (colours.kinds.has(item, word) ? 1 : 0), 0)
      return count < LEAST_OF_A_KIND
        ? []
        : [{ ...trait(word, (item) => (colours.kinds.has(item, word) ? 1 : 0)), count }]
    })
    const numeric = colours.value?.kind === 'number' ? colours.value : null
    return rankTraits([
      ...kinds,
      trait('year', (item) => splitYear(numbers.items[item]!).year ?? NaN),
      ...(numeric ? [trait(numeric.column, (item) => numeric.values[item]!)] : []),
      trait('ratings, log', (item) => Math.log1p(numbers.itemCounts[item]!))
    ])
  }
}
