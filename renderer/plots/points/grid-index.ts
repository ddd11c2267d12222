/** Points a cell holds on the average: few enough to look at each, enough that empty cells cost little. */
const POINTS_PER_CELL = 8
const MOST_CELLS_ALONG = 512
/** Points of a piece of the work of making one. */
const PIECE = 100_000

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
  #highX = -Infinity
  #highY = -Infinity
  #width = 1
  #height = 1
  /** first entry of each cell in #points, cell by cell, and the end of the last one */
  #starts = new Int32Array(0)
  #points = new Int32Array(0)
  /** 1 for the points a lasso has found; all 0 between two */
  #taken = new Uint8Array(0)
  /** what is left to do before anything can be asked; null: nothing */
  #making: Generator<undefined, void, undefined> | null

  /** Nothing is worked out before it is needed: at the first question, or by prepare. */
  constructor(x: ArrayLike<number>, y: ArrayLike<number>) {
    this.#x = x
    this.#y = y
    const n = x.length
    this.#along = Math.max(1, Math.min(MOST_CELLS_ALONG, Math.round(Math.sqrt(n / POINTS_PER_CELL))))
    this.#making = this.#make()
  }

  /** Works out a piece of what the first question would wait for, a few milliseconds. @returns whether there is more */
  prepare(): boolean {
    if (this.#making?.next().done === true) this.#making = null
    return this.#making !== null
  }

  #finish(): void {
    while (this.#making) this.prepare()
  }

  *#make(): Generator<undefined, void, undefined> {
    const [x, y] = [this.#x, this.#y]
    const n = x.length
    const cells = this.#along * this.#along
    const starts = (this.#starts = new Int32Array(cells + 1))
    const points = (this.#points = new Int32Array(n))
    this.#taken = new Uint8Array(n)
    for (let from = 0; from < n; from += PIECE) {
      this.#measure(from, Math.min(n, from + PIECE))
      yield
    }
    if (this.#highX > this.#x0) this.#width = (this.#highX - this.#x0) / this.#along
    if (this.#highY > this.#y0) this.#height = (this.#highY - this.#y0) / this.#along
    const cellOf = new Int32Array(n)
    for (let from = 0; from < n; from += PIECE) {
      for (let i = from, end = Math.min(n, from + PIECE); i < end; i++) {
        const cell = this.#cellAt(x[i]!, y[i]!)
        cellOf[i] = cell
        if (cell >= 0) starts[cell + 1]!++
      }
      yield
    }
    for (let cell = 0; cell < cells; cell++) starts[cell + 1]! += starts[cell]!
    const free = starts.slice(0, cells)
    for (let from = 0; from < n; from += PIECE) {
      for (let i = from, end = Math.min(n, from + PIECE); i < end; i++) {
        if (cellOf[i]! >= 0) points[free[cellOf[i]!]!++] = i
      }
      yield
    }
  }

  #measure(from: number, end: number): void {
    const [xs, ys] = [this.#x, this.#y]
    let [lowX, highX, lowY, highY] = [this.#x0, this.#highX, this.#y0, this.#highY]
    for (let i = from; i < end; i++) {
      const x = xs[i]!
      const y = ys[i]!
      if (x < lowX) lowX = x
      if (x > highX) highX = x
      if (y < lowY) lowY = y
      if (y > highY) highY = y
    }
    this.#x0 = lowX
    this.#highX = highX
    this.#y0 = lowY
    this.#highY = highY
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
    this.#finish()
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
  inside(polygon: Polygon, accepts?: (point: number) => boolean): Int32Array {
    this.#finish()
    const crossed = this.#crossedCells(polygon)
    const [x, y, starts, points, taken] = [this.#x, this.#y, this.#starts, this.#points, this.#taken]
    const along = this.#along
    const [left, right] = extentOf(polygon.x).map((value) => this.#place(value, this.#x0, this.#width))
    const [low, high] = extentOf(polygon.y).map((value) => this.#place(value, this.#y0, this.#height))
    let count = 0
    for (let row = low!; row <= high!; row++) {
      const crossings = crossingsAt(polygon, this.#y0 + (row + 0.5) * this.#height)
      let passed = 0
      for (let column = left!; column <= right!; column++) {
        const middle = this.#x0 + (column + 0.5) * this.#width
        while (passed < crossings.length && crossings[passed]! <= middle) passed++
        const cell = row * along + column
        const from = starts[cell]!
        const to = starts[cell + 1]!
        if (from === to) continue
        const isCrossed = crossed[cell] === 1
        if (!isCrossed && passed % 2 === 0) continue
        if (!isCrossed && !accepts) {
          for (let i = from; i < to; i++) taken[points[i]!] = 1
          count += to - from
          continue
        }
        for (let i = from; i < to; i++) {
          const point = points[i]!
          if (isCrossed && !isInside(polygon, x[point]!, y[point]!)) continue
          if (accepts && !accepts(point)) continue
          taken[point] = 1
          count++
        }
      }
    }
    // Written for every point, kept for those taken: no branch that a processor has to guess.
    const found = new Int32Array(count + 1)
    for (let point = 0, at = 0; at < count; point++) {
      found[at] = point
      at += taken[point]!
    }
    taken.fill(0)
    return found.subarray(0, count)
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

function extentOf(values: ArrayLike<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!)
    high = Math.max(high, values[i]!)
  }
  return [low, high]
}

/** Even–odd rule. */
export function isInside({ x, y }: Polygon, px: number, py: number): boolean {
  let inside = false
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
    if (y[i]! > py !== y[j]! > py && px < x[i]! + ((py - y[i]!) / (y[j]! - y[i]!)) * (x[j]! - x[i]!)) inside = !inside
  }
  return inside
}
