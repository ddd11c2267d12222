import { randomUUID } from 'node:crypto'
import { EigendeskError } from '../contract/errors.ts'

/** Arrangements kept: of the table in sight, of those it had a moment ago, and of a few others. */
const KEPT = 6

interface RowView {
  order: Int32Array
  /** position of each row, −1 where it is not shown; made when it is first asked for */
  positions: Int32Array | null
}

/** Arrangements of rows: sorted and filtered once in a worker, then asked for piece by piece. The newest few are kept; a
 * page that comes back to an older one arranges again. */
export class RowViews {
  readonly #views = new Map<string, RowView>()

  add(order: Int32Array): string {
    const id = randomUUID()
    this.#views.set(id, { order, positions: null })
    if (this.#views.size > KEPT) this.#views.delete(this.#views.keys().next().value!)
    return id
  }

  /** @throws VIEW_UNKNOWN */
  order(id: string): Int32Array {
    return this.#get(id).order
  }

  /** Where a row stands; −1 where it is not shown.
   * @throws VIEW_UNKNOWN */
  position(id: string, row: number): number {
    const view = this.#get(id)
    view.positions ??= invert(view.order)
    return view.positions[row] ?? -1
  }

  #get(id: string): RowView {
    const view = this.#views.get(id)
    if (!view) throw new EigendeskError('VIEW_UNKNOWN')
    // used last stands at the end
    this.#views.delete(id)
    this.#views.set(id, view)
    return view
  }
}

function invert(order: Int32Array): Int32Array {
  const last = order.reduce((most, row) => Math.max(most, row), -1)
  const positions = new Int32Array(last + 1).fill(-1)
  order.forEach((row, position) => (positions[row] = position))
  return positions
}
