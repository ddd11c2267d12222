import { EigendeskError } from '../contract/errors.ts'
import { kernels } from '../linalg/kernels/kernels.ts'
import {
  MOMENTS_TASKS,
  padColumns,
  RECORD_ROW,
  recordLength,
  recordProducts,
  recordRow
} from '../linalg/kernels/moments-kernels.ts'
import type { Panel } from '../linalg/panel.ts'
import { exponentOf, timesPowerOfTwo } from '../linalg/power-of-two.ts'
import type { RowSource } from '../linalg/row-source.ts'
import { unwatched, type Watch } from '../linalg/watch.ts'

/** Mean and spread of each column, and what centreRows needs to subtract the mean without rounding it first. */
export interface ColumnMoments {
  mean: Float64Array
  /** standard deviation, divisor n − 1; exactly 0 where the column is constant */
  sd: Float64Array
  constant: boolean[]
  /** column j was multiplied by 2^−exponent[j] before anything was squared; what follows is in that unit, or its square */
  exponent: Int32Array
  /** first estimate of the mean, and what is to be added to it: their sum is known to more digits than one double */
  centre: Float64Array
  correction: Float64Array
  scaledVariance: Float64Array
  /** sums of products of the centred columns, columns × columns, symmetric; null where they were not asked for */
  products: Float64Array | null
}

/** With products, a block of rows and the sums of a task fit a second-level cache up to this many columns. */
export const PRODUCTS_LIMIT = 192
/** Without products, columns are taken in groups of this many. */
const GROUP = 64
/** Rows of a task: many tasks for a small table, long ones for a large. A multiple of 256, the rows centred at once. */
const ROWS_LEAST = 256
const ROWS_MOST = 8192
/** Records held at once before they are joined. */
const TASKS_AT_ONCE = 64

/** Means, standard deviations and, where wanted, products of the columns in one pass. Every block of 256 rows is centred
 * about its own mean before anything is squared, and blocks are joined by the distance of their means: with a mean of 1e9
 * and a variance of 1 the variance keeps ten digits and more, which Σx² − nμ² loses to the last one. Where columns are
 * so large or small that squares would leave the range of doubles, they are first multiplied by a power of two.
 * @param source at least 2 rows @param products at most PRODUCTS_LIMIT columns
 * @returns sd may be Infinity where the spread itself exceeds the largest double
 * @throws NON_FINITE naming the first offending row and column, counted from 1
 * The sums do not depend on the number of threads. Memory: 64 records of columns² doubles with products.
 * Source: Chan, Golub & LeVeque, "Algorithms for computing the sample variance", The American Statistician 37 (1983). */
export function columnMoments(source: RowSource, products: boolean, watch: Watch = unwatched): ColumnMoments {
  const plain = collect(source, products, null, watch)
  const largest = plain.lowest.map((low, j) => Math.max(Math.abs(low), Math.abs(plain.highest[j]!)))
  // A sum is NaN where one of its terms is not finite, and where finite terms exceeded the largest double.
  const summed = plain.centre.every(Number.isFinite)
  if (!summed || !largest.every(Number.isFinite)) refuseNonFinite(source, watch)
  const tame = largest.every((value) => value === 0 || (value > 2 ** -300 && value < 2 ** 400))
  if (summed && tame) return momentsOf(plain, source.rows, new Int32Array(source.columns))
  // A single factor of 2^±1000 takes every double, subnormal ones too, to where its square is a normal number.
  const exponent = Int32Array.from(largest, (value) =>
    value === 0 ? 0 : Math.max(-1000, Math.min(1000, exponentOf(value)))
  )
  const factors = Float64Array.from(exponent, (e) => 2 ** -e)
  return momentsOf(collect(source, products, factors, watch), source.rows, exponent)
}

interface Collected {
  centre: Float64Array
  correction: Float64Array
  lowest: Float64Array
  highest: Float64Array
  squares: Float64Array
  products: Float64Array | null
}

function collect(source: RowSource, products: boolean, factors: Float64Array | null, watch: Watch): Collected {
  const { memory, run } = kernels()
  const { rows, columns } = source
  return memory.frame(() => {
    const width = products ? columns : Math.min(GROUP, columns)
    const pad = padColumns(width)
    const length = recordLength(pad, products)
    const groups = Math.ceil(columns / width)
    const totals = Array.from({ length: groups }, () => memory.zeros(length))
    // A piece holds at least one task; both follow from the size of the table alone.
    const height = Math.min(taskRows(rows), source.pieceRows)
    const atOnce = Math.max(1, Math.floor(TASKS_AT_ONCE / groups)) * height
    const records = memory.allocate(Math.ceil(Math.min(rows, atOnce) / height) * groups * length)
    const factorsAt = factors === null ? 0 : memory.copy(factors).byteOffset
    const step = Math.max(height, Math.floor(Math.min(source.pieceRows, atOnce) / height) * height)
    for (let start = 0; start < rows; start += step) {
      const piece = source.piece(start, Math.min(start + step, rows))
      const tasks = Math.ceil(piece.rows / height) * groups
      const own = [pad, records.byteOffset, 8 * length, products ? 1 : 0, factorsAt]
      kernels().share(MOMENTS_TASKS.record, [...pieceArguments(piece, height, width), ...own], tasks, watch)
      for (let task = 0; task < tasks; task++) {
        const record = records.byteOffset + 8 * length * task
        const group = task % groups
        const within = Math.min(width, columns - group * width)
        run.joinRecords(totals[group]!.byteOffset, record, within, pad, products ? 1 : 0)
      }
      watch.checkpoint()
      watch.progress((start + piece.rows) / rows)
    }
    const gather = (row: number): Float64Array => {
      const all = new Float64Array(columns)
      totals.forEach((total, group) => {
        all.set(recordRow(total, pad, row).subarray(0, Math.min(width, columns - group * width)), group * width)
      })
      return all
    }
    return {
      centre: gather(RECORD_ROW.pivot),
      correction: gather(RECORD_ROW.offset),
      lowest: gather(RECORD_ROW.lowest),
      highest: gather(RECORD_ROW.highest),
      squares: gather(RECORD_ROW.squares),
      products: products ? unpad(recordProducts(totals[0]!, pad), columns, pad) : null
    }
  })
}

/** What every task of assembly/moments.ts begins with. */
function pieceArguments(piece: Panel, height: number, width: number): number[] {
  return [piece.at, piece.rowStride, piece.columnStride, piece.rows, piece.columns, height, width]
}

/** Depends on the number of rows alone: the blocks decide the last bits. */
function taskRows(rows: number): number {
  const even = Math.ceil(rows / TASKS_AT_ONCE / ROWS_LEAST) * ROWS_LEAST
  return Math.max(ROWS_LEAST, Math.min(ROWS_MOST, even))
}

/** The upper triangle of pad × pad as a symmetric n × n. */
function unpad(upper: Float64Array, n: number, pad: number): Float64Array {
  const square = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      square[i * n + j] = upper[i * pad + j]!
      square[j * n + i] = upper[i * pad + j]!
    }
  }
  return square
}

function momentsOf(collected: Collected, rows: number, exponent: Int32Array): ColumnMoments {
  const { centre, correction, lowest, highest, products } = collected
  const n = centre.length
  const constant = Array.from(lowest, (low, j) => low === highest[j])
  const scaledVariance = Float64Array.from(centre, (_, j) => {
    return (products === null ? collected.squares[j]! : products[j * n + j]!) / (rows - 1)
  })
  constant.forEach((isConstant, j) => {
    if (!isConstant) return
    centre[j] = lowest[j]!
    correction[j] = 0
    scaledVariance[j] = 0
    for (let i = 0; products !== null && i < n; i++) products[i * n + j] = products[j * n + i] = 0
  })
  return {
    mean: centre.map((value, j) => timesPowerOfTwo(value + correction[j]!, exponent[j]!)),
    sd: scaledVariance.map((value, j) => timesPowerOfTwo(Math.sqrt(value), exponent[j]!)),
    constant,
    exponent,
    centre,
    correction,
    scaledVariance,
    products
  }
}

/** Refuses a value that is not finite: the first of the first row that has one. */
function refuseNonFinite(source: RowSource, watch: Watch): void {
  const { rows, columns, pieceRows } = source
  for (let start = 0; start < rows; start += pieceRows) {
    const end = Math.min(start + pieceRows, rows)
    let finite = end - start
    let column = -1
    for (let j = 0; j < columns; j++) {
      watch.checkpoint()
      const { at, rowStride } = source.piece(start, end, j, j + 1)
      const values = new Float64Array(kernels().memory.memory.buffer, at, (end - start - 1) * rowStride + 1)
      for (let i = 0; i < finite; i++) {
        if (Number.isFinite(values[i * rowStride])) continue
        finite = i
        column = j
      }
    }
    if (column === -1) continue
    throw new EigendeskError('NON_FINITE', { value: `The value in row ${start + finite + 1}, column ${column + 1}` })
  }
}

/** What takes x to (x·2^−exponent − centre − correction)·unit, in the memory of the kernels. */
interface Centring {
  pivots: number
  offsets: number
  factors: number
  units: number
}

function placeCentring(moments: ColumnMoments, unit: Float64Array | null): Centring {
  const { memory } = kernels()
  const scaled = moments.exponent.some((e) => e !== 0)
  return {
    pivots: memory.copy(moments.centre).byteOffset,
    offsets: memory.copy(moments.correction).byteOffset,
    factors: scaled ? memory.copy(Float64Array.from(moments.exponent, (e) => 2 ** -e)).byteOffset : 0,
    units: unit === null || unit.every((value) => value === 1) ? 0 : memory.copy(unit).byteOffset
  }
}

/** Rows of a task of the two routines below. */
const CENTRED_ROWS = 1024

/** Some rows and columns, centred: y = (x·2^−exponent − mean)·unit; a constant column becomes exactly 0.
 * @param unit one factor a column @param rows first and past the last @param columns first and past the last
 * @param y row-major, in the memory of the kernels, written from entry `at` on, without gaps between rows */
export function centreRows(
  source: RowSource,
  moments: ColumnMoments,
  unit: Float64Array,
  [start, end]: readonly [number, number],
  [left, right]: readonly [number, number],
  y: Float64Array,
  at = 0,
  watch: Watch = unwatched
): void {
  kernels().memory.frame(() => {
    const { pivots, offsets, factors, units } = placeCentring(moments, unit)
    const piece = source.piece(start, end, left, right)
    const width = right - left
    const own = [pivots + 8 * left, offsets + 8 * left, factors && factors + 8 * left, units && units + 8 * left]
    const args = [...pieceArguments(piece, CENTRED_ROWS, width), ...own, y.byteOffset + 8 * at, width]
    kernels().share(MOMENTS_TASKS.centre, args, Math.ceil(piece.rows / CENTRED_ROWS), watch)
  })
}

/** The coordinates of every row on some directions: (x·2^−exponent − mean)·W, without a centred copy.
 * @param directions columns × k, row-major, what each column is to be multiplied with included
 * @param into where the coordinates go instead of memory of their own
 * @returns rows × k, row-major, in memory of its own; or `into.coordinates`
 * Source columns: at most PRODUCTS_LIMIT. Cost: 2·rows·columns·k flops. */
export function projectRows(
  source: RowSource,
  moments: ColumnMoments,
  directions: Float64Array,
  k: number,
  watch: Watch = unwatched,
  into: ProjectionPlace | null = null
): Float64Array {
  const { memory } = kernels()
  const { rows, columns, pieceRows } = source
  const result = into?.coordinates ?? new Float64Array(rows * k)
  memory.frame(() => {
    const { pivots, offsets, factors } = placeCentring(moments, null)
    const w = memory.copy(directions).byteOffset
    const most = into ? pieceRows : Math.min(pieceRows, Math.floor(OUTPUT_ENTRIES / k / 256) * 256)
    const step = Math.min(rows, Math.max(ROWS_LEAST, most))
    const out = into ? null : memory.allocate(step * k)
    const units = into?.lengths ? memory.copy(into.lengths.units).byteOffset : 0
    const shared = [padColumns(columns), pivots, offsets, factors, w, k]
    for (let start = 0; start < rows; start += step) {
      const piece = source.piece(start, Math.min(start + step, rows))
      const lengths = into?.lengths ? into.lengths.squares.byteOffset + 8 * start : 0
      const place = out ? [out.byteOffset, k, 0] : [result.byteOffset + 8 * start, rows, 1]
      const args = [...pieceArguments(piece, CENTRED_ROWS, columns), ...shared, ...place, units, lengths]
      kernels().share(MOMENTS_TASKS.project, args, Math.ceil(piece.rows / CENTRED_ROWS), watch)
      if (out) result.set(out.subarray(0, piece.rows * k), start * k)
      watch.progress((start + piece.rows) / rows)
    }
  })
  return result
}

/** Where the coordinates of many rows go, all in the memory of the kernels: nothing is copied. */
export interface ProjectionPlace {
  /** rows × k, column by column */
  coordinates: Float64Array
  /** Σ((x·2^−exponent − mean)·unit)² of each row, where it is wanted */
  lengths: { squares: Float64Array; units: Float64Array } | null
}

/** At most 32 MiB of coordinates are computed before they are copied out. */
const OUTPUT_ENTRIES = 4 * 2 ** 20
