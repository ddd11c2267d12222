import { EigendeskError } from '../contract/errors.ts'
import { gramOf, orthonormalizeColumns } from './cholesky-qr.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { clearBlock, transposedOperator, type LinearOperator } from './operator.ts'
import { multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import { inPieces, takeOut, transposeEntries } from './passes.ts'
import { timesPowerOfTwo } from './power-of-two.ts'
import { SeededRandom } from './random.ts'
import { scaledOperator } from './scaled-operator.ts'
import { signOf } from './sign-rule.ts'
import { singularValues } from './singular-values.ts'
import { svd } from './svd.ts'
import { quiet, unwatched, type Watch } from './watch.ts'

export interface RandomizedSvdOptions {
  /** of the random block; the same seed gives the same bits */
  readonly seed: number
  /** columns of the block beyond the wanted ones, 10 where left out; the block is rounded up to a multiple of 4 */
  readonly oversamples?: number
  /** times that AᵀA is applied before the space is taken, 5 where left out */
  readonly powerIterations?: number
}

export interface TruncatedSvd {
  /** m × nValues, orthonormal columns */
  u: Matrix
  /** nValues, descending */
  s: Float64Array
  /** nValues × n, orthonormal rows; the entry of largest magnitude of each is positive */
  vt: Matrix
  /** ‖A·vₖ − σₖ·uₖ‖ + ‖Aᵀ·uₖ − σₖ·vₖ‖, of which one is rounding: A has a singular value within 1/√2 of this from σₖ */
  residuals: Float64Array
}

/** Squared condition of A on the block up to which AᵀA is applied without making the block orthonormal on the way. */
const WELL_CONDITIONED = 1e4

/** The nValues largest singular triplets of A, from what A does to a random block: Halko, Martinsson & Tropp, "Finding
 * structure with randomness", SIAM Review 53 (2011), algorithms 4.4 and 5.1. Where the values in the block are alike, which
 * is where the iteration is slow, AᵀA is shifted by half of the least of its squares: Feng, Yu, Xie & Tang, "Algorithm
 * 1043: faster randomized SVD with dynamic shifts", ACM TOMS 50 (2024).
 * @param a m×n, valid in the caller's frame of the memory of the kernels @param nValues 0 … min(m, n)
 * @returns plain arrays; values are never above the true ones by more than rounding
 * @throws INVALID_PARAMETER | NON_FINITE where a product is not | OUT_OF_RANGE | OUT_OF_MEMORY
 * Accuracy: rounding where the values fall off beyond the wanted ones; else the residuals tell, and a value is off by about
 * residual² / (distance to the values outside of the block).
 * Cost: 2·powerIterations + 2 products with l = nValues + oversamples vectors and one with nValues, 8(m + n)l² flops a
 * step; 2.1(m + n)l + l(15l + 800) extra doubles, 6(m + n)l where A·block loses rank, apart from what products take. */
export function randomizedSvd(
  a: LinearOperator,
  nValues: number,
  options: RandomizedSvdOptions,
  watch: Watch = unwatched
): TruncatedSvd {
  const { rows, columns } = a
  const { oversamples = 10, powerIterations = 5 } = options
  requireWhole('nValues', nValues, Math.min(rows, columns))
  requireWhole('oversamples', oversamples, Number.MAX_SAFE_INTEGER)
  requireWhole('powerIterations', powerIterations, Number.MAX_SAFE_INTEGER)
  if (nValues === 0) return emptyOf(rows, columns)
  const width = Math.min(rows, columns, 4 * Math.ceil((nValues + oversamples) / 4))
  const { memory } = kernels()
  memory.require(8 * (2.1 * (rows + columns) + 15 * width + 800) * width)
  return memory.frame(() => {
    const wide = rows < columns
    const random = new SeededRandom(options.seed)
    const { operator, exponent } = scaledOperator(wide ? transposedOperator(a) : a, random, watch)
    const steps = new Steps(2 * powerIterations + 3, watch)
    const blocks: Blocks = {
      short: blockPair(operator.columns, width),
      long: blockPair(operator.rows, width)
    }
    fillNormal(blocks.short.block, random, steps.watch)
    iterate(operator, blocks, powerIterations, steps)
    return collect(operator, blocks, nValues, { exponent, wide }, steps)
  })
}

function requireWhole(field: string, value: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= 0 && value <= most) return
  const limit = most === Number.MAX_SAFE_INTEGER ? 'whole numbers from 0' : `0 … ${most}`
  throw new EigendeskError('INVALID_PARAMETER', { field, reason: `${value} is not allowed`, limit })
}

const emptyOf = (rows: number, columns: number): TruncatedSvd => ({
  u: createMatrix(rows, 0),
  s: new Float64Array(0),
  vt: createMatrix(0, columns),
  residuals: new Float64Array(0)
})

/** A block of vectors and room for another. */
interface BlockPair {
  block: Panel
  free: Panel
}

interface Blocks {
  /** vectors as long as A has columns */
  short: BlockPair
  /** vectors as long as A has rows */
  long: BlockPair
}

function blockPair(length: number, width: number): BlockPair {
  const { memory } = kernels()
  const [block, free] = [memory.allocate(length * width), memory.allocate(length * width)]
  return { block: panelOf(block, length, width), free: panelOf(free, length, width) }
}

/** The entries of a row-major block without gaps. */
function entriesOf({ at, rows, columns }: Panel): Float64Array {
  return new Float64Array(kernels().memory.memory.buffer, at, rows * columns)
}

/** What a number drawn takes, in doubles moved. */
const DRAWN = 4

function fillNormal(block: Panel, random: SeededRandom, watch: Watch): void {
  const entries = entriesOf(block)
  inPieces(entries.length, DRAWN, watch, (from, to) => {
    for (let at = from; at < to; at++) entries[at] = random.normal()
  })
}

/** Counts products, which is where the time goes. */
class Steps {
  readonly watch: Watch
  readonly #report: Watch['progress']
  readonly #wanted: number
  #done = 0

  constructor(wanted: number, watch: Watch) {
    this.#wanted = wanted
    this.#report = watch.progress
    this.watch = quiet(watch)
  }

  /** to = product of from, looked at before and after */
  run(product: LinearOperator['multiply'], from: Panel, to: Panel): void {
    this.watch.checkpoint()
    product(from, to, this.watch)
    this.#report(++this.#done / this.#wanted)
  }
}

/** Makes the columns of the first block orthonormal; returns R. */
function orthonormalize(pair: BlockPair, watch: Watch): Float64Array<ArrayBuffer> {
  const { q, free, r } = orthonormalizeColumns(pair.block, pair.free, watch)
  pair.block = q
  pair.free = free
  return r
}

/** Subspace iteration: the short block comes to span the leading right singular vectors. */
function iterate(a: LinearOperator, { short, long }: Blocks, powerIterations: number, steps: Steps): void {
  const { run } = kernels()
  orthonormalize(short, steps.watch)
  for (let step = 0; step < powerIterations; step++) {
    steps.run(a.multiply, short.block, long.block)
    const { least, wellConditioned } = squaresOf(long.block, steps.watch)
    if (!wellConditioned) orthonormalize(long, steps.watch)
    steps.run(a.multiplyTransposed, long.block, short.free)
    if (wellConditioned) {
      inPieces(a.columns * short.block.columns, 1, steps.watch, (from, to) =>
        run.axpy(to - from, -least / 2, short.block.at + 8 * from, short.free.at + 8 * from)
      )
    }
    ;[short.block, short.free] = [short.free, short.block]
    orthonormalize(short, steps.watch)
  }
}

/** The least squared singular value of a block: no more than the square of A's value of that number. */
function squaresOf(block: Panel, watch: Watch): { least: number; wellConditioned: boolean } {
  const gram = gramOf(block, watch)
  const n = block.columns
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) gram[i * n + j] = gram[j * n + i]!
  const squares = singularValues(createMatrix(n, n, gram))
  const least = squares[n - 1]!
  return { least, wellConditioned: least * WELL_CONDITIONED > squares[0]! }
}

/** Singular triplets of A on the space of the short block. With A·block = Q·R and Aᵀ·Q = P·T, Q·Qᵀ·A is Q·Tᵀ·Pᵀ, and the
 * decomposition of T, which is small, is all that remains. */
function collect(
  a: LinearOperator,
  { short, long }: Blocks,
  nValues: number,
  { exponent, wide }: { exponent: number; wide: boolean },
  steps: Steps
): TruncatedSvd {
  const { memory } = kernels()
  const { watch } = steps
  const width = short.block.columns
  steps.run(a.multiply, short.block, long.block)
  orthonormalize(long, watch)
  steps.run(a.multiplyTransposed, long.block, short.block)
  const small = svd(createMatrix(width, width, orthonormalize(short, watch)), {}, watch)

  // Four columns at a time are multiplied fastest: a few triplets more than wanted are carried to the end.
  const kept = Math.min(width, 4 * Math.ceil(nValues / 4))
  const left = { ...long.free, columns: kept, rowStride: kept }
  const right = { ...short.free, columns: kept, rowStride: kept }
  const turnRight = panelOf(memory.copy(small.u.data), width, kept, width)
  const turnLeft = transposed(panelOf(memory.copy(small.vt.data), kept, width))
  clearBlock(left, watch)
  clearBlock(right, watch)
  multiplyInto(left, 1, long.block, turnLeft, watch)
  multiplyInto(right, 1, short.block, turnRight, watch)

  const product = { ...long.block, columns: kept, rowStride: kept }
  steps.run(a.multiply, right, product)
  const [errorEntries, leftEntries] = [entriesOf(product), entriesOf(left)]
  inPieces(product.rows, kept, watch, (from, to) => {
    for (let at = from * kept; at < to * kept; at++) errorEntries[at]! -= small.s[at % kept]! * leftEntries[at]!
  })
  const errors = gramOf(product, watch)

  const scaled = (of: (k: number) => number): Float64Array =>
    Float64Array.from({ length: nValues }, (_, k) => timesPowerOfTwo(of(k), exponent))
  const s = scaled((k) => small.s[k]!)
  if (!s.every(Number.isFinite)) throw new EigendeskError('OUT_OF_RANGE')
  const residuals = scaled((k) => Math.sqrt(errors[k * kept + k]!))
  const room = wide ? long.block : short.block
  return { ...vectorsOf(wide ? right : left, wide ? left : right, nValues, room, watch), s, residuals }
}

/** Plain arrays of the first vectors, with the signs of the convention. @param room at least as large as right */
function vectorsOf(left: Panel, right: Panel, count: number, room: Panel, watch: Watch): { u: Matrix; vt: Matrix } {
  const { rows, rowStride } = right
  transposeEntries(rows, count, right.at, rowStride, room.at, rows, watch)
  const turned = entriesOf({ ...room, rows: count, columns: rows })
  const signs = Array.from({ length: count }, (_, k) => {
    watch.checkpoint()
    const row = turned.subarray(k * rows, (k + 1) * rows)
    const sign = signOf(row)
    kernels().run.scale(rows, sign, row.byteOffset)
    return sign
  })
  const vt = createMatrix(count, rows, takeOut(turned, watch))
  const u = createMatrix(left.rows, count)
  const entries = entriesOf(left)
  inPieces(left.rows, count, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      // No zero has a sign.
      for (let k = 0; k < count; k++) u.data[i * count + k] = signs[k]! * entries[i * left.columns + k]! + 0
    }
  })
  return { u, vt }
}
