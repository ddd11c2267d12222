/** Places for rows or columns that scroll: what came into sight takes the place of what left it, for changing the text of a cell
 * costs a third of making another. After a jump the first takes the place of the first, so that nothing changes its order. */
export class Slots {
  #count = 1
  #first = 0
  #shift = 0

  /** @param first the first one in sight @param count most that are drawn at once */
  follow(first: number, count: number): void {
    this.#count = Math.max(this.#count, count)
    if (Math.abs(first - this.#first) >= this.#count) this.#shift += this.#first - first
    this.#first = first
  }

  /** @returns the place, from 0; no two of those drawn at once have the same */
  of(number: number): number {
    const place = (number + this.#shift) % this.#count
    return place < 0 ? place + this.#count : place
  }
}
