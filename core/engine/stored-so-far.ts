/** What work has found so far is stored at most this often: a commit waits for the disk. */
const STORE_INTERVAL_MS = 200

/** What work under way has found so far, on its way into the session: at once, or with the next that may be stored. */
export class StoredSoFar<Found> {
  readonly #store: (found: Found) => void
  readonly #fail: (thrown: unknown) => void
  #held: { found: Found } | null = null
  #last = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param fail what could not be stored: nobody else would hear of it */
  constructor(store: (found: Found) => void, fail: (thrown: unknown) => void) {
    this.#store = store
    this.#fail = fail
  }

  put(found: Found): void {
    this.#held = { found }
    const wait = this.#last + STORE_INTERVAL_MS - performance.now()
    if (wait <= 0) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), wait)
  }

  /** Stores what waits. */
  flush(): void {
    const held = this.#held
    this.drop()
    if (held === null) return
    this.#last = performance.now()
    try {
      this.#store(held.found)
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  /** What waits is not stored: something newer is. */
  drop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#held = null
  }
}
