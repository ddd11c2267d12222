import { choleskyFactorInPlace, choleskySolveInPlace } from '../../linalg/cholesky.ts'
import { kernels } from '../../linalg/kernels/kernels.ts'

/** Rows gathered before they are multiplied: with 50 factors a block is 100 kB and stays in a second-level cache. */
const BLOCK = 256

/** Which triangle of a symmetric product is computed; see ProductKernels. */
const LOWER = 2

/** The normal equations (G + w Σ q qᵀ) p = Σ t q of one row of a factor model after the other, in memory of the caller's
 * frame: nothing is allocated between rows. */
export class NormalEquations {
  readonly size: number
  /** size × size, lower triangle: what the caller starts a row with, and adds its ridge to */
  readonly gram: Float64Array
  /** size: the right side, then the solution */
  readonly solution: Float64Array
  readonly #rows: Float64Array
  readonly #targets: Float64Array
  #count = 0

  constructor(size: number) {
    const { memory } = kernels()
    this.size = size
    this.gram = memory.allocate(size * size)
    this.solution = memory.allocate(size)
    this.#rows = memory.allocate(BLOCK * size)
    this.#targets = memory.allocate(BLOCK)
  }

  /** Adds one observation: q from entry `at` of factors (with 1 for the bias behind it where size is one longer), t.
   * @param weight w, the same for all of a row */
  add(factors: Float64Array, at: number, length: number, target: number, weight: number): void {
    const start = this.#count * this.size
    for (let a = 0; a < length; a++) this.#rows[start + a] = factors[at + a]!
    if (length < this.size) this.#rows[start + length] = 1
    this.#targets[this.#count] = target
    this.#count++
    if (this.#count === BLOCK) this.flush(weight)
  }

  /** Multiplies what was gathered. To be called when a row's observations are all there. */
  flush(weight: number): void {
    const { run } = kernels()
    const { size } = this
    const n = this.#count
    const rows = this.#rows.byteOffset
    run.multiplyAdd(size, size, n, weight, rows, 1, size, rows, size, 1, this.gram.byteOffset, size, LOWER, 0)
    run.multiplyColumns(n, size, 1, rows, size, this.#targets.byteOffset, this.solution.byteOffset)
    this.#count = 0
  }

  /** @throws NOT_POSITIVE_DEFINITE */
  solve(): Float64Array {
    choleskyFactorInPlace(this.gram, this.size)
    choleskySolveInPlace(this.gram, this.size, this.solution)
    return this.solution
  }
}
