import { kernels } from './kernels/kernels.ts'
import { createMatrix } from './matrix.ts'
import type { LinearOperator } from './operator.ts'
import { OrthonormalRows } from './orthonormal-rows.ts'
import { panelOf, type Panel } from './panel.ts'
import { transposeEntries } from './passes.ts'
import type { SeededRandom } from './random.ts'
import { svd } from './svd.ts'
import { quiet, type Watch } from './watch.ts'

/** Singular triplets of A restricted to the bases. */
export interface RitzTriplets {
  /** descending */
  s: Float64Array
  /** rows: combinations of the left and of the right basis */
  left: Float64Array
  right: Float64Array
  /** ‖Aᵀu − σv‖; A·v − σu is 0 */
  errors: Float64Array
}

/** Block Golub–Kahan–Lanczos with full orthogonalization: A·V = U·B and Aᵀ·U = V·Bᵀ + V₊·S, where V₊ is the block to come,
 * and only the last rows of U lead to it. B is kept as a full matrix, so that a restart needs no special form of it.
 * Lives in the caller's frame. Vectors are rows of the bases.
 * Source: Golub, Luk & Overton, "A block Lanczos method for computing the singular values and corresponding singular vectors
 * of a matrix", ACM TOMS 7 (1981); restarts: Baglama & Reichel, "Augmented implicitly restarted Lanczos bidiagonalization
 * methods", SIAM J. Scientific Computing 27 (2005), §3, with blocks. */
export class BlockBidiagonalization {
  readonly #a: LinearOperator
  readonly #capacity: number
  readonly #left: OrthonormalRows
  readonly #right: OrthonormalRows
  readonly #watch: Watch
  /** rows and columns far apart by capacity */
  readonly #b: Float64Array
  /** S: what the last rows of U lead to, next × last; undefined where it is not known */
  #leads: Float64Array | undefined
  #last = 0
  #next: number
  #size = 0

  /** Begins with random vectors. Takes a.rows·capacity + a.columns·(capacity + widest) doubles.
   * @param a at least as many rows as columns @param capacity most vectors of a basis, ≤ columns
   * @param block vectors a step, ≤ capacity @param widest vectors of the largest block that it is to begin with */
  constructor(
    a: LinearOperator,
    options: { capacity: number; block: number; widest: number; random: SeededRandom },
    watch: Watch
  ) {
    const { capacity, block, widest, random } = options
    this.#a = a
    this.#capacity = capacity
    this.#watch = quiet(watch)
    this.#left = new OrthonormalRows(capacity, a.rows, random)
    this.#right = new OrthonormalRows(capacity + Math.max(block, widest), a.columns, random)
    this.#b = new Float64Array(capacity * capacity)
    this.#next = Math.min(block, capacity)
    this.renew()
  }

  /** Begins anew, in the same memory. @param start count × a.columns, count ≤ widest and ≤ capacity */
  begin(start: Float64Array, count: number): void {
    this.#b.fill(0)
    this.#leads = undefined
    this.#last = 0
    this.#size = 0
    this.#next = count
    this.#right.assign(0, start)
    this.#right.orthonormalize(0, count, 'start', this.#watch)
  }

  /** Vectors in each basis. */
  get size(): number {
    return this.#size
  }

  /** Whether another block fits. */
  get hasRoom(): boolean {
    return this.#next > 0 && this.#size + this.#next <= this.#capacity
  }

  /** One more block in each basis: two products with A. */
  extend(): void {
    const size = this.#size
    const count = this.#next
    this.#apply(this.#right.panel(size, count), this.#left.panel(size, count), this.#a.multiply)
    const coefficients = this.#left.orthonormalize(size, count, 'product', this.#watch)
    for (let row = 0; row < size + count; row++) {
      this.#b.set(coefficients.subarray(row * count, (row + 1) * count), row * this.#capacity + size)
    }
    this.#size = size + count
    this.#last = count
    this.#lead()
  }

  /** The next block. Where fewer vectors are left than a block has, it takes all of them. */
  #lead(): void {
    const room = this.#a.columns - this.#size
    const left = this.#left.panel(this.#size - this.#last, this.#last)
    this.#next = Math.min(this.#last, room)
    if (room === 0) this.#leads = new Float64Array(0)
    else if (room < this.#last) {
      this.#leads = undefined
      this.renew()
    } else {
      this.#apply(left, this.#right.panel(this.#size, this.#last), this.#a.multiplyTransposed)
      const coefficients = this.#right.orthonormalize(this.#size, this.#last, 'product', this.#watch)
      this.#leads = coefficients.slice(this.#size * this.#last)
    }
  }

  ritz(): RitzTriplets {
    const size = this.#size
    const b = createMatrix(size, size)
    for (let i = 0; i < size; i++) {
      b.data.set(this.#b.subarray(i * this.#capacity, i * this.#capacity + size), i * size)
    }
    const { u, s, vt } = svd(b, {}, this.#watch)
    const left = new Float64Array(size * size)
    for (let i = 0; i < size; i++) for (let k = 0; k < size; k++) left[k * size + i] = u.data[i * size + k]!
    return { s, left, right: vt.data, errors: s.map((_, k) => this.#error(left.subarray(k * size, (k + 1) * size))) }
  }

  #error(left: Float64Array): number {
    if (!this.#leads) return Infinity
    let square = 0
    for (let q = 0; q < this.#next; q++) {
      let sum = 0
      for (let r = 0; r < this.#last; r++) sum += this.#leads[q * this.#last + r]! * left[this.#size - this.#last + r]!
      square += sum * sum
    }
    return Math.sqrt(square)
  }

  /** Keeps the first `keep` Ritz triplets and the block to come. */
  restart({ s, left, right }: RitzTriplets, keep: number): void {
    const size = this.#size
    const { memory } = kernels()
    memory.frame(() => {
      const part = (rows: Float64Array) => panelOf(memory.copy(rows.subarray(0, keep * size)), keep, size)
      this.#left.recombine(part(left), this.#watch)
      this.#right.recombine(part(right), this.#watch)
    })
    this.#right.move(size, keep, this.#next, this.#watch)
    this.#b.fill(0)
    for (let k = 0; k < keep; k++) this.#b[k * this.#capacity + k] = s[k]!
    this.#size = keep
  }

  /** Puts random vectors, orthogonal to the basis, in the place of the block to come. */
  renew(): void {
    this.#right.draw(this.#size, this.#next, this.#watch)
    this.#right.orthonormalize(this.#size, this.#next, 'start', this.#watch)
  }

  /** The first count vectors of both bases, after a restart. */
  vectors(count: number): { left: Float64Array[]; right: Float64Array[] } {
    const rows = (basis: OrthonormalRows) => Array.from({ length: count }, (_, k) => basis.row(k))
    return { left: rows(this.#left), right: rows(this.#right) }
  }

  /** to = A·from, or Aᵀ·from, for blocks of rows. */
  #apply(from: Panel, to: Panel, product: LinearOperator['multiply']): void {
    const { memory } = kernels()
    const count = from.rows
    memory.frame(() => {
      const x = memory.allocate(from.columns * count)
      const y = memory.allocate(to.columns * count)
      transposeEntries(count, from.columns, from.at, from.rowStride, x.byteOffset, count, this.#watch)
      product(panelOf(x, from.columns, count), panelOf(y, to.columns, count), this.#watch)
      transposeEntries(to.columns, count, y.byteOffset, count, to.at, to.rowStride, this.#watch)
    })
  }
}
