import { orderInSteps } from '../../../table/row-sort.ts'

export { orderInSteps }

/** Which row stands at which place of a table: in their own order or a sorted one, with some of them ahead of the others. Nothing is
 * written out for all rows, so that rows are put ahead at once also where there are a million. */
export class RowOrder {
  readonly length: number
  readonly #sorted: Int32Array | null
  /** places in the order without any ahead, ascending, of those that are */
  readonly #ahead: Int32Array

  /** @param sorted the rows in their order; null: as they are numbered
   * @param first rows that stand ahead, in any order; they keep that of the others
   * @param placeOf place of each row in `sorted`, as placesOf has it; only asked for where some stand ahead */
  constructor(
    length: number,
    sorted: Int32Array | null = null,
    first: ArrayLike<number> = [],
    placeOf: () => Int32Array = () => placesOf(sorted ?? new Int32Array(0))
  ) {
    this.length = length
    this.#sorted = sorted
    const places = sorted && first.length > 0 ? placeOf() : null
    const ahead = new Int32Array(first.length)
    for (let i = 0; i < ahead.length; i++) ahead[i] = places ? places[first[i]!]! : first[i]!
    this.#ahead = eachOnce(ahead)
  }

  /** The row at a place, undefined beyond the last. */
  at(place: number): number | undefined {
    const ahead = this.#ahead
    if (place < ahead.length) return this.#rowAt(ahead[place]!)
    // Of those ahead, the ones whose place is passed: ahead[i] − i places are not ahead before ahead[i].
    const rest = place - ahead.length
    let [low, high] = [0, ahead.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (ahead[middle]! - middle <= rest) low = middle + 1
      else high = middle
    }
    return this.#rowAt(rest + low)
  }

  #rowAt(place: number): number | undefined {
    return place < this.length ? (this.#sorted ? this.#sorted[place] : place) : undefined
  }
}

/** The place of each row in an order. */
export function placesOf(order: Int32Array): Int32Array {
  const places = new Int32Array(order.length)
  for (let place = 0; place < order.length; place++) places[order[place]!] = place
  return places
}

/** Ascending, each once. */
function eachOnce(values: Int32Array): Int32Array {
  let ascending = true
  for (let i = 1; ascending && i < values.length; i++) ascending = values[i]! > values[i - 1]!
  if (ascending) return values
  values.sort()
  return values.filter((value, i) => i === 0 || value !== values[i - 1])
}
