import { toErrorData } from '../../core/contract/errors.ts'
import type { Found } from '../../core/contract/looking-calls.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'

/** A search begins this long after the last key. */
const REST_MS = 200

/** A text looked for in the rows and columns that are shown. */
export class TableSearch {
  readonly #dataset: DatasetInfo
  readonly #goTo: (position: number, column: number) => void
  text = $state('')
  found = $state.raw<Found | null>(null)
  busy = $state(false)
  /** number of the match that was gone to */
  at = $state(0)
  #latest = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param goTo shows a row, by its position, and a column, by its position in the dataset */
  constructor(dataset: DatasetInfo, goTo: (position: number, column: number) => void) {
    this.#dataset = dataset
    this.#goTo = goTo
  }

  /** Looks for the text soon; called again where what is shown has changed. */
  begin(viewId: string | null, columns: readonly number[]): void {
    clearTimeout(this.#timer)
    const mine = ++this.#latest
    if (this.text === '') {
      this.found = null
      this.busy = false
      return
    }
    this.busy = true
    this.#timer = setTimeout(() => void this.#search(mine, viewId, columns), REST_MS)
  }

  async #search(mine: number, viewId: string | null, columns: readonly number[]): Promise<void> {
    try {
      const asked = { datasetId: this.#dataset.id, viewId, columns: [...columns], text: this.text }
      const found = await call('table.find', asked)
      if (mine !== this.#latest) return
      this.found = found
      this.busy = false
      this.at = 0
      if (found.total > 0) this.#show()
    } catch (thrown) {
      if (mine !== this.#latest) return
      this.busy = false
      const error = toErrorData(thrown)
      if (error.code !== 'CANCELLED' && error.code !== 'VIEW_UNKNOWN') session.addNotice('The search stopped', error)
    }
  }

  /** Goes to the next or the previous match, round the ends. */
  step(by: 1 | -1): void {
    const count = this.found?.positions.length ?? 0
    if (count === 0) return
    this.at = (this.at + by + count) % count
    this.#show()
  }

  #show(): void {
    const { positions, columns } = this.found!
    this.#goTo(positions[this.at]!, columns[this.at]!)
  }
}
