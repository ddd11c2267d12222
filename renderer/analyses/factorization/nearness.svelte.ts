import type { SimilarItem } from '../../../core/contract/recommending.ts'
import { follow } from '../resource.svelte.ts'
import { resultKey } from '../results.ts'
import type { FactorPoints } from './factors.svelte.ts'
import { askItem } from './recommend/advice.ts'

/** Items listed as like another. */
const MOST_SIMILAR = 8
/** Asked for, since those with few ratings, which lie where they lie by chance, are left out. */
const MOST_ASKED = 1000

/** What is near to the one item that is picked, by a measure between the dot product and the cosine. */
export class Nearness {
  readonly #of: () => FactorPoints
  readonly #facts
  readonly leastRatings: () => number

  /** @param leastRatings ratings of what may be called similar, at least */
  constructor(points: () => FactorPoints, leastRatings: () => number) {
    this.#of = points
    this.leastRatings = leastRatings
    this.#facts = follow(
      () => `${resultKey(points().analysis)} ${this.item < 0}`,
      () => (this.item < 0 ? null : askItem(points().analysis, this.item, MOST_ASKED, this.exponent))
    )
  }

  /** −1 unless exactly one item is picked */
  get item(): number {
    const { selected, nItems } = this.#of()
    return selected.length === 1 && selected[0]! < nItems ? selected[0]! : -1
  }
  /** −1 unless exactly one user is picked */
  get user(): number {
    const { selected, nItems } = this.#of()
    return selected.length === 1 && selected[0]! >= nItems ? selected[0]! - nItems : -1
  }
  get facts() {
    return this.#facts.value
  }
  get similar(): readonly SimilarItem[] {
    const all = this.facts?.similar ?? []
    return all.filter(({ nRatings }) => nRatings >= this.leastRatings()).slice(0, MOST_SIMILAR)
  }
  get error() {
    return this.#facts.error
  }

  get exponent(): number {
    return this.#of().exponent
  }
}
