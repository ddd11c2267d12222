import { gemm } from '../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import { inPieces, ordinaryArray } from '../linalg/passes.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import { shrunkAxes } from './shrunk-axes.ts'

/** missMDA's own: the loss of the observed cells settles to this share, after at least five rounds. */
const THRESHOLD = 1e-6
const FEWEST_ROUNDS = 5
const MOST_ROUNDS = 1000
/** As many components as cross-validation looks at. */
const COMPONENTS_TRIED = 5

export interface Completed {
  /** n × p, row-major: observed cells as they were, the others filled in */
  data: Float64Array
  /** n × p: what the components say of every cell */
  fitted: Float64Array
  rounds: number
  /** false where it stopped at MOST_ROUNDS */
  converged: boolean
}

/** Fills the missing cells of a table by regularized iterative PCA: cells are filled with what the first components say of
 * them, and components are computed again, until neither moves. Components are shrunk by the noise that is left, so that a
 * table with many missing cells is not overfitted.
 * @param x n × p, row-major, NaN where missing; not modified; every column has a value
 * @param nComponents 0 (column means) to min(n − 2, p − 1)
 * @param scale columns are given unit variance (divisor n) in every round, so that they count the same
 * @throws what eigh throws
 * Deterministic: it begins with the column means. Cost: each round n·p·min(n, p) flops and an eigendecomposition.
 * Source: Josse & Husson, "missMDA: A Package for Handling Missing Values in Multivariate Data Analysis", Journal of
 * Statistical Software 70(1), 2016, section 2.2; Verbanck, Josse & Husson, Statistics and Computing 25 (2015) 471. */
export function completeByPca(x: Matrix, nComponents: number, scale: boolean, watch: Watch): Completed {
  const { rows: n, columns: p } = x
  const missing = missingOf(x, watch)
  const state = { hat: x.data.slice(), mean: new Float64Array(p), unit: new Float64Array(p).fill(1) }
  standardize(state, n, p, scale, missing, watch)
  let fitted: Float64Array = ordinaryArray(n * p)
  let rounds = 0
  let converged = nComponents === 0
  for (let before = Infinity; !converged && rounds < MOST_ROUNDS;) {
    fill(state.hat, fitted, missing)
    unstandardize(state, n, p, watch)
    standardize(state, n, p, scale, null, watch)
    fitted = fitComponents(createMatrix(n, p, state.hat), nComponents, watch)
    const loss = lossOf(state.hat, fitted, missing, n, watch)
    rounds++
    const settled = Math.abs(1 - loss / before) < THRESHOLD || loss < THRESHOLD
    converged = settled && rounds >= FEWEST_ROUNDS
    before = loss
  }
  unstandardize(state, n, p, watch)
  const filled = x.data.slice()
  for (const at of missing) filled[at] = state.hat[at]!
  const whole = { ...state, hat: fitted }
  unstandardize(whole, n, p, watch)
  return { data: filled, fitted: whole.hat, rounds, converged }
}

/** How many components to fill with: the first number after which the generalized cross-validation error grows.
 * @returns 0 where the means of the columns do as well
 * Source: Josse & Husson, "Selecting the number of components in PCA using cross-validation approximations",
 * Computational Statistics & Data Analysis 56 (2012) 1869. */
export function chooseComponents(x: Matrix, scale: boolean, watch: Watch): number {
  const { rows: n, columns: p } = x
  const most = Math.min(COMPONENTS_TRIED, n - 2, p - 1)
  const missing = missingOf(x, watch).length
  let before = Infinity
  for (let q = 0; q <= most; q++) {
    const { fitted } = completeByPca(x, q, scale, watch)
    let squares = 0
    for (let at = 0; at < fitted.length; at++) {
      if (!Number.isNaN(x.data[at])) squares += (x.data[at]! - fitted[at]!) ** 2
    }
    const freedom = q === 0 ? 1 : (n * p - missing) / ((n - 1) * p - missing - q * (n + p - q - 1))
    // With more parameters than observed cells there is no error to compare.
    if (freedom <= 0 || !Number.isFinite(freedom)) return q - 1
    const error = (squares * freedom * freedom) / (n * p - missing)
    if (error > before) return q - 1
    before = error
  }
  return most
}

interface State {
  hat: Float64Array
  mean: Float64Array
  unit: Float64Array
}

/** Places of the missing cells, ascending. */
function missingOf({ data }: Matrix, watch: Watch): Uint32Array {
  let count = 0
  const places = new Uint32Array(data.length)
  inPieces(data.length, 1, watch, (from, to) => {
    for (let at = from; at < to; at++) if (Number.isNaN(data[at])) places[count++] = at
  })
  return places.slice(0, count)
}

function fill(hat: Float64Array, fitted: Float64Array, missing: Uint32Array): void {
  for (const at of missing) hat[at] = fitted[at]!
}

/** Centres every column and, where wanted, divides it by its standard deviation (divisor n), in place. A constant column keeps
 * the unit 1.
 * @param missing cells that do not count yet and become 0 */
function standardize(
  state: State,
  n: number,
  p: number,
  scale: boolean,
  missing: Uint32Array | null,
  watch: Watch
): void {
  const { hat, mean, unit } = state
  const counts = new Float64Array(p).fill(n)
  const skipped = missing && new Uint8Array(hat.length)
  for (const at of missing ?? []) {
    counts[at % p]!--
    skipped![at] = 1
    hat[at] = 0
  }
  mean.fill(0)
  const each = (take: (at: number, j: number) => void): void =>
    inPieces(n, p, watch, (from, to) => {
      for (let at = from * p, j = 0; at < to * p; at++, j = j + 1 === p ? 0 : j + 1) {
        if (skipped?.[at] !== 1) take(at, j)
      }
    })
  each((at, j) => (mean[j]! += hat[at]! / counts[j]!))
  const squares = new Float64Array(p)
  each((at, j) => {
    hat[at]! -= mean[j]!
    squares[j]! += (hat[at]! * hat[at]!) / counts[j]!
  })
  if (!scale) return
  squares.forEach((square, j) => (unit[j] = square > 0 ? Math.sqrt(square) : 1))
  each((at, j) => (hat[at]! /= unit[j]!))
}

function unstandardize({ hat, mean, unit }: State, n: number, p: number, watch: Watch): void {
  inPieces(n, p, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = 0, at = i * p; j < p; j++, at++) hat[at] = hat[at]! * unit[j]! + mean[j]!
    }
  })
}

/** What the first components, shrunk by the noise variance, say of every cell. With λ and V of XᵀX / n (of the rows where
 * these are fewer), that is X · V · diag((λ − σ²) / λ) · Vᵀ. */
function fitComponents(x: Matrix, nComponents: number, watch: Watch): Float64Array {
  const inner = quiet(watch)
  const { byColumns, kept, vectors, shares } = shrunkAxes(x, nComponents, watch)
  const axes = createMatrix(byColumns ? x.columns : x.rows, kept, vectors)
  const shrunk = ordinaryArray(vectors.length)
  for (let at = 0; at < shrunk.length; at++) shrunk[at] = vectors[at]! * shares[at % kept]!
  const weighted = createMatrix(axes.rows, kept, shrunk)
  if (byColumns) return gemm(gemm(x, axes, {}, inner), weighted, { transposeB: true }, inner).data
  return gemm(weighted, gemm(axes, x, { transposeA: true }, inner), {}, inner).data
}

/** Sum of squares of what the components leave of the observed cells, divided by n. */
function lossOf(hat: Float64Array, fitted: Float64Array, missing: Uint32Array, n: number, watch: Watch): number {
  let sum = 0
  let next = 0
  inPieces(hat.length, 1, watch, (from, to) => {
    for (let at = from; at < to; at++) {
      if (at === missing[next]) next++
      else sum += (hat[at]! - fitted[at]!) ** 2
    }
  })
  return sum / n
}
