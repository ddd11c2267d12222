import { kernels } from '../linalg/kernels/kernels.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { multiplyInto, panelOf, transposed } from '../linalg/panel.ts'
import { inPieces, takeOut, zeros } from '../linalg/passes.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import type { Preparation } from './prepare-again.ts'
import { leadingAxes } from './principal-axes.ts'
import type { CountedSums } from './sample-products.ts'
import { transposedCopy } from './transposed-copy.ts'

/** The first right singular vectors of a table, without its left ones. */
export interface AxesOfRows {
  /** σ², descending, those of rounding 0; at least as many as components */
  squares: Float64Array
  /** k × p, orthonormal rows but for those of σ = 0, which may be 0 */
  components: Float64Array
  /** Σ of all σ² */
  total: number
}

/** Of the order of what rounding leaves of a singular value, relative to the largest, squared. */
const ROUNDING = 1e-13

/** From the products of the columns or of the rows, whichever are fewer.
 * @param y n × p, row-major, in the memory of the kernels; not modified
 * @param nComponents at most min(n, p)
 * Cost: n·p·min(n, p) flops and an eigendecomposition of order min(n, p). */
export function axesOfRows(
  y: Float64Array,
  [n, p]: readonly [number, number],
  nComponents: number,
  watch: Watch
): AxesOfRows {
  const inner = quiet(watch)
  const { memory } = kernels()
  const order = Math.min(n, p)
  return memory.frame(() => {
    const rows = panelOf(y, n, p)
    const left = p <= n ? transposed(rows) : rows
    const products = zeros(order * order, inner)
    multiplyInto(panelOf(products, order, order), 1, left, transposed(left), inner, 'lower')
    let total = 0
    for (let i = 0; i < order; i++) total += products[i * order + i]!
    mirror(products, order)
    if (p <= n) return axesOfProducts(products, p, nComponents, total, inner)
    const { w, v } = leadingAxes(createMatrix(order, order, products), nComponents, 0, inner)
    const squares = withoutRounding(w)
    const u = memory.place(v.data)
    const images = zeros(nComponents * p, inner)
    const vectors = { ...panelOf(u, n, v.columns), columns: nComponents }
    multiplyInto(panelOf(images, nComponents, p), 1, transposed(vectors), rows, inner)
    for (let k = 0; k < nComponents; k++) {
      const factor = squares[k]! > 0 ? 1 / Math.sqrt(squares[k]!) : 0
      for (let j = 0; j < p; j++) images[k * p + j]! *= factor
    }
    return { squares, components: takeOut(images, inner), total }
  })
}

/** From sums of products of the columns, p × p, symmetric. */
function axesOfProducts(
  products: Float64Array,
  p: number,
  nComponents: number,
  total: number,
  watch: Watch
): AxesOfRows {
  const { w, v } = leadingAxes(createMatrix(p, p, products), nComponents, 0, watch)
  return { squares: withoutRounding(w), components: transposedCopy(v, watch, nComponents).data, total }
}

const withoutRounding = (w: Float64Array): Float64Array => w.map((value) => (value > ROUNDING * w[0]! ? value : 0))

/** What is left of a column's sum of squares about its mean, relative to that about 0, where it is constant in a sample. */
const CONSTANT = 1e-12

/** The same of some rows of a table that is centred over all its rows, counted as often as they are told: centre and scale are
 * taken off the products, which one pass over the rows gives. That loses no digits here: the mean of a sample is within a
 * standard deviation of 0.
 * @param sums of the rows @param total what the rows are taken to count together, n
 * @param variances of the columns of z over all rows, as prepareAgain has them */
export function axesOfSums(
  sums: CountedSums,
  total: number,
  { centre, scale }: Preparation,
  variances: Float64Array,
  nComponents: number,
  watch: Watch
): AxesOfRows {
  const p = variances.length
  const { data, stride } = sums
  const { memory } = kernels()
  const counted = data[p * stride + p]!
  const share = total / counted
  const unit = unitsOfSums(sums, { centre, scale }, variances)
  return memory.frame(() => {
    const products = memory.allocate(p * p)
    let trace = 0
    for (let i = 0; i < p; i++) {
      const first = data[i * stride + p]!
      for (let j = i; j < p; j++) {
        const product = data[i * stride + j]! - (centre ? (first * data[j * stride + p]!) / counted : 0)
        const both = unit[i]! * unit[j]!
        products[i * p + j] = products[j * p + i] = both > 0 ? (share * product) / both : 0
      }
      trace += products[i * p + i]!
    }
    return axesOfProducts(products, p, nComponents, trace, quiet(watch))
  })
}

/** What divides the columns of the rows that were summed up; 0 where a column is constant in them. */
export function unitsOfSums(
  { data, stride }: CountedSums,
  { centre, scale }: Preparation,
  variances: Float64Array
): Float64Array {
  const p = variances.length
  const counted = data[p * stride + p]!
  return variances.map((variance, j) => {
    const about = data[j * stride + j]!
    const square = centre ? about - data[j * stride + p]! ** 2 / counted : about
    if (!(square > CONSTANT * about)) return 0
    return scale === 'keep' ? 1 : (square / counted / variance) ** (scale === 'unit' ? 0.5 : 0.25)
  })
}

/** The sums of some rows of a table of any number of columns.
 * @param z row-major @param counts one a row of `rows` @returns in the memory of the kernels */
export function sumsOfRows(
  z: Float64Array,
  p: number,
  { rows, counts }: { rows: Int32Array; counts: Float64Array },
  watch: Watch
): CountedSums {
  const inner = quiet(watch)
  const { memory } = kernels()
  // A last column of ones has the sums of the columns among the products.
  const stride = p + 1
  const data = zeros(stride * stride, inner)
  memory.frame(() => {
    const y = memory.allocate(rows.length * stride)
    inPieces(rows.length, stride, inner, (from, end) => {
      for (let i = from, to = from * stride; i < end; i++) {
        const root = Math.sqrt(counts[i]!)
        for (let at = rows[i]! * p, last = at + p; at < last; at++) y[to++] = root * z[at]!
        y[to++] = root
      }
    })
    const left = transposed(panelOf(y, rows.length, stride))
    multiplyInto(panelOf(data, stride, stride), 1, left, transposed(left), inner, 'upper')
  })
  return { data, stride }
}

/** The lower triangle, written over the upper one. */
function mirror(square: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) square[j * n + i] = square[i * n + j]!
}
