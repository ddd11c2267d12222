import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { ROWS_TASKS, systemLength, systemStride } from './kernels/rows-kernels.ts'
import { inPieces, takeIn } from './passes.ts'
import { cutRows, type RowRound } from './row-rounds.ts'
import type { Watch } from './watch.ts'

/** Many small symmetric positive definite systems, one a row of a sparse matrix: row r, with the entries t in
 * offsets[r] … offsets[r + 1] − 1 and qₜ = other[columns[t]], has
 * Aᵣ = base + Σₜ wₜ·qₜ·qₜᵀ + ridgeᵣ·I and bᵣ = prior + Σₜ (targetₜ − shift[columns[t]])·qₜ. */
export interface NormalRows {
  nRows: number
  /** nRows + 1: compressed sparse rows */
  offsets: Int32Array
  /** row of `other`, one an entry */
  columns: Int32Array
  /** w of each entry; null: `weight` for all */
  weights: Float64Array | null
  weight: number
  /** one an entry */
  targets: Float64Array
  /** one a row of `other`, subtracted from the target of its entries; null or left out: nothing */
  shift?: Float64Array | null
  /** nColumns × size, row-major: the side held fixed */
  other: Float64Array
  size: number
  /** size × size, symmetric, added to the matrix of each row; null: nothing */
  base: Float64Array | null
  /** size, added to each right side; null: nothing */
  prior: Float64Array | null
  /** nRows */
  ridge: Float64Array
  /** ridge of the last coordinate of every row: of a bias, whose partner in `other` is 1; null: that of the row */
  lastRidge: number | null
  /** nRows × size standard normal numbers z: L⁻ᵀ·z is added, L·Lᵀ = Aᵣ, which makes of the solution a draw from
   * N(Aᵣ⁻¹·bᵣ, Aᵣ⁻¹); null: nothing is drawn */
  noise: Float64Array | null
}

/** Bytes of gathered rows that lie in a first-level cache beside the tiles of a system. */
const GATHERED_BYTES = 24_576

/** Solves Aᵣ·p = bᵣ for each row, in the team of threads. A row without entries is zero where there is neither base nor prior
 * nor noise.
 * @param own nRows × size, row-major, overwritten
 * @throws NOT_POSITIVE_DEFINITE naming the pivot, counted from 1 | OUT_OF_MEMORY
 * Cost: size²/2 multiplications an entry and size³/6 a row; beside `other` the entries of one round (row-rounds.ts).
 * The same bits for every number of threads. Source: of the elimination Golub & Van Loan, Matrix Computations, §4.2. */
export function solveNormalRows(rows: NormalRows, own: Float64Array, watch: Watch): void {
  const { memory, threads } = kernels()
  const { nRows, size, other, noise } = rows
  const stride = systemStride(size)
  const width = Math.ceil(size / 2) * 2
  const block = Math.max(16, Math.floor(GATHERED_BYTES / (8 * stride)))
  memory.frame(() => {
    const wide = widenRows(other, size, width, watch)
    const base = rows.base || rows.prior ? baseSystem(rows.base, rows.prior, size, stride) : null
    const shift = rows.shift ? memory.copy(rows.shift) : null
    const workLength = systemLength(size) + 2 * block * stride
    const work = memory.allocate(threads * workLength)
    for (const round of cutRows(rows.offsets, size)) {
      watch.checkpoint()
      memory.frame(() => {
        const { firstRow, nRows: count } = round
        const found = memory.allocate(count * size)
        const failures = memory.allocateIntegers(round.tasks.length / 2).fill(0)
        const place = (array: Float64Array | null, from: number, end: number): number =>
          array ? memory.copy(array.subarray(from, end)).byteOffset : 0
        const [from, end] = [rows.offsets[firstRow]!, rows.offsets[firstRow + count]!]
        const args = [
          copyIntegers(rows.offsets.subarray(firstRow, firstRow + count + 1).map((offset) => offset - from)),
          copyIntegers(rows.columns.subarray(from, end)),
          place(rows.weights, from, end),
          rows.weight,
          place(rows.targets, from, end),
          shift ? shift.byteOffset : 0,
          wide.byteOffset,
          size,
          width,
          stride,
          base ? base.byteOffset : 0,
          place(rows.ridge, firstRow, firstRow + count),
          rows.lastRidge ?? NaN,
          place(noise, firstRow * size, (firstRow + count) * size),
          found.byteOffset,
          0,
          failures.byteOffset,
          work.byteOffset,
          8 * workLength,
          block,
          memory.allocate((round.ranges.length / 2) * systemLength(size)).byteOffset,
          copyIntegers(round.parts)
        ]
        const share = (kernel: number, ranges: Int32Array): void => {
          args[RANGES] = copyIntegers(ranges)
          kernels().share(kernel, args, ranges.length / 2, watch)
        }
        if (round.ranges.length > 0) share(ROWS_TASKS.sumParts, round.ranges)
        share(ROWS_TASKS.solveRows, round.tasks)
        requireDefinite(round, failures)
        own.set(found, firstRow * size)
        watch.progress((firstRow + count) / nRows)
      })
    }
    if (nRows === 0) watch.progress(1)
  })
}

/** Place of the ranges among the arguments. */
const RANGES = 15

/** A copy in the memory of the kernels, rows of `width` doubles filled up with zeros. */
function widenRows(data: Float64Array, size: number, width: number, watch: Watch): Float64Array {
  if (width === size) return takeIn(data, watch)
  const count = data.length / size
  const wide = kernels().memory.allocate(count * width)
  inPieces(count, width, watch, (from, to) => {
    wide.fill(0, from * width, to * width)
    for (let row = from, at = from * size; row < to; row++) {
      for (let a = row * width; a < row * width + size; a++) wide[a] = data[at++]!
    }
  })
  return wide
}

function copyIntegers(array: Int32Array): number {
  const copy = kernels().memory.allocateIntegers(array.length)
  copy.set(array)
  return copy.byteOffset
}

/** What every system begins with: the base, and the prior as the column behind it. */
function baseSystem(base: Float64Array | null, prior: Float64Array | null, size: number, stride: number): Float64Array {
  const system = kernels().memory.zeros(systemLength(size))
  for (let a = 0; a < size; a++) {
    if (base) system.set(base.subarray(a * size, (a + 1) * size), a * stride)
    system[a * stride + size] = prior ? prior[a]! : 0
  }
  return system
}

/** @throws NOT_POSITIVE_DEFINITE of the first row that failed */
function requireDefinite({ tasks }: RowRound, failures: Int32Array): void {
  let first = -1
  failures.forEach((pivot, task) => {
    if (pivot > 0 && (first < 0 || tasks[2 * task]! < tasks[2 * first]!)) first = task
  })
  if (first >= 0) throw new EigendeskError('NOT_POSITIVE_DEFINITE', { value: failures[first]! })
}
