/** Different values of a column that are told apart; beyond it the number of distinct values is a lower bound. */
export const DISTINCT_LIMIT = 10_000

/** Different values of all columns of a table together that are told apart, about. */
const DISTINCT_TOGETHER = 1_000_000
const DISTINCT_LEAST = 100

/** How many values of each column are told apart in a table of so many columns. */
export const distinctLimit = (nColumns: number): number =>
  Math.min(DISTINCT_LIMIT, Math.max(DISTINCT_LEAST, Math.floor(DISTINCT_TOGETHER / nColumns)))

const FIRST_SLOTS = 64
/** A table filled so far finds a value in a step or two; and DISTINCT_LIMIT values fit into 16,384 slots. */
const FILLING = 0.625

/** Counts of the different values among numbers, up to a limit. Open addressing over the bits of the doubles; -0 is 0. */
export class DistinctNumbers {
  #keys = new Float64Array(FIRST_SLOTS)
  #counts = new Float64Array(FIRST_SLOTS)
  readonly limit: number
  size = 0

  constructor(limit: number) {
    this.limit = limit
  }

  /** Counts one finite value. False where it is a new one beyond the limit: nothing is counted then.
   * @param low @param high the 32-bit halves of the value */
  add(value: number, low: number, high: number): boolean {
    const keys = this.#keys
    const counts = this.#counts
    const mask = keys.length - 1
    let slot = value === 0 ? 0 : spread(low, high) & mask
    while (counts[slot] !== 0) {
      if (keys[slot] === value) {
        counts[slot]!++
        return true
      }
      slot = (slot + 1) & mask
    }
    if (this.size === this.limit) return false
    keys[slot] = value
    counts[slot] = 1
    if (++this.size > FILLING * keys.length) this.#grow()
    return true
  }

  #grow(): void {
    const keys = this.#keys
    const counts = this.#counts
    this.#keys = new Float64Array(4 * keys.length)
    this.#counts = new Float64Array(4 * keys.length)
    const bits = new Int32Array(keys.buffer)
    const mask = this.#keys.length - 1
    for (let from = 0; from < keys.length; from++) {
      if (counts[from] === 0) continue
      let slot = keys[from] === 0 ? 0 : spread(bits[2 * from]!, bits[2 * from + 1]!) & mask
      while (this.#counts[slot] !== 0) slot = (slot + 1) & mask
      this.#keys[slot] = keys[from]!
      this.#counts[slot] = counts[from]!
    }
  }

  /** Visits each different value and how often it was counted, in no order. */
  each(visit: (value: number, count: number) => void): void {
    for (let slot = 0; slot < this.#counts.length; slot++) {
      if (this.#counts[slot]! > 0) visit(this.#keys[slot]!, this.#counts[slot]!)
    }
  }

  /** The same, one after another. */
  *entries(): Generator<[number, number]> {
    for (let slot = 0; slot < this.#counts.length; slot++) {
      if (this.#counts[slot]! > 0) yield [this.#keys[slot]!, this.#counts[slot]!]
    }
  }
}

/** Mixes both halves: small integers differ only in the high bits of a double.
 * Source: the multiplier is 2³² divided by the golden ratio (Knuth, The Art of Computer Programming 3, 6.4). */
function spread(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}
