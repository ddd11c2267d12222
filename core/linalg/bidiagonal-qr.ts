import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import type { Panel } from './panel.ts'
import { PlaneRotation } from './plane-rotation.ts'
import type { Watch } from './watch.ts'

const EPSILON = Number.EPSILON / 2
/** Relative size at which a coupling is dropped: the least that rounding errors let every coupling reach. The hundredfold
 * that Demmel & Kahan allow shows in the residual of small matrices. */
const TOLERANCE = 10 * EPSILON
/** A shift would cost relative accuracy where the least value is smaller than the largest by this factor over n. */
const LEAST_SHIFTED = 0.01
const SMALLEST = 2 ** -1022
/** LAPACK too gives up at 6n² rotations of each kind; small matrices are given some more. */
const ROTATIONS_PER_SQUARE = 6
const MORE_ROTATIONS = 200

/** D = U·Σ·Vᵀ for the upper bidiagonal D with diagonal d and couplings e, by the implicit QR iteration, with shift 0
 * where a shift would cost relative accuracy: every value, however small, keeps nearly all its digits.
 * @param d n; becomes the singular values, ≥ 0, in no particular order
 * @param e n − 1; destroyed
 * @param u null, or n rows in the memory of the kernels: becomes Uᵀ·u
 * @param v null, or n rows: becomes Vᵀ·v
 * @throws NO_CONVERGENCE
 * Cost: about 12n² flops, and 12n²·c for rows of length c.
 * Source: Demmel & Kahan, "Accurate singular values of bidiagonal matrices", SIAM J. Sci. Stat. Comput. 11 (1990). */
export function bidiagonalQr(
  d: Float64Array,
  e: Float64Array,
  n: number,
  u: Panel | null,
  v: Panel | null,
  watch: Watch
): void {
  kernels().memory.frame(() => new Iteration(d, e, n, u, v, watch).run())
}

/** A sweep goes down (step 1) from the first row of a block, or up (step −1) from its last: going up is going down in
 * the matrix turned about its other diagonal, which exchanges left and right. */
class Iteration {
  readonly #d: Float64Array
  readonly #e: Float64Array
  readonly #n: number
  readonly #u: Panel | null
  readonly #v: Panel | null
  readonly #watch: Watch
  readonly #rotation = new PlaneRotation()
  /** cosine and sine of each rotation of a sweep: those of the side the sweep starts with, those of the other */
  readonly #near: Float64Array
  readonly #far: Float64Array

  constructor(d: Float64Array, e: Float64Array, n: number, u: Panel | null, v: Panel | null, watch: Watch) {
    this.#d = d
    this.#e = e
    this.#n = n
    this.#u = u
    this.#v = v
    this.#watch = watch
    this.#near = kernels().memory.allocate(2 * n)
    this.#far = kernels().memory.allocate(2 * n)
  }

  run(): void {
    const d = this.#d
    const e = this.#e
    const n = this.#n
    const threshold = Math.max(TOLERANCE * this.#smallestBound(), ROTATIONS_PER_SQUARE * n * n * SMALLEST)
    const limit = ROTATIONS_PER_SQUARE * n * n + MORE_ROTATIONS
    let rotations = 0
    let [oldFirst, oldLast, step] = [-1, -1, 1]
    let last = n - 1
    while (last > 0) {
      if (rotations > limit) throw new EigendeskError('NO_CONVERGENCE', { value: 6 * n })
      // The block first … last has no coupling of 0 in it.
      let first = last
      while (first > 0 && Math.abs(e[first - 1]!) > threshold) first--
      if (first > 0) e[first - 1] = 0
      if (first === last) {
        last--
        continue
      }
      if (first > oldLast || last < oldFirst) step = Math.abs(d[first]!) >= Math.abs(d[last]!) ? 1 : -1
      const start = step === 1 ? first : last
      const count = last - first
      oldFirst = first
      oldLast = last
      const bound = this.#dropCouplings(start, count, step)
      if (bound < 0) continue
      this.#sweep(start, count, step, this.#shift(start, count, step, bound), threshold)
      rotations += count
      this.#turn(start, count, step)
      this.#watch.checkpoint()
    }
    for (let i = 0; i < n; i++) {
      if (d[i]! >= 0) continue
      d[i] = -d[i]!
      const v = this.#v
      if (v !== null) kernels().run.scale(v.columns, -1, v.at + 8 * i * v.rowStride)
    }
  }

  /** A lower bound for the smallest singular value, of the right order of magnitude. Demmel & Kahan, §2 and §4. */
  #smallestBound(): number {
    const d = this.#d
    let [reach, least] = [Math.abs(d[0]!), Math.abs(d[0]!)]
    for (let i = 1; i < this.#n && least > 0; i++) {
      reach = Math.abs(d[i]!) * (reach / (reach + Math.abs(this.#e[i - 1]!)))
      least = Math.min(least, reach)
    }
    return least / Math.sqrt(this.#n)
  }

  /** Index in e of the coupling between the entries p and p + 1 of the diagonal, counted from start along step. */
  #coupling(start: number, step: number, p: number): number {
    return step === 1 ? start + p : start - p - 1
  }

  /** Drops a coupling of the block that is negligible beside what it couples, and returns −1; else a lower bound for the
   * block's smallest singular value. */
  #dropCouplings(start: number, count: number, step: number): number {
    const d = this.#d
    const e = this.#e
    const end = this.#coupling(start, step, count - 1)
    if (Math.abs(e[end]!) <= TOLERANCE * Math.abs(d[start + step * count]!)) {
      e[end] = 0
      return -1
    }
    let reach = Math.abs(d[start]!)
    let least = reach
    for (let p = 0; p < count; p++) {
      const at = this.#coupling(start, step, p)
      if (Math.abs(e[at]!) <= TOLERANCE * reach) {
        e[at] = 0
        return -1
      }
      reach = Math.abs(d[start + step * (p + 1)]!) * (reach / (reach + Math.abs(e[at]!)))
      least = Math.min(least, reach)
    }
    return least
  }

  /** The smaller singular value of the 2 × 2 block at the end; 0 where it would cost relative accuracy. */
  #shift(start: number, count: number, step: number, bound: number): number {
    const d = this.#d
    let largest = 0
    for (let p = 0; p <= count; p++) largest = Math.max(largest, Math.abs(d[start + step * p]!))
    for (let p = 0; p < count; p++) largest = Math.max(largest, Math.abs(this.#e[this.#coupling(start, step, p)]!))
    if (this.#n * (bound / largest) <= LEAST_SHIFTED) return 0
    const end = start + step * count
    const shift = smallerOf(d[end - step]!, this.#e[this.#coupling(start, step, count - 1)]!, d[end]!)
    const ratio = shift / Math.abs(d[start]!)
    return ratio * ratio < EPSILON ? 0 : shift
  }

  #sweep(start: number, count: number, step: number, shift: number, threshold: number): void {
    const e = this.#e
    if (shift === 0) this.#sweepUnshifted(start, count, step)
    else this.#sweepShifted(start, count, step, shift)
    const end = this.#coupling(start, step, count - 1)
    if (Math.abs(e[end]!) <= threshold) e[end] = 0
  }

  #sweepUnshifted(start: number, count: number, step: number): void {
    const d = this.#d
    const e = this.#e
    const rotation = this.#rotation
    let [cosine, oldCosine, oldSine] = [1, 1, 0]
    for (let p = 0; p < count; p++) {
      const i = start + step * p
      const length = rotation.annihilate(d[i]! * cosine, e[this.#coupling(start, step, p)]!)
      cosine = rotation.cosine
      const sine = rotation.sine
      this.#note(this.#near, p)
      if (p > 0) e[this.#coupling(start, step, p - 1)] = oldSine * length
      d[i] = rotation.annihilate(oldCosine * length, d[i + step]! * sine)
      oldCosine = rotation.cosine
      oldSine = rotation.sine
      this.#note(this.#far, p)
    }
    const end = start + step * count
    const product = d[end]! * cosine
    d[end] = product * oldCosine
    e[this.#coupling(start, step, count - 1)] = product * oldSine
  }

  #sweepShifted(start: number, count: number, step: number, shift: number): void {
    const d = this.#d
    const e = this.#e
    const rotation = this.#rotation
    const first = d[start]!
    let f = (Math.abs(first) - shift) * ((first < 0 ? -1 : 1) + shift / first)
    let g = e[this.#coupling(start, step, 0)]!
    for (let p = 0; p < count; p++) {
      const i = start + step * p
      const at = this.#coupling(start, step, p)
      const length = rotation.annihilate(f, g)
      this.#note(this.#near, p)
      if (p > 0) e[this.#coupling(start, step, p - 1)] = length
      f = rotation.cosine * d[i]! + rotation.sine * e[at]!
      e[at] = rotation.cosine * e[at]! - rotation.sine * d[i]!
      g = rotation.sine * d[i + step]!
      d[i + step]! *= rotation.cosine
      d[i] = rotation.annihilate(f, g)
      this.#note(this.#far, p)
      f = rotation.cosine * e[at] + rotation.sine * d[i + step]!
      d[i + step] = rotation.cosine * d[i + step]! - rotation.sine * e[at]
      if (p < count - 1) {
        const next = this.#coupling(start, step, p + 1)
        g = rotation.sine * e[next]!
        e[next]! *= rotation.cosine
      }
    }
    e[this.#coupling(start, step, count - 1)] = f
  }

  #note(turns: Float64Array, p: number): void {
    turns[2 * p] = this.#rotation.cosine
    turns[2 * p + 1] = this.#rotation.sine
  }

  /** The rotations of a sweep, on the rows of the vectors. */
  #turn(start: number, count: number, step: number): void {
    const { run } = kernels()
    const right = step === 1 ? this.#near : this.#far
    const left = step === 1 ? this.#far : this.#near
    for (const [rows, turns] of [[this.#v, right] as const, [this.#u, left] as const]) {
      if (rows === null) continue
      const at = rows.at + 8 * start * rows.rowStride
      run.rotateRows(count, rows.columns, turns.byteOffset, at, step * rows.rowStride)
    }
  }
}

/** The smaller singular value of [[f, g], [0, h]], to nearly full relative accuracy. Demmel & Kahan, §5. */
function smallerOf(f: number, g: number, h: number): number {
  const small = Math.min(Math.abs(f), Math.abs(h))
  const large = Math.max(Math.abs(f), Math.abs(h))
  const coupling = Math.abs(g)
  if (small === 0) return 0
  const sum = 1 + small / large
  const difference = (large - small) / large
  if (coupling < large) {
    const square = (coupling / large) ** 2
    return (small * 2) / (Math.sqrt(sum * sum + square) + Math.sqrt(difference * difference + square))
  }
  const ratio = large / coupling
  if (ratio === 0) return (small * large) / coupling
  return (2 * small * ratio) / (Math.sqrt(1 + (sum * ratio) ** 2) + Math.sqrt(1 + (difference * ratio) ** 2))
}
