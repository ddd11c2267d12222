import { eigh } from './eigh.ts'
import type { GramOperator } from './gram-operator.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { OrthonormalRows, RECOMBINED } from './orthonormal-rows.ts'
import { panelOf } from './panel.ts'
import { transposeEntries } from './passes.ts'
import { SeededRandom } from './random.ts'
import { signOf } from './sign-rule.ts'
import { forward, quiet, unwatched, type Watch } from './watch.ts'

export interface KrylovEighOptions {
  /** of the random vectors; the same seed gives the same bits */
  seed: number
  /** steps after which the caller would rather form the matrix: where the work is seen to take more, it is given up */
  stepLimit: number
}

export interface KrylovPairs {
  /** nValues, descending */
  w: Float64Array
  /** order × nValues: column k is the unit eigenvector of w[k], its entry of largest magnitude positive */
  v: Matrix
  /** products with a block that it took */
  steps: number
}

/** Steps before anything is foretold: the space has first to contain what is wanted. */
const PATIENCE = 8
/** Over so many steps the speed of convergence is judged. */
const PACE = 3
/** Vectors that the basis has room for, however few are wanted. */
const LEAST_CAPACITY = 96
/** Steps from a random block that look for further copies of multiple eigenvalues. */
const SEARCH_STEPS = 2

/** Vectors a block for so many wanted pairs: products with four run at the speed of memory, and the smaller the block, the
 * higher the degree of the polynomials that a basis of a given size stands for. */
export const krylovBlock = (nValues: number): number => Math.min(16, 4 * Math.ceil(nValues / 12))

/** The nValues largest eigenpairs of a symmetric positive semidefinite G by block Lanczos with full orthogonalization and
 * thick restarts, to ‖Gv − λv‖ ≤ 2√order·ulp·λ₁. The matrix that G is restricted to is kept whole, so that a restart
 * needs no special form of it. Multiple eigenvalues are found as often as a block has vectors; a few steps from a random
 * block then look for more.
 * @param g its norm within 2^±400, in the caller's frame @param nValues 1 … order/8
 * @returns null where it would take more than stepLimit products with a block
 * Cost: a product with G and 8·order·block·(vectors of the basis) flops a step; d·order + d(5d + 4500) extra doubles, apart
 * from what products take, d = max(96, 4·nValues) + 4·block.
 * Source: Golub & Underwood, "The block Lanczos method for computing eigenvalues", Mathematical Software III (1977);
 * restarts: Wu & Simon, "Thick-restart Lanczos method for large symmetric eigenvalue problems", SIAM J. Matrix Analysis and
 * Applications 22 (2000). */
export function krylovEigh(
  g: GramOperator,
  nValues: number,
  { seed, stepLimit }: KrylovEighOptions,
  watch: Watch = unwatched
): KrylovPairs | null {
  // In a small space a smaller block leaves room for what a restart keeps and the search that follows.
  const block = Math.min(krylovBlock(nValues), Math.floor(g.order / 6))
  const { memory } = kernels()
  const vectors = Math.max(LEAST_CAPACITY, 4 * nValues) + 4 * block
  memory.require(8 * vectors * (g.order + Math.min(g.order, RECOMBINED) + 5 * vectors + 400))
  return memory.frame(() => {
    const space = new BlockLanczos(g, block, nValues, new SeededRandom(seed), watch)
    const tolerance = 2 * Math.sqrt(g.order) * Number.EPSILON
    const whole = forward(watch)
    for (;;) {
      const found = converge(space, nValues, tolerance, stepLimit, whole)
      if (!found) return null
      space.restart(found, nValues)
      space.renew()
      for (let step = 0; step < SEARCH_STEPS; step++) space.extend()
      const again = space.ritz()
      const w = found.w.slice(0, nValues)
      // What the search met has not converged: the pairs found before are the result, and still the first of the basis.
      const isComplete = w.every((value, k) => again.w[k]! <= value + tolerance * w[0]!)
      if (isComplete) return { w, v: space.vectors(nValues), steps: space.steps }
    }
  })
}

/** Steps until the wanted pairs have converged; null where that is not to be expected within the limit. */
function converge(
  space: BlockLanczos,
  nValues: number,
  tolerance: number,
  stepLimit: number,
  watch: Watch
): RitzPairs | null {
  const history: number[] = []
  for (;;) {
    space.extend()
    if (space.size < nValues) continue
    const ritz = space.ritz()
    const error = Math.max(...ritz.errors.subarray(0, nValues)) / ritz.w[0]!
    if (!(error > tolerance)) return ritz
    watch.progress(Math.min(1, Math.max(0, Math.log(error) / Math.log(tolerance))))
    history.push(Math.log(error))
    const before = history.at(-1 - PACE)
    if (space.steps > stepLimit) return null
    if (space.steps >= PATIENCE && before !== undefined) {
      const pace = (before - history.at(-1)!) / PACE
      const left = (history.at(-1)! - Math.log(tolerance)) / pace
      if (!(pace > 0) || space.steps + left > 2 * stepLimit) return null
    }
    if (!space.hasRoom) space.restart(ritz, Math.min(2 * nValues, space.size - space.block))
  }
}

interface RitzPairs {
  /** descending */
  w: Float64Array
  /** rows: combinations of the basis */
  y: Float64Array
  /** ‖Gv − λv‖ */
  errors: Float64Array
}

/** G·V = V·T + V₊·S: T symmetric, V₊ the block to come, and only the last block of V leads to it. Lives in the caller's
 * frame; vectors are rows of the basis. */
class BlockLanczos {
  readonly block: number
  readonly #g: GramOperator
  readonly #capacity: number
  readonly #basis: OrthonormalRows
  readonly #watch: Watch
  /** capacity × capacity */
  readonly #t: Float64Array
  /** S, block × block */
  #leads = new Float64Array(0)
  #size = 0
  steps = 0

  constructor(g: GramOperator, block: number, nValues: number, random: SeededRandom, watch: Watch) {
    this.block = block
    this.#g = g
    this.#watch = quiet(watch)
    const wanted = Math.max(LEAST_CAPACITY, 4 * nValues)
    this.#capacity = Math.max(block, Math.min(wanted, g.order - 2 * block))
    this.#basis = new OrthonormalRows(this.#capacity + 2 * block, g.order, random)
    this.#t = new Float64Array(this.#capacity * this.#capacity)
    this.renew()
  }

  get size(): number {
    return this.#size
  }

  get hasRoom(): boolean {
    return this.#size + this.block <= this.#capacity
  }

  /** Random vectors, orthogonal to the basis, in the place of the block to come. */
  renew(): void {
    this.#basis.draw(this.#size, this.block, this.#watch)
    this.#basis.orthonormalize(this.#size, this.block, 'start', this.#watch)
  }

  /** One more block: a product with G. */
  extend(): void {
    this.steps++
    this.#watch.checkpoint()
    const { block } = this
    const next = this.#size + block
    this.#apply(this.#size, next)
    const coefficients = this.#basis.orthonormalize(next, block, 'product', this.#watch)
    for (let row = 0; row < next; row++) {
      for (let q = 0; q < block; q++) {
        const column = this.#size + q
        if (row > column) continue
        const entry = coefficients[row * block + q]!
        this.#t[row * this.#capacity + column] = entry
        this.#t[column * this.#capacity + row] = entry
      }
    }
    this.#leads = coefficients.slice(next * block)
    this.#size = next
  }

  /** Rows to … = G times rows from …, a block. */
  #apply(from: number, to: number): void {
    const { memory } = kernels()
    const { block } = this
    const { order } = this.#g
    memory.frame(() => {
      const x = memory.allocate(order * block)
      const y = memory.allocate(order * block)
      const source = this.#basis.panel(from, block)
      transposeEntries(block, order, source.at, order, x.byteOffset, block, this.#watch)
      this.#g.multiply(x, y, block, this.#watch)
      transposeEntries(order, block, y.byteOffset, block, this.#basis.panel(to, block).at, order, this.#watch)
    })
  }

  ritz(): RitzPairs {
    const size = this.#size
    const t = createMatrix(size, size)
    for (let i = 0; i < size; i++) {
      t.data.set(this.#t.subarray(i * this.#capacity, i * this.#capacity + size), i * size)
    }
    const { w, v } = eigh(t, this.#watch)
    const y = new Float64Array(size * size)
    for (let i = 0; i < size; i++) for (let k = 0; k < size; k++) y[k * size + i] = v.data[i * size + k]!
    return { w, y, errors: w.map((_, k) => this.#error(y.subarray((k + 1) * size - this.block, (k + 1) * size))) }
  }

  /** ‖S·(last block of y)‖ */
  #error(last: Float64Array): number {
    const { block } = this
    let square = 0
    for (let p = 0; p < block; p++) {
      let sum = 0
      for (let q = 0; q < block; q++) sum += this.#leads[p * block + q]! * last[q]!
      square += sum * sum
    }
    return Math.sqrt(square)
  }

  /** Keeps the first Ritz pairs and the block to come. */
  restart({ w, y }: RitzPairs, keep: number): void {
    const size = this.#size
    const { memory } = kernels()
    memory.frame(() => {
      const rows = memory.copy(y.subarray(0, keep * size))
      this.#basis.recombine(panelOf(rows, keep, size), this.#watch)
    })
    this.#basis.move(size, keep, this.block, this.#watch)
    this.#t.fill(0)
    for (let k = 0; k < keep; k++) this.#t[k * this.#capacity + k] = w[k]!
    this.#size = keep
  }

  /** The first vectors as columns, the entry of largest magnitude of each positive. */
  vectors(count: number): Matrix {
    const v = createMatrix(this.#g.order, count)
    for (let k = 0; k < count; k++) {
      this.#watch.checkpoint()
      const vector = this.#basis.row(k)
      const sign = signOf(vector)
      vector.forEach((value, i) => (v.data[i * count + k] = sign * value + 0))
    }
    return v
  }
}
