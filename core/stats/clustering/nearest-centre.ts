import type { Watch } from '../../linalg/watch.ts'

/** Rows looked at between two looks at the stop button. */
const ROWS_AT_ONCE = 1000

/** Finds the centre closest to a point; of several, the first. Centres are searched from the point outwards along the first
 * dimension, the widest of principal components, and the search ends where that distance alone is too long. */
export class NearestCentre {
  readonly #centres: Float64Array
  readonly #dimensions: number
  /** centres in the order of their first coordinate, and those coordinates */
  readonly #sorted: Int32Array
  readonly #along: Float64Array
  /** of the last search: squared distance */
  square = 0

  /** @param centres nCentres×dimensions row-major; not copied, not to be changed meanwhile */
  constructor(centres: Float64Array, dimensions: number) {
    this.#centres = centres
    this.#dimensions = dimensions
    const along = (centre: number): number => centres[centre * dimensions]!
    const nCentres = centres.length / dimensions
    this.#sorted = Int32Array.from({ length: nCentres }, (_, centre) => centre).sort(
      (a, b) => along(a) - along(b) || a - b
    )
    this.#along = Float64Array.from(this.#sorted, along)
  }

  /** @param at where the point begins in `points` @returns the centre; its squared distance is `square` then */
  find(points: Float64Array, at: number): number {
    const along = this.#along
    const nCentres = along.length
    const own = points[at]!
    let up = this.#placeOf(own)
    let down = up - 1
    let best = -1
    this.square = Infinity
    while (up < nCentres || down >= 0) {
      const above = up < nCentres ? along[up]! - own : Infinity
      const below = down >= 0 ? own - along[down]! : Infinity
      const step = Math.min(above, below)
      if (step * step > this.square) break
      const centre = this.#sorted[above <= below ? up++ : down--]!
      const square = this.#squareTo(centre, points, at)
      if (square < this.square || (square === this.square && (best < 0 || centre < best))) {
        best = centre
        this.square = square
      }
    }
    return best
  }

  #placeOf(own: number): number {
    let from = 0
    let to = this.#along.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (this.#along[middle]! < own) from = middle + 1
      else to = middle
    }
    return from
  }

  #squareTo(centre: number, points: Float64Array, at: number): number {
    const start = centre * this.#dimensions
    let square = 0
    for (let d = 0; d < this.#dimensions; d++) {
      const difference = points[at + d]! - this.#centres[start + d]!
      square += difference * difference
    }
    return square
  }
}

/** Assigns every point to its nearest centre.
 * @param assignment n, written @param squares n, written: squared distance of each to its centre
 * @returns how many points changed their centre */
export function assignPoints(
  points: Float64Array,
  dimensions: number,
  centres: Float64Array,
  assignment: Int32Array,
  squares: Float64Array,
  watch: Watch
): number {
  const nearest = new NearestCentre(centres, dimensions)
  let changed = 0
  for (let i = 0; i < assignment.length; i++) {
    if (i % ROWS_AT_ONCE === 0) watch.checkpoint()
    const centre = nearest.find(points, i * dimensions)
    squares[i] = nearest.square
    if (assignment[i] === centre) continue
    assignment[i] = centre
    changed++
  }
  return changed
}
