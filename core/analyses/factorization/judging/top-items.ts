/** The best of a stream of (item, score), as many as `size`, kept as a heap whose root is the worst of them; of equal scores
 * the lower index is better, whatever the order in which they come. Cost: one comparison an offer that is not among the
 * best, log₂ size for one that is; a full sort is never made of more than `size`. */
export class TopItems {
  readonly #items: Int32Array
  readonly #scores: Float64Array
  #count = 0

  constructor(size: number) {
    this.#items = new Int32Array(size)
    this.#scores = new Float64Array(size)
  }

  clear(): void {
    this.#count = 0
  }

  /** The score under which an offer cannot be among the best any more: −∞ as long as there is room. */
  get least(): number {
    if (this.#items.length === 0) return Infinity
    return this.#count < this.#items.length ? -Infinity : this.#scores[0]!
  }

  offer(item: number, score: number): void {
    if (this.#count < this.#items.length) this.#rise(this.#count++, item, score)
    else if (this.#items.length > 0 && isWorse(this.#items[0]!, this.#scores[0]!, item, score))
      this.#sink(0, item, score)
  }

  /** The best, best first; empties it. */
  take(): { items: Int32Array; scores: Float64Array } {
    const items = new Int32Array(this.#count)
    const scores = new Float64Array(this.#count)
    for (let place = this.#count - 1; place >= 0; place--) {
      items[place] = this.#items[0]!
      scores[place] = this.#scores[0]!
      const last = --this.#count
      if (last > 0) this.#sink(0, this.#items[last]!, this.#scores[last]!)
    }
    return { items, scores }
  }

  #rise(from: number, item: number, score: number): void {
    let at = from
    while (at > 0) {
      const above = (at - 1) >> 1
      if (!isWorse(item, score, this.#items[above]!, this.#scores[above]!)) break
      this.#items[at] = this.#items[above]!
      this.#scores[at] = this.#scores[above]!
      at = above
    }
    this.#items[at] = item
    this.#scores[at] = score
  }

  #sink(from: number, item: number, score: number): void {
    let at = from
    for (;;) {
      let below = 2 * at + 1
      if (below >= this.#count) break
      const right = below + 1
      if (
        right < this.#count &&
        isWorse(this.#items[right]!, this.#scores[right]!, this.#items[below]!, this.#scores[below]!)
      )
        below = right
      if (!isWorse(this.#items[below]!, this.#scores[below]!, item, score)) break
      this.#items[at] = this.#items[below]!
      this.#scores[at] = this.#scores[below]!
      at = below
    }
    this.#items[at] = item
    this.#scores[at] = score
  }
}

/** Whether the first comes after the second in a list. */
const isWorse = (item: number, score: number, otherItem: number, otherScore: number): boolean =>
  score < otherScore || (score === otherScore && item > otherItem)
