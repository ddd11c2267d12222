const FIRST_LENGTH = 64

/** Numbers that come one by one, handed on in chunks: memory grows with what is there, up to one chunk. */
export class GrowingNumbers {
  readonly #limit: number
  #values = new Float64Array(0)
  #length = 0

  /** @param limit numbers of a chunk */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Takes a number; true where the chunk is full now. */
  push(value: number): boolean {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(Math.min(this.#limit, Math.max(FIRST_LENGTH, 4 * this.#length)))
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
    return this.#length === this.#limit
  }

  /** What came since the last time. The next numbers overwrite it. */
  take(): Float64Array {
    const taken = this.#values.subarray(0, this.#length)
    this.#length = 0
    return taken
  }
}
