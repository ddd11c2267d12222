import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { layOut, ROWS_TASKS, type Precision, type SystemLayout } from './kernels/rows-kernels.ts'
import { inPieces } from './passes.ts'
import { cutRows, type RowRound } from './row-rounds.ts'
import type { Watch } from './watch.ts'

/** Many small symmetric positive definite systems, one a row of a sparse matrix: row r, with the entries t in
 * offsets[r] … offsets[r + 1] − 1 and qₜ = other[columns[t]], has
 * Aᵣ = base + Σₜ wₜ·qₜ·qₜᵀ + ridgeᵣ·I and bᵣ = prior + rightsᵣ + Σₜ (targetₜ − shift[columns[t]])·qₜ. */
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
  /** nRows × size, added to the right side of each row; null or left out: nothing */
  rights?: Float64Array | null
  /** nRows */
  ridge: Float64Array
  /** ridge of the last coordinate of every row: of a bias, whose partner in `other` is 1; null: that of the row */
  lastRidge: number | null
  /** nRows × size standard normal numbers z: L⁻ᵀ·z is added, L·Lᵀ = Aᵣ, which makes of the solution a draw from
   * N(Aᵣ⁻¹·bᵣ, Aᵣ⁻¹); null: nothing is drawn */
  noise: Float64Array | null
  /** of the matrices and their elimination; what is given and what is returned are doubles. 'double' unless told */
  precision?: Precision
}

/** Bytes of gathered rows that lie in a first-level cache beside the tiles of a system. */
const GATHERED_BYTES = 24_576
const LEAST_BLOCK = 16

/** What all rounds share, in the memory of the kernels. */
interface Side {
  layout: SystemLayout
  /** addresses */
  other: number
  base: number
  shift: number
  work: number
  workBytes: number
  /** entries gathered at once */
  block: number
}

/** Solves Aᵣ·p = bᵣ for each row, in the team of threads. A row without entries is zero where there is neither base nor prior
 * nor noise nor a right side of its own.
 * @param own nRows × size, row-major, overwritten
 * @throws NOT_POSITIVE_DEFINITE naming the pivot, counted from 1 | OUT_OF_MEMORY
 * Accuracy: backward stable in the precision; where single precision finds a matrix not positive definite, that round and those
 * after it are done in doubles. Cost: size²/2 multiplications an entry and size³/6 a row; a copy of `other` and of the entries of
 * one round (row-rounds.ts), unless they lie in the memory of the kernels. The same bits for every number of threads. */
export function solveNormalRows(rows: NormalRows, own: Float64Array, watch: Watch): void {
  const { memory } = kernels()
  memory.frame(() => {
    let side = prepareSide(rows, rows.precision ?? 'double', watch)
    for (const round of cutRows(rows.offsets, rows.size)) {
      watch.checkpoint()
      let pivot = memory.frame(() => solveRound(rows, round, side, own, watch))
      if (pivot !== 0 && side.layout.precision === 'single') {
        side = prepareSide(rows, 'double', watch)
        pivot = memory.frame(() => solveRound(rows, round, side, own, watch))
      }
      if (pivot !== 0) throw new EigendeskError('NOT_POSITIVE_DEFINITE', { value: pivot })
      watch.progress((round.firstRow + round.nRows) / rows.nRows)
    }
    if (rows.nRows === 0) watch.progress(1)
  })
}

function prepareSide(rows: NormalRows, precision: Precision, watch: Watch): Side {
  const { memory, threads } = kernels()
  const { size, other, base, prior } = rows
  const layout = layOut(size, precision)
  const bytes = precision === 'single' ? 4 : 8
  const nColumns = other.length / size
  const wide = allocateNumbers(nColumns * layout.width, precision)
  inPieces(nColumns, layout.width, watch, (from, to) => {
    wide.fill(0, from * layout.width, to * layout.width)
    for (let row = from, at = from * size; row < to; row++) {
      const start = row * layout.width + layout.lead
      for (let a = start; a < start + size; a++) wide[a] = other[at++]!
    }
  })
  const system = base || prior ? allocateNumbers(layout.length, precision).fill(0) : null
  for (let a = 0; system && a < size; a++) {
    const start = a * layout.stride + layout.lead
    if (base) system.set(base.subarray(a * size, (a + 1) * size), start)
    if (prior) system[start + size] = prior[a]!
  }
  const block = Math.max(LEAST_BLOCK, Math.floor(GATHERED_BYTES / (bytes * layout.stride)))
  const workLength = layout.length + 2 * block * layout.stride
  return {
    layout,
    other: wide.byteOffset,
    base: system ? system.byteOffset : 0,
    shift: rows.shift ? memory.place(rows.shift).byteOffset : 0,
    work: allocateNumbers(threads * workLength, precision).fill(0).byteOffset,
    workBytes: bytes * workLength,
    block
  }
}

/** @returns 0, or the pivot that is not positive of the first row that has one, counted from 1 */
function solveRound(rows: NormalRows, round: RowRound, side: Side, own: Float64Array, watch: Watch): number {
  const { memory } = kernels()
  const { size, weights, noise, rights } = rows
  const { precision, lead, stride, length } = side.layout
  const { firstRow, nRows, tasks, ranges } = round
  const [from, end] = [rows.offsets[firstRow]!, rows.offsets[firstRow + nRows]!]
  const place = own.subarray(firstRow * size, (firstRow + nRows) * size)
  const found = memory.holds(own) ? place : memory.allocate(nRows * size)
  const failures = memory.allocateIntegers(tasks.length / 2).fill(0)
  const args = [
    placeIntegers(rows.offsets.subarray(firstRow, firstRow + nRows + 1).map((offset) => offset - from)),
    placeIntegers(rows.columns.subarray(from, end)),
    weights ? memory.place(weights.subarray(from, end)).byteOffset : 0,
    rows.weight,
    memory.place(rows.targets.subarray(from, end)).byteOffset,
    side.shift,
    side.other,
    size,
    lead,
    stride,
    side.base,
    memory.place(rows.ridge.subarray(firstRow, firstRow + nRows)).byteOffset,
    rows.lastRidge ?? NaN,
    noise ? memory.place(noise.subarray(firstRow * size, (firstRow + nRows) * size)).byteOffset : 0,
    found.byteOffset,
    placeIntegers(ranges),
    failures.byteOffset,
    side.work,
    side.workBytes,
    side.block,
    allocateNumbers((ranges.length / 2) * length, precision).byteOffset,
    placeIntegers(round.parts),
    rights ? memory.place(rights.subarray(firstRow * size, (firstRow + nRows) * size)).byteOffset : 0
  ]
  const { sumParts, solveRows } = ROWS_TASKS[precision]
  if (ranges.length > 0) kernels().share(sumParts, args, ranges.length / 2, watch)
  args[RANGES] = placeIntegers(tasks)
  kernels().share(solveRows, args, tasks.length / 2, watch)
  if (found !== place) place.set(found)
  let first = -1
  failures.forEach((pivot, task) => {
    if (pivot > 0 && (first < 0 || tasks[2 * task]! < tasks[2 * first]!)) first = task
  })
  return first < 0 ? 0 : failures[first]!
}

/** Place of the ranges among the arguments. */
const RANGES = 15

/** Numbers of a precision in the memory of the kernels; what they are is not defined. */
function allocateNumbers(length: number, precision: Precision): Float64Array | Float32Array {
  const { memory } = kernels()
  if (precision === 'double') return memory.allocate(length)
  const { buffer, byteOffset } = memory.allocate(Math.ceil(length / 2))
  return new Float32Array(buffer, byteOffset, length)
}

/** The address of integers, or of a copy, in the memory of the kernels. */
function placeIntegers(array: Int32Array): number {
  const { memory } = kernels()
  if (memory.holds(array)) return array.byteOffset
  const copy = memory.allocateIntegers(array.length)
  copy.set(array)
  return copy.byteOffset
}
