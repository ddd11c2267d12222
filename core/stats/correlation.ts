import { kernels } from '../linalg/kernels/kernels.ts'
import { multiplyInto, panelOf, transposed } from '../linalg/panel.ts'
import { zeros } from '../linalg/passes.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import { orderOfNumbers } from '../table/row-sort.ts'
import { rankInto } from './ranks.ts'

/** How columns vary together, pair by pair: columns × columns, row-major, symmetric. */
export interface Correlations {
  /** NaN where a pair has fewer than two rows, or a column is constant in them */
  r: Float64Array
  /** rows in which both columns have a value */
  n: Int32Array
}

/** Rows multiplied at once. */
const BLOCK_ROWS = 2048
/** A sum of squares this many units of rounding above 0 is 0: the column is constant in these rows. */
const ROUNDING = 64 * Number.EPSILON

/** Pearson's correlation of every pair of columns, over the rows in which both have a value. Columns are centred about their
 * own mean and scaled by their largest deviation before anything is multiplied; what is left of the mean in the rows of a pair
 * is taken off the products.
 * @param columns of one length, NaN where missing; not modified
 * Cost: 2·rows·columns² flops, four times as many where cells are missing; six arrays of columns² doubles. */
export function pearson(columns: readonly Float64Array[], watch: Watch): Correlations {
  const p = columns.length
  const rows = columns[0]?.length ?? 0
  const centred = columns.map(centreAndScale)
  const complete = centred.every(({ present }) => present === rows)
  const { memory } = kernels()
  memory.require(8 * (4 * p * p + 3 * BLOCK_ROWS * p))
  return memory.frame(() => {
    const sum = (): Float64Array => zeros(p * p, watch)
    const products = sum()
    const [sums, squares, counts] = complete ? [null, null, null] : [sum(), sum(), sum()]
    const [z, m, zz] = [
      memory.allocate(BLOCK_ROWS * p),
      memory.allocate(BLOCK_ROWS * p),
      memory.allocate(BLOCK_ROWS * p)
    ]
    for (let from = 0; from < rows; from += BLOCK_ROWS) {
      watch.checkpoint()
      const height = Math.min(BLOCK_ROWS, rows - from)
      columns.forEach((values, j) => {
        const { mean, scale } = centred[j]!
        for (let i = 0; i < height; i++) {
          const value = values[from + i]!
          const present = !Number.isNaN(value)
          const scaled = present ? (value - mean) * scale : 0
          z[i * p + j] = scaled
          if (complete) continue
          m[i * p + j] = present ? 1 : 0
          zz[i * p + j] = scaled * scaled
        }
      })
      const block = (array: Float64Array) => panelOf(array, height, p)
      const add = (to: Float64Array, left: Float64Array, right: Float64Array): void =>
        multiplyInto(panelOf(to, p, p), 1, transposed(block(left)), block(right), quiet(watch))
      add(products, z, z)
      if (sums && squares && counts) {
        add(sums, z, m)
        add(squares, zz, m)
        add(counts, m, m)
      }
      watch.progress((from + height) / rows)
    }
    return divide(p, rows, { products, sums, squares, counts })
  })
}

interface Sums {
  products: Float64Array
  /** of column i over the rows in which j has a value; null where every cell has one: the sums are 0 then, but for rounding */
  sums: Float64Array | null
  squares: Float64Array | null
  counts: Float64Array | null
}

function divide(p: number, rows: number, { products, sums, squares, counts }: Sums): Correlations {
  const r = new Float64Array(p * p)
  const n = new Int32Array(p * p)
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      const [ij, ji] = [i * p + j, j * p + i]
      const count = counts ? counts[ij]! : rows
      const [sumI, sumJ] = sums ? [sums[ij]!, sums[ji]!] : [0, 0]
      const [squareI, squareJ] = squares ? [squares[ij]!, squares[ji]!] : [products[i * p + i]!, products[j * p + j]!]
      const spreadI = squareI - (sumI * sumI) / count
      const spreadJ = squareJ - (sumJ * sumJ) / count
      const defined = count > 1 && spreadI > ROUNDING * count * squareI && spreadJ > ROUNDING * count * squareJ
      const value = (products[ij]! - (sumI * sumJ) / count) / Math.sqrt(spreadI * spreadJ)
      r[ij] = r[ji] = !defined ? NaN : i === j ? 1 : Math.max(-1, Math.min(1, value))
      n[ij] = n[ji] = count
    }
  }
  return { r, n }
}

/** Mean over the cells that have a value, and what brings the largest deviation to 1. */
function centreAndScale(values: Float64Array): { mean: number; scale: number; present: number } {
  let present = 0
  let mean = 0
  for (const value of values) if (!Number.isNaN(value)) mean += value / ++present - mean / present
  let correction = 0
  for (const value of values) if (!Number.isNaN(value)) correction += (value - mean) / present
  mean += correction
  let largest = 0
  for (const value of values) if (!Number.isNaN(value)) largest = Math.max(largest, Math.abs(value - mean))
  return { mean, scale: largest > 0 && Number.isFinite(1 / largest) ? 1 / largest : 0, present }
}

/** Spearman's correlation: Pearson's of the ranks, equal values sharing the mean of theirs. Where cells are missing, the rows of
 * each pair are ranked among themselves.
 * Cost: that of pearson and one sort a column; a pair with missing cells takes two passes over the rows more. */
export function spearman(columns: readonly Float64Array[], watch: Watch): Correlations {
  const p = columns.length
  const rows = columns[0]?.length ?? 0
  const orders = columns.map((values) => {
    watch.checkpoint()
    return orderOfNumbers(values, watch.checkpoint)
  })
  const ranks = columns.map((values, j) => {
    const own = new Float64Array(rows)
    rankInto(own, values, orders[j]!, null)
    return own
  })
  const whole = pearson(ranks, watch)
  const absent = columns.map((values, j) =>
    orders[j]!.length === rows ? null : Uint8Array.from(values, (value) => Number(Number.isNaN(value)))
  )
  const pair = [new Float64Array(rows), new Float64Array(rows)] as const
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      if (!absent[i] && !absent[j]) continue
      watch.checkpoint()
      rankInto(pair[0], columns[i]!, orders[i]!, absent[j]!)
      rankInto(pair[1], columns[j]!, orders[j]!, absent[i]!)
      whole.r[i * p + j] = whole.r[j * p + i] = correlationOfRanks(pair[0], pair[1], whole.n[i * p + j]!)
    }
  }
  return whole
}

/** Of ranks of the same rows: their mean is (n + 1)/2. */
function correlationOfRanks(a: Float64Array, b: Float64Array, n: number): number {
  const mean = (n + 1) / 2
  let [aa, bb, ab] = [0, 0, 0]
  for (let row = 0; row < a.length; row++) {
    if (Number.isNaN(a[row]!)) continue
    const [da, db] = [a[row]! - mean, b[row]! - mean]
    aa += da * da
    bb += db * db
    ab += da * db
  }
  return aa === 0 || bb === 0 ? NaN : Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)))
}
