import { rangeBetween, type CellRange } from './cell-range.ts'
import type { TableCursor } from './table-keys.ts'

/** px that the pointer may be outside for each that is scrolled in a frame */
const OUTSIDE_PER_STEP = 6

/** The rectangle of cells that is selected in a table, and how a pointer draws it. */
export class CellSelection {
  readonly #onchange: (range: CellRange | null) => void
  #anchor = $state.raw<TableCursor | null>(null)
  /** the corner that is free */
  end = $state.raw<TableCursor | null>(null)
  /** null where less than two cells are in it */
  range = $derived.by<CellRange | null>(() => {
    const [anchor, end] = [this.#anchor, this.end]
    if (!anchor || !end || (anchor.row === end.row && anchor.column === end.column)) return null
    return rangeBetween(anchor, end)
  })
  /** the pointer has drawn since it was pressed: the click that follows means nothing */
  drawn = false

  constructor(onchange: (range: CellRange | null) => void) {
    this.#onchange = onchange
  }

  clear(): void {
    if (!this.#anchor) return
    this.#anchor = null
    this.end = null
    this.#onchange(null)
  }

  /** Moves the corner that is free. @param from the corner that stays, where there is no rectangle yet */
  extend(from: TableCursor, to: TableCursor): void {
    this.#anchor ??= from
    this.end = to
    this.#onchange(this.range)
  }

  /** Draws from the cell that the pointer was pressed on to the one it is over, until it is let go. Outside of the cells in
   * sight the table scrolls.
   * @param inset px of the scroller taken by what does not scroll: the header, the columns at the left
   * @param onbegin called with the first cell once a second one is reached */
  draw(
    event: PointerEvent,
    scroller: HTMLElement,
    inset: { top: number; left: number },
    onbegin: (from: TableCursor) => void
  ): void {
    const from = cellAt(event.clientX, event.clientY)
    if (!from) return
    let [x, y] = [event.clientX, event.clientY]
    let frame = 0

    const follow = (): void => {
      frame = 0
      const box = scroller.getBoundingClientRect()
      const inX = within(x, box.left + inset.left, box.left + scroller.clientWidth - 1)
      const inY = within(y, box.top + inset.top, box.top + scroller.clientHeight - 1)
      const to = cellAt(inX, inY)
      if (to && (this.drawn || to.row !== from.row || to.column !== from.column)) {
        if (!this.drawn) {
          this.clear()
          onbegin(from)
        }
        this.drawn = true
        this.extend(from, to)
      }
      if (!this.drawn || (x === inX && y === inY)) return
      scroller.scrollBy((x - inX) / OUTSIDE_PER_STEP, (y - inY) / OUTSIDE_PER_STEP)
      frame = requestAnimationFrame(follow)
    }
    const move = (moved: PointerEvent): void => {
      ;[x, y] = [moved.clientX, moved.clientY]
      if (frame === 0) follow()
    }
    const end = (): void => {
      cancelAnimationFrame(frame)
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
  }
}

const within = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))

/** The cell of a table by cells at a point of the window. */
function cellAt(x: number, y: number): TableCursor | null {
  const cell = document.elementFromPoint(x, y)?.closest<HTMLElement>('td[data-column]')
  const row = cell?.closest('tr')?.getAttribute('aria-rowindex')
  // the header is row 1
  return cell && row ? { row: Number(row) - 2, column: Number(cell.dataset['column']) } : null
}
