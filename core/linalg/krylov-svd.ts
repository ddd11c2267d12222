import { EigendeskError } from '../contract/errors.ts'
import { BlockBidiagonalization, type RitzTriplets } from './block-bidiagonal.ts'
import { eighTop } from './eigh-top.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix } from './matrix.ts'
import { transposedOperator, type LinearOperator } from './operator.ts'
import { RECOMBINED } from './orthonormal-rows.ts'
import { panelOf } from './panel.ts'
import { timesPowerOfTwo } from './power-of-two.ts'
import { SeededRandom } from './random.ts'
import type { TruncatedSvd } from './randomized-svd.ts'
import { scaledOperator } from './scaled-operator.ts'
import { signOf } from './sign-rule.ts'
import { forward, quiet, unwatched, type Watch } from './watch.ts'

const ULP = Number.EPSILON
/** Steps, of one block each, until it is given up. */
const STEP_LIMIT = 1000
/** Vectors a block: products with fewer run below the speed of the processor, with more the space grows too slowly in
 * degree. For k = 10 blocks of 12, 16, 20 and 24 took 124, 110, 127 and 159 ms of
 * processor time (5000 × 1000, spectrum decaying). */
const BLOCK = 16
/** More vectors than wanted ones: convergence is that of the first value beyond the block. */
const BEYOND = 4
/** Random blocks' steps that look for copies of multiple values. */
const SEARCH_STEPS = 3
/** What eighTop costs after AᵀA is formed, in steps of a block: a rough allowance. */
const GRAM_EXTRA = 4

export interface KrylovSvd extends TruncatedSvd {
  /** blocks of vectors by which the spaces grew: each takes a product with A and one with Aᵀ */
  iterations: number
}

/** The nValues largest singular triplets of A to full accuracy, by block Golub–Kahan–Lanczos bidiagonalization with thick
 * restarts (see BlockBidiagonalization). Where the first steps show that convergence will take longer than forming the
 * smaller of AᵀA and A·Aᵀ, and the operator can form it, the vectors are taken from its largest eigenpairs and then held to
 * the same test on A itself, and improved by further steps where they fail it.
 * A block finds as many copies of a multiple value as it has vectors. Where more values are wanted than that, a few steps
 * from a fresh random block follow, and go on if they find a value above the smallest wanted one.
 * @param a m × n, valid in the caller's frame of the memory of the kernels @param nValues k, 0 … min(m, n)
 * @param options.seed of the random block; the same seed gives the same bits
 * @param options.tolerance of ‖Aᵀu − σv‖/σ₁ where it stops; 2√max(m, n)·ulp where left out
 * @returns plain arrays; values of rank-deficient A are 0 and their vectors complete the orthonormal ones
 * @throws INVALID_PARAMETER | NON_FINITE where a product is not | OUT_OF_RANGE | OUT_OF_MEMORY | NO_CONVERGENCE telling after
 *   how many steps
 * Accuracy: ‖Av − σu‖ and ‖Aᵀu − σv‖ below max(m, n)·ulp·σ₁, ‖I − UᵀU‖ and ‖I − VᵀV‖ of the order of ulp.
 * Cost: a step takes 4·m·n·16 flops in products and 8(m + n)·16·d in orthogonalization, d vectors in the basis; a decaying
 * spectrum takes about 5 steps. (m + n)(d + 32) + d(15d + 5000) extra doubles, d ≤ max(128, 3k + 32), and min(m, n)·k
 * where the operator can form the Gram matrix; where it does, 4.6·min(m, n)² more. Where k exceeds a third of min(m, n) the
 * basis becomes the whole space: svd is the better choice from there on. */
export function krylovSvd(
  a: LinearOperator,
  nValues: number,
  options: { seed: number; tolerance?: number },
  watch: Watch = unwatched
): KrylovSvd {
  const short = Math.min(a.rows, a.columns)
  if (!Number.isSafeInteger(nValues) || nValues < 0 || nValues > short) {
    const reason = `${nValues} is not allowed`
    throw new EigendeskError('INVALID_PARAMETER', { field: 'nValues', reason, limit: `0 … ${short}` })
  }
  const none = new Float64Array(0)
  if (nValues === 0) return assemble(a, { left: [], right: [] }, { s: none, errors: none }, 0, 0, watch)
  const { memory } = kernels()
  const capacity = Math.min(short, Math.max(8 * BLOCK, 3 * nValues + 2 * BLOCK))
  const basis = (a.rows + a.columns) * (capacity + 2 * BLOCK) + (a.gram ? short * nValues : 0)
  const longest = Math.max(a.rows, a.columns)
  // Vectors are recombined with their coefficients beside them; what is left of A on the bases is decomposed by svd.
  memory.require(8 * (basis + capacity * (Math.min(RECOMBINED, longest) + 15 * capacity + 800)))
  return memory.frame(() => {
    const wide = a.rows < a.columns
    const random = new SeededRandom(options.seed)
    const { operator, exponent } = scaledOperator(wide ? transposedOperator(a) : a, random, quiet(watch))
    const tolerance = options.tolerance ?? 2 * Math.sqrt(operator.rows) * ULP
    const search = new Search(operator, nValues, { capacity, tolerance, random, seed: options.seed }, watch)
    const { vectors, ritz } = search.run()
    const [left, right] = wide ? [vectors.right, vectors.left] : [vectors.left, vectors.right]
    return assemble(a, { left, right }, ritz, exponent, search.steps, watch)
  })
}

interface SearchOptions {
  capacity: number
  tolerance: number
  random: SeededRandom
  seed: number
}

type Vectors = Record<'left' | 'right', Float64Array[]>

/** The iteration for an operator with at least as many rows as columns. */
class Search {
  readonly #a: LinearOperator
  readonly #wanted: number
  readonly #options: SearchOptions
  readonly #watch: Watch
  readonly #space: BlockBidiagonalization
  #gram: LinearOperator['gram']
  steps = 0

  constructor(a: LinearOperator, wanted: number, options: SearchOptions, watch: Watch) {
    this.#a = a
    this.#wanted = wanted
    this.#options = options
    this.#watch = forward(watch)
    this.#gram = a.gram
    const { capacity, random } = options
    const block = Math.min(capacity, BLOCK, Math.max(8, 4 * Math.ceil((wanted + BEYOND) / 4)))
    this.#space = new BlockBidiagonalization(a, { capacity, block, widest: a.gram ? wanted : block, random }, watch)
  }

  run(): { vectors: Vectors; ritz: RitzTriplets } {
    for (;;) {
      const ritz = this.#converge()
      this.#space.restart(ritz, this.#wanted)
      const vectors = this.#space.vectors(this.#wanted)
      if (this.#wanted <= BLOCK || this.#isComplete(ritz)) return { vectors, ritz }
    }
  }

  #step(): void {
    if (++this.steps > STEP_LIMIT) throw new EigendeskError('NO_CONVERGENCE', { value: STEP_LIMIT, reason: 'steps' })
    this.#watch.checkpoint()
    this.#space.extend()
  }

  /** Steps until the wanted triplets have converged. */
  #converge(): RitzTriplets {
    let before = Infinity
    for (;;) {
      this.#step()
      const space = this.#space
      if (space.size < this.#wanted) continue
      const ritz = space.ritz()
      const largest = Math.max(...ritz.errors.subarray(0, this.#wanted))
      const target = this.#options.tolerance * ritz.s[0]!
      if (largest <= target) return ritz
      this.#watch.progress(Math.max(0, Math.log(largest / ritz.s[0]!) / Math.log(this.#options.tolerance)))
      if (this.#gram && this.#isFasterByGram(before, largest, target)) this.#startFromGram(this.#gram)
      else if (!space.hasRoom) this.#restart(ritz)
      before = largest
    }
  }

  #restart(ritz: RitzTriplets): void {
    const { capacity } = this.#options
    const keep = this.#wanted + Math.ceil((capacity - this.#wanted) / 3)
    this.#space.restart(ritz, Math.min(keep, Math.max(this.#wanted, capacity - 2 * BLOCK)))
  }

  /** Whether the steps that the last one lets expect cost more than forming AᵀA, n columns: n/(4·block) times a step. */
  #isFasterByGram(before: number, now: number, target: number): boolean {
    const n = this.#a.columns
    // Besides AᵀA, eighTop may take all of the eigenvectors, for which eigh asks for 3.6 n² doubles.
    if (before === Infinity || kernels().memory.free < 8 * n * (4.6 * n + 300) + 80_000) return false
    const rate = Math.log(before / now)
    const left = rate > 0 ? Math.log(now / target) / rate : Infinity
    return left > n / (4 * BLOCK) + GRAM_EXTRA
  }

  /** Begins anew from the eigenvectors of AᵀA: their errors are those of AᵀA, ulp·σ₁²/σ. */
  #startFromGram(gram: NonNullable<LinearOperator['gram']>): void {
    this.#gram = undefined
    const n = this.#a.columns
    const { memory, run } = kernels()
    const rows = memory.frame(() => {
      const c = memory.zeros(n * n)
      const inner = quiet(this.#watch)
      gram(panelOf(c, n, n), inner)
      const { v } = eighTop({ rows: n, columns: n, data: c }, this.#wanted, { seed: this.#options.seed }, inner)
      const turned = memory.allocate(v.data.length)
      run.transposeInto(n, this.#wanted, memory.place(v.data).byteOffset, this.#wanted, turned.byteOffset, n)
      return turned.slice()
    })
    this.#space.begin(rows, this.#wanted)
  }

  /** Whether steps from a random block find no value above the smallest of those that have converged. */
  #isComplete({ s }: RitzTriplets): boolean {
    this.#space.renew()
    for (let step = 0; step < SEARCH_STEPS && this.#space.hasRoom; step++) this.#step()
    const found = this.#space.ritz()
    return found.s[this.#wanted - 1]! <= s[this.#wanted - 1]! + this.#options.tolerance * s[0]!
  }
}

function assemble(
  a: LinearOperator,
  { left, right }: Vectors,
  ritz: { s: Float64Array; errors: Float64Array },
  exponent: number,
  iterations: number,
  watch: Watch
): KrylovSvd {
  const count = right.length
  const u = createMatrix(a.rows, count)
  const vt = createMatrix(count, a.columns)
  right.forEach((vector, k) => {
    watch.checkpoint()
    const sign = signOf(vector)
    for (let j = 0; j < a.columns; j++) vt.data[k * a.columns + j] = sign * vector[j]! + 0
    watch.checkpoint()
    for (let i = 0; i < a.rows; i++) u.data[i * count + k] = sign * left[k]![i]! + 0
  })
  const scaledBack = (values: Float64Array) => values.slice(0, count).map((value) => timesPowerOfTwo(value, exponent))
  const s = scaledBack(ritz.s)
  if (!s.every(Number.isFinite)) throw new EigendeskError('OUT_OF_RANGE')
  return { u, s, vt, residuals: scaledBack(ritz.errors), iterations }
}
