import { measureText } from '../plots/labels.ts'
import { shortenNames } from '../plots/short-names.ts'
import { plotTheme } from '../plots/theme.svelte.ts'
import { formatCount } from './format.ts'
import { Slots } from './slots.ts'
import type { Cell, TableColumn } from './table.ts'

export const ROW_HEIGHT = 26
/** Rows drawn above and below what is in sight, so that a fast scroll does not show a gap. What is drawn costs, seen or not. */
const MARGIN = 6
/** A taller element than this loses pixels in Chromium; beyond it the scroll bar is scaled. */
const MAX_HEIGHT = 16_000_000
/** Columns are all drawn up to this many; of more those in sight and some px on either side. */
const MOST_COLUMNS = 60
const SIDE_MARGIN = 160
/** Of more names each is cut by itself: measuring all of them would hold the page. */
const MOST_NAMES = 500
/** px of a cell beside its text, and the size of that */
const CELL_PADDING = 26
const TEXT_SIZE = 12
/** px of a header beside its words: its ends, an icon; letters of a header are that much wider */
const HEAD_PADDING = 22
const HEAD_ICON = 16
/** px from which names are cut in their middle */
const LEAST_LABEL = 100
const HEAD_WEIGHT = 1.04

interface TableShape {
  nRows: number
  columns: readonly TableColumn[]
  hasRowId: boolean
  /** of the name of the column of row numbers */
  idHeadLength: number
  /** columns at the left that do not scroll sideways */
  frozen: number
}

/** Which part of a table is in sight, and where its rows and columns lie, in px. */
export class TableWindow {
  readonly #shape: () => TableShape
  scrollTop = $state(0)
  scrollLeft = $state(0)
  /** the room between the scroll bars: one that comes with the rows takes some of it */
  content = $state.raw<DOMRectReadOnly | undefined>(undefined)

  constructor(shape: () => TableShape) {
    this.#shape = shape
  }

  viewHeight = $derived(Math.floor(this.content?.height ?? 0))
  viewWidth = $derived(Math.floor(this.content?.width ?? 0))
  nRows = $derived.by(() => this.#shape().nRows)
  frozen = $derived.by(() => Math.min(this.#shape().frozen, this.#shape().columns.length))
  bodyView = $derived(Math.max(ROW_HEIGHT, this.viewHeight - ROW_HEIGHT))
  #fullHeight = $derived(this.nRows * ROW_HEIGHT)
  height = $derived(Math.min(MAX_HEIGHT, this.#fullHeight))
  /** rows scrolled past for each pixel of the scroll bar */
  scale = $derived(this.height > this.bodyView ? (this.#fullHeight - this.bodyView) / (this.height - this.bodyView) : 1)
  firstInSight = $derived(Math.floor((this.scrollTop * this.scale) / ROW_HEIGHT))
  first = $derived(Math.max(0, Math.min(this.firstInSight, this.nRows - 1) - MARGIN))
  last = $derived(Math.min(this.nRows - 1, this.firstInSight + Math.ceil(this.bodyView / ROW_HEIGHT) + MARGIN))
  /** px before the first drawn row */
  offset = $derived(this.first * ROW_HEIGHT - this.scrollTop * this.scale + this.scrollTop)
  positions = $derived.by(() => {
    const positions =
      this.nRows === 0 ? [] : Array.from({ length: this.last - this.first + 1 }, (_, i) => this.first + i)
    this.#rowSlots.follow(this.first, Math.ceil(this.bodyView / ROW_HEIGHT) + 2 * MARGIN + 1)
    return positions
  })
  readonly #rowSlots = new Slots()
  readonly #columnSlots = new Slots()

  /** Where a row in sight is drawn: a number of its own among those drawn at once. */
  rowSlot(position: number): number {
    return this.#rowSlots.of(position)
  }

  /** The same of a column; the frozen ones keep their places. */
  columnSlot(number: number): number {
    return number < this.frozen ? -1 - number : this.#columnSlots.of(number)
  }

  idWidth = $derived.by(() =>
    Math.max(56, Math.max(formatCount(this.nRows).length, this.#shape().idHeadLength) * 7 + 32)
  )
  widths = $derived.by(() => {
    const { columns, hasRowId } = this.#shape()
    const least = columns.map(widthOf)
    const wanted = columns.map((column, i) => Math.max(0, (column.upTo ?? 0) - least[i]!))
    const missing = wanted.reduce((sum, width) => sum + width, 0)
    const room = this.viewWidth - least.reduce((sum, width) => sum + width, hasRowId ? this.idWidth : 0)
    const share = missing > 0 ? Math.max(0, Math.min(1, room / missing)) : 0
    return least.map((width, i) => width + Math.floor(wanted[i]! * share))
  })
  /** by column: its names as they stand in its width, by name; nothing for a column that has none */
  #shortNames = $derived.by(() => {
    const { columns } = this.#shape()
    const { font } = plotTheme.current
    return columns.map(({ names }, i) => {
      if (!names || names.length > MOST_NAMES) return null
      const short = shortenNames(names, this.widths[i]! - CELL_PADDING, font, (text) =>
        measureText(text, font, TEXT_SIZE)
      )
      return new Map(names.map((name, at) => [name, short[at]!]))
    })
  })

  /** by column: its label where that is cut, so that labels that begin alike stay apart */
  #shortLabels = $derived.by(() => {
    const { columns } = this.#shape()
    const { font } = plotTheme.current
    const measure = (text: string): number => HEAD_WEIGHT * measureText(text, font, TEXT_SIZE)
    const short = new Map<number, string>()
    if (columns.length > MOST_NAMES) return short
    const roomOf = ({ icon, unit }: TableColumn, i: number): number =>
      this.widths[i]! - HEAD_PADDING - (icon ? HEAD_ICON : 0) - (unit ? measure(` ${unit}`) : 0)
    const long = columns.flatMap((column, i) => (measure(column.label) > roomOf(column, i) ? [i] : []))
    const room = Math.min(...long.map((i) => roomOf(columns[i]!, i)))
    const texts = shortenNames(
      long.map((i) => columns[i]!.label),
      room,
      font,
      measure
    )
    // A short name in a narrow column would lose its middle to no purpose.
    long.forEach((i, at) => room >= LEAST_LABEL && short.set(i, texts[at]!))
    return short
  })

  /** The label of a column as it is drawn. */
  drawnLabel(column: number): string {
    return this.#shortLabels.get(column) ?? this.#shape().columns[column]!.label
  }

  /** A cell as it is drawn: its text cut where the column's names are, the whole one as its tooltip. */
  drawnCell(column: number, cell: Cell): Cell {
    const text = this.#shortNames[column]?.get(cell.text)
    return text === undefined || text === cell.text ? cell : { ...cell, text, title: cell.title ?? cell.text }
  }

  /** left edges of the columns, and at the end the width of all */
  edges = $derived.by(() => {
    const found = [this.#shape().hasRowId ? this.idWidth : 0]
    for (const width of this.widths) found.push(found.at(-1)! + width)
    return found
  })
  fullWidth = $derived(this.edges.at(-1)!)
  /** the columns drawn after the frozen ones: from … to − 1 */
  from = $derived.by(() => {
    if (this.widths.length <= MOST_COLUMNS) return this.frozen
    return Math.max(this.frozen, this.#columnAt(this.scrollLeft - SIDE_MARGIN))
  })
  to = $derived.by(() => {
    const { length } = this.widths
    if (length <= MOST_COLUMNS) return length
    return Math.max(this.from, Math.min(length, this.#columnAt(this.scrollLeft + this.viewWidth + SIDE_MARGIN) + 1))
  })
  /** numbers of the columns drawn */
  drawn = $derived.by(() => {
    this.#columnSlots.follow(this.from, this.to - this.from)
    return [
      ...Array.from({ length: this.frozen }, (_, i) => i),
      ...Array.from({ length: Math.max(0, this.to - this.from) }, (_, i) => this.from + i)
    ]
  })
  /** px of the columns left out on either side */
  before = $derived(this.edges[this.from]! - this.edges[this.frozen]!)
  after = $derived(this.fullWidth - this.edges[this.to]!)

  /** The column that lies at a distance from the left end. */
  #columnAt(px: number): number {
    let low = 0
    let high = this.widths.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.edges[middle + 1]! > px) high = middle
      else low = middle + 1
    }
    return low
  }

  /** Where to scroll to so that a row can be seen, or null where it can already. */
  topFor(position: number): number | null {
    const top = position * ROW_HEIGHT
    const now = this.scrollTop * this.scale
    if (top < now) return top / this.scale
    return top + ROW_HEIGHT > now + this.bodyView ? (top + ROW_HEIGHT - this.bodyView) / this.scale : null
  }

  /** The same for a column. */
  leftFor(column: number): number | null {
    if (column < this.frozen) return null
    const fixed = this.edges[this.frozen]!
    const [left, right] = [this.edges[column]!, this.edges[column + 1]!]
    if (left - fixed < this.scrollLeft) return Math.max(0, left - fixed)
    return right > this.scrollLeft + this.viewWidth ? right - this.viewWidth : null
  }
}

function widthOf(column: TableColumn): number {
  return column.width ?? Math.min(240, Math.max(84, (column.label.length + (column.unit?.length ?? 0)) * 7 + 44))
}
