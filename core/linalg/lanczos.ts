import { kernels } from './kernels/kernels.ts'
import { paddedOrder, type SymmetricOperator } from './packed-symmetric.ts'
import { multiplyInto, multiplyVectorInto, panelOf, transposed } from './panel.ts'
import { SeededRandom } from './random.ts'
import { tridiagonalValue, tridiagonalVectors } from './tridiagonal-vectors.ts'
import type { Watch } from './watch.ts'

const ULP = Number.EPSILON
/** A vector that kept less than this share of its length is orthogonalized again: what it lost by cancellation is then of
 * the order of ulp. Source: Daniel, Gragg, Kaufman & Stewart, Math. Comp. 30 (1976). */
const KEPT = 0.7
/** Steps until convergence is looked at for the first time, and at least between two looks. */
const FIRST_LOOK = 20
const LEAST_WAIT = 3
/** A search for what was missed ends when the probability that it overlooks something is below this, or after so many
 * steps: an eigenvalue that equals the smallest of the wanted ones can be told from it at no time. */
const OVERLOOKED = 1e-3
const SEARCH_LIMIT = 80
/** Searches that found something: each brings out one more of equal eigenvalues. */
const ROUNDS = 12

interface RitzPairs {
  /** descending */
  w: Float64Array
  /** unit vectors of operator.order entries */
  vectors: Float64Array[]
}

/** The largest eigenpairs of a symmetric operator by Lanczos with full orthogonalization, without restart.
 * Once they have converged, a second Lanczos run, orthogonal to the whole basis of the first, looks for copies of multiple
 * eigenvalues, which one start vector cannot contain. If its largest Ritz value θ stays below the smallest wanted λ, then
 * for a random start of n entries, after s steps, an eigenvalue of λ or more was overlooked with probability at most
 * 1.65·√n·exp(−√ε(2s − 1)), ε = (λ − θ)/(λ − λmin) (Kuczyński & Woźniakowski, "Estimating the largest eigenvalue by the power
 * and Lanczos algorithms with a random start", SIAM J. Matrix Anal. 13 (1992), theorem 3.2); what it finds is deflated by
 * another run.
 * @param limit the largest number of steps of a run @returns undefined where they did not suffice
 * Accuracy: residuals below 2√n·ulp·‖A‖₂. Cost: a product and 4jn flops for step j; n doubles a step.
 * Source: Golub & Van Loan, Matrix Computations, §10.1 – 10.3. */
export function topByLanczos(
  operator: SymmetricOperator,
  nValues: number,
  seed: number,
  limit: number,
  watch: Watch
): RitzPairs | undefined {
  let found: RitzPairs = { w: new Float64Array(0), vectors: [] }
  if (nValues === 0) return found
  const random = new SeededRandom(seed)
  for (let round = 0; round < ROUNDS; round++) {
    const enough = kernels().memory.frame(() => {
      const run = new LanczosRun(operator, random, found.vectors, limit, watch)
      const threshold = found.w.length < nValues ? -Infinity : found.w[nValues - 1]!
      const count = run.converge(nValues - (threshold === -Infinity ? found.w.length : 0), threshold)
      if (count === undefined) return undefined
      found = merge(found, run.pairs(count), nValues)
      return found.w.length === nValues && run.isComplete(found.w[nValues - 1]!)
    })
    if (enough === undefined) return undefined
    if (enough) return found
  }
  return undefined
}

function merge(first: RitzPairs, second: RitzPairs, count: number): RitzPairs {
  const w = [...first.w, ...second.w]
  const vectors = [...first.vectors, ...second.vectors]
  const order = Array.from(w.keys())
    .sort((i, j) => w[j]! - w[i]! || i - j)
    .slice(0, count)
  return { w: Float64Array.from(order, (i) => w[i]!), vectors: order.map((i) => vectors[i]!) }
}

/** One Lanczos run in the orthogonal complement of some eigenvectors: A·Q = Q·T + (what leads out of the basis). */
class LanczosRun {
  readonly #operator: SymmetricOperator
  readonly #random: SeededRandom
  readonly #watch: Watch
  readonly #padded: number
  readonly #locked: number
  readonly #limit: number
  /** vectors as rows: those kept out, then the basis, then the vector to come */
  readonly #basis: Float64Array
  readonly #sums: Float64Array
  /** T: diagonal and couplings; where one is 0 the basis was begun anew */
  readonly #diagonal: Float64Array
  readonly #couplings: Float64Array
  readonly #scratch: { d: Float64Array; e: Float64Array; z: Float64Array }
  #steps = 0
  /** largest magnitude seen in T */
  #norm = 0

  constructor(operator: SymmetricOperator, random: SeededRandom, locked: Float64Array[], limit: number, watch: Watch) {
    const { memory } = kernels()
    this.#operator = operator
    this.#random = random
    this.#watch = watch
    this.#padded = paddedOrder(operator.order)
    this.#locked = locked.length
    this.#limit = Math.min(limit, operator.order - locked.length)
    const length = this.#limit + SEARCH_LIMIT + 1
    const zeros = () => memory.zeros(length)
    this.#diagonal = zeros()
    this.#couplings = zeros()
    this.#scratch = { d: zeros(), e: zeros(), z: zeros() }
    this.#sums = memory.zeros(locked.length + length)
    this.#basis = memory.allocate((locked.length + length) * this.#padded)
    locked.forEach((vector, k) => {
      this.#basis.fill(0, k * this.#padded, (k + 1) * this.#padded)
      this.#basis.set(vector, k * this.#padded)
    })
  }

  /** Steps until the wanted pairs have converged. @param threshold where finite, every Ritz value above it is wanted
   * @returns how many of the largest Ritz pairs to take; undefined where the limit is reached first */
  converge(wanted: number, threshold: number): number | undefined {
    this.#begin(0)
    let look = Math.max(FIRST_LOOK, 2 * wanted)
    let before: { steps: number; error: number } | undefined
    for (;;) {
      const steps = this.#steps + 1
      const last = steps >= this.#limit
      this.#step(0)
      if (steps < look && !last) continue
      const tolerance = 2 * Math.sqrt(this.#operator.order) * ULP * this.#norm
      // The last of the wanted is as a rule the last to converge, and alone is quickly looked at.
      const single = threshold === -Infinity && steps >= wanted ? this.#ritzError(wanted) : 0
      const [count, error] = single > tolerance ? [wanted, single] : this.#largestError(wanted, threshold)
      if (error <= tolerance) return count
      if (last) return undefined
      look = steps + waitUntil(tolerance, before, { steps, error })
      before = { steps, error }
      this.#watch.progress(Math.min(0.9, Math.log(this.#norm / error) / Math.log(this.#norm / tolerance)) || 0)
    }
  }

  /** How many Ritz pairs are wanted, and the largest of their residuals. */
  #largestError(wanted: number, threshold: number): [number, number] {
    const { values, errors } = this.#ritz(0)
    const above = values.findIndex((value) => !(value > threshold))
    const count = threshold === -Infinity ? wanted : above < 0 ? values.length : above
    return [count, count > values.length ? Infinity : Math.max(0, ...errors.slice(0, count))]
  }

  /** The residual of the Ritz value of this rank alone, counted from 1. */
  #ritzError(rank: number): number {
    const d = this.#diagonal.subarray(0, this.#steps)
    const e = this.#couplings.subarray(0, this.#steps)
    const value = tridiagonalValue(d, e, rank)
    const vector = tridiagonalVectors(d, e, Float64Array.of(value), 1, this.#watch)
    return e[this.#steps - 1]! * Math.abs(vector[this.#steps - 1]!)
  }

  /** The count largest Ritz pairs. */
  pairs(count: number): RitzPairs {
    const { memory } = kernels()
    const w = Float64Array.from(this.#ritz(0).values.slice(0, count))
    const n = this.#operator.order
    const steps = this.#steps
    const s = tridiagonalVectors(this.#diagonal.slice(0, steps), this.#couplings.slice(0, steps), w, 1, this.#watch)
    return memory.frame(() => {
      const v = memory.zeros(count * n)
      const basis = panelOf(this.#row(0), steps, n, this.#padded)
      multiplyInto(panelOf(v, count, n), 1, panelOf(memory.copy(s), count, steps), basis, this.#watch)
      return { w, vectors: Array.from({ length: count }, (_, k) => v.slice(k * n, k * n + n)) }
    })
  }

  /** Whether the complement of the basis holds no eigenvalue above this one. */
  isComplete(smallest: number): boolean {
    const first = this.#steps
    const n = this.#operator.order
    const most = Math.min(SEARCH_LIMIT - 1, n - this.#locked - first)
    if (most <= 0) return true
    const lowest = Math.min(...this.#ritz(0).values)
    const tolerance = 8 * n * ULP * this.#norm
    this.#begin(first)
    for (let s = 1; s <= most; s++) {
      this.#step(first)
      const closed = this.#couplings[this.#steps - 1] === 0
      if (s % 5 !== 0 && s !== most && !closed) continue
      const largest = this.#ritz(first).values[0]!
      if (largest > smallest + tolerance) return false
      const share = Math.max(0, smallest - largest) / (smallest - lowest)
      if (closed || 1.65 * Math.sqrt(n) * Math.exp(-Math.sqrt(share) * (2 * s - 1)) < OVERLOOKED) return true
    }
    return true
  }

  #row(k: number): Float64Array {
    const at = (this.#locked + k) * this.#padded
    return this.#basis.subarray(at, at + this.#padded)
  }

  /** Vector k of the basis: random, orthogonal to those before it. */
  #begin(k: number): void {
    const row = this.#row(k)
    row.fill(0)
    for (let i = 0; i < this.#operator.order; i++) row[i] = this.#random.normal()
    const { run } = kernels()
    for (let pass = 0; pass < 3; pass++) {
      if (pass > 0) this.#orthogonalize(k)
      const norm = Math.sqrt(run.dot(this.#padded, row.byteOffset, row.byteOffset))
      run.scale(this.#padded, 1 / norm, row.byteOffset)
    }
  }

  /** Takes out of vector k what it has of all before it; the last of these sums is returned. */
  #orthogonalize(k: number): number {
    const count = this.#locked + k
    if (count === 0) return 0
    const sums = this.#sums.byteOffset
    const row = this.#row(k).byteOffset
    const others = panelOf(this.#basis, count, this.#padded)
    kernels().run.clearRows(1, count, sums, count)
    multiplyVectorInto(sums, -1, others, row, this.#watch)
    multiplyVectorInto(row, 1, transposed(others), sums, this.#watch)
    return -this.#sums[count - 1]!
  }

  /** One more column of T, and the vector after it. @param first where the run began in the basis */
  #step(first: number): void {
    const { run } = kernels()
    this.#watch.checkpoint()
    const j = this.#steps
    const n = this.#padded
    const current = this.#row(j).byteOffset
    const row = this.#row(j + 1)
    const next = row.byteOffset
    this.#operator.multiply(current, next, this.#watch)
    let alpha = run.dot(n, current, next)
    run.axpy(n, -alpha, current, next)
    if (j > first) run.axpy(n, -this.#couplings[j - 1]!, this.#row(j - 1).byteOffset, next)
    let norm = Math.sqrt(run.dot(n, next, next))
    for (let pass = 0; pass < 3; pass++) {
      alpha += this.#orthogonalize(j + 1)
      const shorter = Math.sqrt(run.dot(n, next, next))
      const kept = shorter >= KEPT * norm
      norm = shorter
      if (kept) break
    }
    this.#diagonal[j] = alpha
    this.#norm = Math.max(this.#norm, Math.abs(alpha), norm)
    this.#steps = j + 1
    if (norm > this.#operator.order * ULP * this.#norm) {
      this.#couplings[j] = norm
      run.scale(n, 1 / norm, next)
    } else {
      // The basis is invariant: whatever else there is lies in its complement.
      this.#couplings[j] = 0
      if (this.#locked + j + 1 < this.#operator.order) this.#begin(j + 1)
    }
  }

  /** Ritz values of the steps since first, descending, and their residuals. */
  #ritz(first: number): { values: number[]; errors: number[] } {
    const { d, e, z } = this.#scratch
    const count = this.#steps - first
    d.set(this.#diagonal.subarray(first, this.#steps))
    e.set(this.#couplings.subarray(first, this.#steps))
    kernels().run.tridiagonalLastRow(count, d.byteOffset, e.byteOffset, z.byteOffset)
    const coupling = this.#couplings[this.#steps - 1]!
    const order = Array.from({ length: count }, (_, i) => i).sort((i, j) => d[j]! - d[i]! || i - j)
    return { values: order.map((i) => d[i]!), errors: order.map((i) => coupling * Math.abs(z[i]!)) }
  }
}

/** Steps until convergence is worth a look: residuals fall geometrically, and faster towards the end. */
function waitUntil(
  tolerance: number,
  before: { steps: number; error: number } | undefined,
  now: { steps: number; error: number }
): number {
  if (before === undefined || !(now.error < before.error) || before.error === Infinity) return 2 * LEAST_WAIT
  const rate = Math.log(before.error / now.error) / (now.steps - before.steps)
  const predicted = Math.log(now.error / tolerance) / rate
  return Math.max(LEAST_WAIT, Math.min(40, Math.floor(0.7 * predicted)))
}
