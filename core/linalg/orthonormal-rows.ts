import { kernels } from './kernels/kernels.ts'
import { blockOf, multiplyInto, multiplyVectorInto, panelOf, transposed, type Panel } from './panel.ts'
import { inPieces } from './passes.ts'
import type { SeededRandom } from './random.ts'
import type { Watch } from './watch.ts'

const ULP = Number.EPSILON
/** A vector that kept less than this share of its length is orthogonalized again. */
const KEPT = 0.7
/** What is left of a vector after others of its block were taken out has errors that grew by the inverse of this share
 * along the vectors before the block: below it they are taken out again. */
const SHRUNK = 0.1
/** What a number drawn takes, in doubles moved. */
const DRAWN = 4
/** Columns of the basis that are recombined at a time. */
export const RECOMBINED = 4096

/** A growing orthonormal basis, vectors as rows, in the caller's frame of the memory of the kernels. */
export class OrthonormalRows {
  readonly length: number
  readonly #rows: Float64Array
  readonly #random: SeededRandom
  readonly #sums: Float64Array
  /** the longest product of a matrix seen before it was orthogonalized: rounding errors are measured against it */
  #longestProduct = 0

  constructor(capacity: number, length: number, random: SeededRandom) {
    this.length = length
    this.#random = random
    this.#rows = kernels().memory.allocate(capacity * length)
    this.#sums = kernels().memory.allocate(capacity)
  }

  panel(first: number, count: number): Panel {
    return blockOf(panelOf(this.#rows, first + count, this.length), first, 0, count, this.length)
  }

  /** Random entries in rows first … first + count − 1. */
  draw(first: number, count: number, watch: Watch): void {
    const rows = this.#rows.subarray(first * this.length, (first + count) * this.length)
    inPieces(rows.length, DRAWN, watch, (from, to) => {
      for (let at = from; at < to; at++) rows[at] = this.#random.normal()
    })
  }

  /** The first rows become c times the first c.columns rows, c.rows ≤ c.columns. @param c in the memory of the kernels
   * Cost: c.rows · RECOMBINED extra doubles. */
  recombine(c: Panel, watch: Watch): void {
    const { memory } = kernels()
    const whole = this.panel(0, c.columns)
    for (let left = 0; left < this.length; left += RECOMBINED) {
      watch.checkpoint()
      const width = Math.min(RECOMBINED, this.length - left)
      memory.frame(() => {
        const mixed = memory.zeros(c.rows * width)
        multiplyInto(panelOf(mixed, c.rows, width), 1, c, blockOf(whole, 0, left, c.columns, width), watch)
        for (let k = 0; k < c.rows; k++) {
          this.#rows.set(mixed.subarray(k * width, (k + 1) * width), k * this.length + left)
        }
      })
    }
  }

  /** Rows from first on become these. */
  assign(first: number, rows: Float64Array): void {
    this.#rows.set(rows, first * this.length)
  }

  /** Moves rows within the basis. @param to no later than from */
  move(from: number, to: number, count: number, watch: Watch): void {
    inPieces(count, this.length, watch, (first, end) =>
      this.#rows.copyWithin((to + first) * this.length, (from + first) * this.length, (from + end) * this.length)
    )
  }

  row(k: number): Float64Array {
    return this.#rows.slice(k * this.length, (k + 1) * this.length)
  }

  /** Makes rows first … first + count − 1 orthonormal to all before and among themselves; first + count ≤ length. A row
   * that lies in the space of those before it, up to rounding, is replaced by a random one.
   * @param origin what rounding is judged by: products of one and the same matrix by the longest of them all, whatever its
   *   norm; rows drawn or assigned by the longest of themselves
   * @returns (first + count) × count, row-major: column i holds row i as it was in terms of the rows as they are */
  orthonormalize(first: number, count: number, origin: 'product' | 'start', watch: Watch): Float64Array {
    const coefficients = new Float64Array((first + count) * count)
    let longest = origin === 'product' ? this.#longestProduct : 0
    for (let i = 0; i < count; i++) longest = Math.max(longest, this.#norm(first + i))
    if (origin === 'product') this.#longestProduct = longest
    const negligible = ULP * Math.sqrt(this.length) * longest
    for (let pass = 0; pass < 2; pass++) this.#removeBefore(first, count, coefficients, watch)
    for (let i = 0; i < count; i++) this.#finishRow(first, i, count, negligible, coefficients, watch)
    return coefficients
  }

  #address(k: number): number {
    return this.#rows.byteOffset + 8 * k * this.length
  }

  #norm(k: number): number {
    const at = this.#address(k)
    return Math.sqrt(kernels().run.dot(this.length, at, at))
  }

  /** Takes what the rows of a block have of those before the block out of them, all at once. */
  #removeBefore(first: number, count: number, coefficients: Float64Array, watch: Watch): void {
    if (first === 0) return
    const { memory } = kernels()
    memory.frame(() => {
      const block = this.panel(first, count)
      const before = this.panel(0, first)
      const sums = memory.zeros(first * count)
      multiplyInto(panelOf(sums, first, count), 1, before, transposed(block), watch)
      multiplyInto(block, -1, transposed(panelOf(sums, first, count)), before, watch)
      for (let at = 0; at < sums.length; at++) coefficients[at]! += sums[at]!
    })
  }

  /** Takes what row k has of rows from … k − 1 out of it, and notes it. */
  #removeFrom(from: number, k: number, watch: Watch, note: (row: number, sum: number) => void): void {
    watch.checkpoint()
    const count = k - from
    if (count === 0) return
    const sums = this.#sums.byteOffset
    const others = this.panel(from, count)
    kernels().run.clearRows(1, count, sums, count)
    multiplyVectorInto(sums, -1, others, this.#address(k), watch)
    multiplyVectorInto(this.#address(k), 1, transposed(others), sums, watch)
    for (let j = 0; j < count; j++) note(from + j, -this.#sums[j]!)
  }

  #finishRow(
    first: number,
    i: number,
    count: number,
    negligible: number,
    coefficients: Float64Array,
    watch: Watch
  ): void {
    const { run } = kernels()
    const k = first + i
    const note = (row: number, sum: number) => {
      coefficients[row * count + i]! += sum
    }
    const whole = this.#norm(k)
    let before = whole
    let norm = whole
    for (let pass = 0; pass < 4 && norm > negligible; pass++) {
      this.#removeFrom(norm < SHRUNK * whole ? 0 : first, k, watch, note)
      norm = this.#norm(k)
      const kept = norm >= KEPT * before
      before = norm
      if (kept) break
    }
    if (norm > negligible) {
      coefficients[k * count + i] = norm
      run.scale(this.length, 1 / norm, this.#address(k))
      return
    }
    this.draw(k, 1, watch)
    for (let pass = 0; pass < 3; pass++) {
      run.scale(this.length, 1 / this.#norm(k), this.#address(k))
      this.#removeFrom(0, k, watch, () => undefined)
    }
    run.scale(this.length, 1 / this.#norm(k), this.#address(k))
  }
}
