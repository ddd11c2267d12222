/** Points a cell holds on the average: few enough to look at each, enough that empty cells cost little. */
const POINTS_PER_CELL = 8
const MOST_CELLS_ALONG = 512

export interface Polygon {
  x: ArrayLike<number>
  y: ArrayLike<number>
}

/** The points of a plane by the cells of a grid: which is nearest, which lie in a lasso, at a million points within a
 * frame. Points without a place (NaN) are in no cell. O(n) to make, 4 bytes a point. */
export class GridIndex {
  readonly #x: ArrayLike<number>
  readonly #y: ArrayLike<number>
  readonly #along: number
  #x0 = Infinity
  #y0 = Infinity
  #width = 1
  #height = 1
  /** first entry of each cell in #points, cell by cell, and the end of the last one */
  readonly #starts: Int32Array
  readonly #points: Int32Array

  constructor(x: ArrayLike<number>, y: ArrayLike<number>) {
    this.#x = x
    this.#y = y
    const n = x.length
    this.#along = Math.max(1, Math.min(MOST_CELLS_ALONG, Math.round(Math.sqrt(n / POINTS_PER_CELL))))
    this.#measure()
    const cells = this.#along * this.#along
    this.#starts = new Int32Array(cells + 1)
    this.#points = new Int32Array(n)
    const cellOf = new Int32Array(n)
    for (let i = 0; i < n; i++) {
      const cell = this.#cellAt(x[i]!, y[i]!)
      cellOf[i] = cell
      if (cell >= 0) this.#starts[cell + 1]!++
    }
    for (let cell = 0; cell < cells; cell++) this.#starts[cell + 1]! += this.#starts[cell]!
    const free = this.#starts.slice(0, cells)
    for (let i = 0; i < n; i++) if (cellOf[i]! >= 0) this.#points[free[cellOf[i]!]!++] = i
  }

  #measure(): void {
    let highX = -Infinity
    let highY = -Infinity
    for (let i = 0; i < this.#x.length; i++) {
      const x = this.#x[i]!
      const y = this.#y[i]!
      if (x < this.#x0) this.#x0 = x
      if (x > highX) highX = x
      if (y < this.#y0) this.#y0 = y
      if (y > highY) highY = y
    }
    if (highX > this.#x0) this.#width = (highX - this.#x0) / this.#along
    if (highY > this.#y0) this.#height = (highY - this.#y0) / this.#along
  }

  /** Column or row of a coordinate, clamped to the grid. */
  #place(value: number, origin: number, size: number): number {
    return Math.max(0, Math.min(this.#along - 1, Math.floor((value - origin) / size)))
  }

  #cellAt(x: number, y: number): number {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return -1
    return this.#place(y, this.#y0, this.#height) * this.#along + this.#place(x, this.#x0, this.#width)
  }

  /** The point nearest to a place among those within a radius, one unit being equally long on both axes.
   * @param accepts leaves points out (hidden ones)
   * @returns −1 where there is none */
  nearest(x: number, y: number, radius: number, accepts: (point: number) => boolean = () => true): number {
    let best = -1
    let least = radius * radius
    this.#visit([x - radius, x + radius], [y - radius, y + radius], (point) => {
      const distance = (this.#x[point]! - x) ** 2 + (this.#y[point]! - y) ** 2
      // Of two on one spot the later one is drawn above.
      if (distance < least || (distance === least && point > best)) {
        if (!accepts(point)) return
        least = distance
        best = point
      }
    })
    return best
  }

  /** Calls with every point of the cells that a rectangle touches: a few outside it are among them. */
  #visit(x: readonly [number, number], y: readonly [number, number], see: (point: number) => void): void {
    const left = this.#place(x[0], this.#x0, this.#width)
    const right = this.#place(x[1], this.#x0, this.#width)
    const top = this.#place(y[1], this.#y0, this.#height)
    for (let row = this.#place(y[0], this.#y0, this.#height); row <= top; row++) {
      const from = this.#starts[row * this.#along + left]!
      const to = this.#starts[row * this.#along + right + 1]!
      for (let i = from; i < to; i++) see(this.#points[i]!)
    }
  }

  /** Points inside a rectangle, its edge included; in no order. */
  inBox(x: readonly [number, number], y: readonly [number, number]): Int32Array {
    const found = new Int32Array(this.#x.length)
    let count = 0
    this.#visit(x, y, (point) => {
      const px = this.#x[point]!
      const py = this.#y[point]!
      if (px >= x[0] && px <= x[1] && py >= y[0] && py <= y[1]) found[count++] = point
    })
    return found.subarray(0, count)
  }

  /** Points inside a polygon (even–odd rule), ascending. Cells that no edge crosses are taken or left whole. */
  inside(polygon: Polygon, accepts: (point: number) => boolean = () => true): Int32Array {
    const crossed = this.#crossedCells(polygon)
    const taken = new Uint8Array(this.#x.length)
    let count = 0
    for (let row = 0; row < this.#along; row++) {
      const crossings = crossingsAt(polygon, this.#y0 + (row + 0.5) * this.#height)
      for (let column = 0; column < this.#along; column++) {
        const cell = row * this.#along + column
        const from = this.#starts[cell]!
        const to = this.#starts[cell + 1]!
        if (from === to) continue
        const middle = this.#x0 + (column + 0.5) * this.#width
        if (crossed[cell] === 0 && !isOdd(crossings, middle)) continue
        for (let i = from; i < to; i++) {
          const point = this.#points[i]!
          if (crossed[cell] === 1 && !isInside(polygon, this.#x[point]!, this.#y[point]!)) continue
          if (!accepts(point)) continue
          taken[point] = 1
          count++
        }
      }
    }
    const found = new Int32Array(count)
    let at = 0
    for (let point = 0; at < count; point++) if (taken[point] === 1) found[at++] = point
    return found
  }

  /** Marks the cells that the edges of a polygon may touch. */
  #crossedCells({ x, y }: Polygon): Uint8Array {
    const crossed = new Uint8Array(this.#along * this.#along)
    for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
      const [low, high] = y[i]! < y[j]! ? [i, j] : [j, i]
      const first = this.#place(y[low]!, this.#y0, this.#height)
      const last = this.#place(y[high]!, this.#y0, this.#height)
      const rise = y[high]! - y[low]!
      for (let row = first; row <= last; row++) {
        const at = (level: number): number => {
          const share = rise > 0 ? Math.max(0, Math.min(1, (level - y[low]!) / rise)) : 0
          return x[low]! + share * (x[high]! - x[low]!)
        }
        const below = row === 0 ? y[low]! : this.#y0 + row * this.#height
        const above = row === this.#along - 1 ? y[high]! : below + this.#height
        const ends = rise > 0 ? [at(below), at(above)] : [x[low]!, x[high]!]
        // A cell more on each side: what rounding moved across an edge is looked at point by point.
        const left = Math.max(0, this.#place(Math.min(...ends), this.#x0, this.#width) - 1)
        const right = Math.min(this.#along - 1, this.#place(Math.max(...ends), this.#x0, this.#width) + 1)
        crossed.fill(1, row * this.#along + left, row * this.#along + right + 1)
      }
    }
    return crossed
  }
}

/** Where a horizontal line meets the edges of a polygon, ascending. */
function crossingsAt({ x, y }: Polygon, level: number): number[] {
  const found: number[] = []
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
    if (y[i]! > level !== y[j]! > level) found.push(x[i]! + ((level - y[i]!) / (y[j]! - y[i]!)) * (x[j]! - x[i]!))
  }
  return found.sort((a, b) => a - b)
}

const isOdd = (crossings: readonly number[], x: number): boolean => {
  let count = 0
  for (const crossing of crossings) if (crossing > x) count++
  return count % 2 === 1
}

/** Even–odd rule. */
export function isInside({ x, y }: Polygon, px: number, py: number): boolean {
  let inside = false
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
    if (y[i]! > py !== y[j]! > py && px < x[i]! + ((py - y[i]!) / (y[j]! - y[i]!)) * (x[j]! - x[i]!)) inside = !inside
  }
  return inside
}
