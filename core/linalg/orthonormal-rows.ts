import { kernels } from './kernels/kernels.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import type { SeededRandom } from './random.ts'
import type { Watch } from './watch.ts'

const ULP = Number.EPSILON
/** A vector that kept less than this share of its length is orthogonalized again. */
const KEPT = 0.7
/** What is left of a vector after others of its block were taken out has errors that grew by the inverse of this share
 * along the vectors before the block: below it they are taken out again. */
const SHRUNK = 0.1

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
  draw(first: number, count: number): void {
    const rows = this.#rows.subarray(first * this.length, (first + count) * this.length)
    for (let at = 0; at < rows.length; at++) rows[at] = this.#random.normal()
  }

  /** The first rows become c times the first c.columns rows. @param c in the memory of the kernels */
  recombine(c: Panel, watch: Watch): void {
    kernels().memory.frame(() => {
      const mixed = kernels().memory.zeros(c.rows * this.length)
      multiplyInto(panelOf(mixed, c.rows, this.length), 1, c, this.panel(0, c.columns), watch)
      this.#rows.set(mixed)
    })
  }

  /** Rows from first on become these. */
  assign(first: number, rows: Float64Array): void {
    this.#rows.set(rows, first * this.length)
  }

  /** Moves rows within the basis. */
  move(from: number, to: number, count: number): void {
    this.#rows.copyWithin(to * this.length, from * this.length, (from + count) * this.length)
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
    for (let i = 0; i < count; i++) this.#finishRow(first, i, count, negligible, coefficients)
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
  #removeFrom(from: number, k: number, note: (row: number, sum: number) => void): void {
    const count = k - from
    if (count === 0) return
    const { run } = kernels()
    const sums = this.#sums.byteOffset
    run.clearRows(1, count, sums, count)
    run.multiplyRows(count, this.length, -1, this.#address(from), this.length, this.#address(k), sums)
    run.multiplyColumns(count, this.length, 1, this.#address(from), this.length, sums, this.#address(k))
    for (let j = 0; j < count; j++) note(from + j, -this.#sums[j]!)
  }

  #finishRow(first: number, i: number, count: number, negligible: number, coefficients: Float64Array): void {
    const { run } = kernels()
    const k = first + i
    const note = (row: number, sum: number) => {
      coefficients[row * count + i]! += sum
    }
    const whole = this.#norm(k)
    let before = whole
    let norm = whole
    for (let pass = 0; pass < 4 && norm > negligible; pass++) {
      this.#removeFrom(norm < SHRUNK * whole ? 0 : first, k, note)
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
    this.draw(k, 1)
    for (let pass = 0; pass < 3; pass++) {
      run.scale(this.length, 1 / this.#norm(k), this.#address(k))
      this.#removeFrom(0, k, () => undefined)
    }
    run.scale(this.length, 1 / this.#norm(k), this.#address(k))
  }
}
