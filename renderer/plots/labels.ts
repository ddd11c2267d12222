/** A text that wants a place beside a mark. Coordinates in px, y downwards; radius of the mark. */
export interface LabelCandidate {
  text: string
  x: number
  y: number
  radius: number
  width: number
}

/** Where a label went: the edge of its box that touches the gap, and its offset from the mark in px. */
export interface PlacedLabel {
  candidate: number
  anchorX: 'left' | 'center' | 'right'
  anchorY: 'top' | 'middle' | 'bottom'
  dx: number
  dy: number
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export const LABEL_HEIGHT = 13
/** px between a mark and its label */
const GAP = 3
const CELL = 32

/** Boxes by the cells of a coarse grid they touch, so that a test looks at neighbours only. */
class BoxIndex {
  readonly #cells = new Map<string, Box[]>()

  #cellsOf(box: Box): string[] {
    const cells: string[] = []
    for (let column = Math.floor(box.left / CELL); column <= Math.floor(box.right / CELL); column++) {
      for (let row = Math.floor(box.top / CELL); row <= Math.floor(box.bottom / CELL); row++)
        cells.push(`${column}:${row}`)
    }
    return cells
  }

  add(box: Box): void {
    for (const cell of this.#cellsOf(box)) {
      const there = this.#cells.get(cell)
      if (there) there.push(box)
      else this.#cells.set(cell, [box])
    }
  }

  meets(box: Box): boolean {
    for (const cell of this.#cellsOf(box)) {
      for (const other of this.#cells.get(cell) ?? []) {
        if (other.left < box.right && other.right > box.left && other.top < box.bottom && other.bottom > box.top)
          return true
      }
    }
    return false
  }
}

/** Which places of a picture marks cover, for so many marks that a box for each would take too long: a bit of 2 × 2 px each. */
export class CoveredPlaces {
  readonly #wide: number
  readonly #high: number
  readonly #covered: Uint8Array

  constructor(width: number, height: number) {
    this.#wide = Math.ceil(width / 2) + 1
    this.#high = Math.ceil(height / 2) + 1
    this.#covered = new Uint8Array(this.#wide * this.#high)
  }

  cover(x: number, y: number): void {
    const [column, row] = [x >> 1, y >> 1]
    if (column >= 0 && row >= 0 && column < this.#wide && row < this.#high) this.#covered[row * this.#wide + column] = 1
  }

  meets(box: Box): boolean {
    const bottom = Math.min(this.#high - 1, box.bottom >> 1)
    const right = Math.min(this.#wide - 1, box.right >> 1)
    for (let row = Math.max(0, box.top >> 1); row <= bottom; row++) {
      for (let column = Math.max(0, box.left >> 1); column <= right; column++)
        if (this.#covered[row * this.#wide + column] === 1) return true
    }
    return false
  }
}

function placesRound(radius: number): Omit<PlacedLabel, 'candidate'>[] {
  const gap = radius + GAP
  const slant = gap * 0.75
  return [
    { anchorX: 'left', anchorY: 'middle', dx: gap, dy: 0 },
    { anchorX: 'right', anchorY: 'middle', dx: -gap, dy: 0 },
    { anchorX: 'center', anchorY: 'bottom', dx: 0, dy: -gap },
    { anchorX: 'center', anchorY: 'top', dx: 0, dy: gap },
    { anchorX: 'left', anchorY: 'bottom', dx: slant, dy: -slant },
    { anchorX: 'left', anchorY: 'top', dx: slant, dy: slant },
    { anchorX: 'right', anchorY: 'bottom', dx: -slant, dy: -slant },
    { anchorX: 'right', anchorY: 'top', dx: -slant, dy: slant }
  ]
}

function boxAt(candidate: LabelCandidate, place: Omit<PlacedLabel, 'candidate'>): Box {
  const x = candidate.x + place.dx
  const y = candidate.y + place.dy
  const left = place.anchorX === 'left' ? x : place.anchorX === 'right' ? x - candidate.width : x - candidate.width / 2
  const top = place.anchorY === 'top' ? y : place.anchorY === 'bottom' ? y - LABEL_HEIGHT : y - LABEL_HEIGHT / 2
  return { left, top, right: left + candidate.width, bottom: top + LABEL_HEIGHT }
}

/** Gives labels places in the order they come, most important first: eight places round the mark are tried, and a label
 * that would leave the frame, cover a mark or touch another label anywhere is left out.
 * @param obstacles marks no label may cover, the labelled ones included
 * @param limit most labels to place
 * @param covered places of many more marks */
export function placeLabels(
  candidates: readonly LabelCandidate[],
  frame: { left: number; top: number; right: number; bottom: number },
  obstacles: { x: ArrayLike<number>; y: ArrayLike<number>; radius: (index: number) => number },
  limit = Infinity,
  covered?: CoveredPlaces
): PlacedLabel[] {
  const taken = new BoxIndex()
  for (let i = 0; i < obstacles.x.length; i++) {
    const x = obstacles.x[i]!
    const y = obstacles.y[i]!
    const r = obstacles.radius(i)
    taken.add({ left: x - r, top: y - r, right: x + r, bottom: y + r })
  }
  const placed: PlacedLabel[] = []
  for (let index = 0; index < candidates.length && placed.length < limit; index++) {
    const candidate = candidates[index]!
    for (const place of placesRound(candidate.radius)) {
      const box = boxAt(candidate, place)
      const outside =
        box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom
      if (outside || taken.meets(box) || covered?.meets(box)) continue
      taken.add(box)
      placed.push({ candidate: index, ...place })
      break
    }
  }
  return placed
}

let context: CanvasRenderingContext2D | null | undefined

/** Width of a text in px as the page will draw it, with 2 px of air. */
export function measureText(text: string, font: string, size = 11): number {
  context ??= document.createElement('canvas').getContext('2d')
  if (!context) return text.length * size * 0.56
  context.font = `${size}px ${font}`
  return context.measureText(text).width + 2
}
