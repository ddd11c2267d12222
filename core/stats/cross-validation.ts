import { kernels } from '../linalg/kernels/kernels.ts'
import { multiplyInto, panelOf, transposed } from '../linalg/panel.ts'
import { inPieces, zeros } from '../linalg/passes.ts'
import { SeededRandom } from '../linalg/random.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import { axesOfRows, type AxesOfRows } from './axes-of-rows.ts'
import type { CriterionCurve } from './component-criteria.ts'
import { addErrorsOfProducts, eachFoldOfSums, hasFoldSums } from './errors-of-folds.ts'
import { columnVariances, prepareAgain, type Preparation, type Prepared } from './prepare-again.ts'

export interface CrossValidationOptions {
  /** the most components tried */
  most: number
  preparation: Preparation
  /** of the rows, mean 1: the components outside a fold and the errors within count a row so often; null: all 1 */
  weights: Float64Array | null
}

/** Deals rows into folds of equal size, in an order drawn from a seed: the number of the fold of each row. */
export function dealIntoFolds(nRows: number, folds: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: nRows }, (_, i) => i)
  new SeededRandom(seed).shuffle(order)
  const fold = new Int32Array(nRows)
  order.forEach((row, place) => (fold[row] = place % Math.min(folds, nRows)))
  return fold
}

/** A column that a component has to itself cannot be told from the others: 1 − h below this. */
const ALONE = 1e-9

/** Element-wise cross-validation: every cell is predicted by components that were fitted without its row, from the other cells of
 * its row. Rows are dealt into folds; the components of the other rows are fitted, centring and scaling included; of a left-out
 * row, each cell is left out in turn, its scores are the least-squares fit to the cells that remain, and they give the cell.
 * That fit has a closed form: the error of cell j is eⱼ/(1 − hⱼ), where e is what the components leave of the whole row and
 * hⱼ = Σ vⱼₖ². Where sums of products of every fold can be held, the table is read once and the errors follow from them.
 * @param z n × p, row-major, prepared as in the fit; not modified
 * @param foldOf number of the fold of each row, 0, 1, 2 …, each used
 * @returns PRESS, the sum of the squared errors in the unit of z, of 0, 1, 2 … components, and where it is least; null where
 *   there are fewer than three rows or two columns that vary
 * Cost: n·p² flops and an eigendecomposition a fold; of many columns folds · n·p·min(n, p) flops and n·p·most. The same seed gives the
 * same bits. Source: Bro, Kjeldahl, Smilde & Kiers, "Cross-validation of component models: a critical look at current
 * methods", Analytical and Bioanalytical Chemistry 390 (2008) 1241: the eigenvector method. */
export function crossValidate(
  z: Float64Array,
  [n, p]: readonly [number, number],
  foldOf: Int32Array,
  options: CrossValidationOptions,
  watch: Watch
): CriterionCurve | null {
  const { preparation, weights } = options
  const variances = columnVariances(z, n, p, weights, watch)
  const nVarying = variances.filter((value) => value > 0).length
  if (n < 3 || nVarying < 2) return null
  const sizes: number[] = []
  for (const fold of foldOf) sizes[fold] = (sizes[fold] ?? 0) + 1
  const smallest = n - Math.max(...sizes)
  let most = Math.min(options.most, nVarying - 1, smallest - 1)
  if (most < 0) return null
  const press = new Float64Array(most + 1)
  /** Components beyond the rank of the rows that were kept say nothing. */
  const weighed = ({ squares, components }: AxesOfRows, unit: Float64Array): Float64Array => {
    while (most > 0 && !(squares[most - 1]! > 0)) most--
    const found = errorWeights(components, p, most, unit)
    most = found.length / p - 1
    return found
  }
  if (hasFoldSums(p, sizes.length)) {
    const asked = { preparation, weights, variances }
    eachFoldOfSums(z, [n, p], foldOf, sizes.length, asked, most, watch, ({ axes, unit, products }) => {
      addErrorsOfProducts(products, axes.components, weighed(axes, unit), p, press)
    })
    return curveOf(press, most)
  }
  const { memory } = kernels()
  memory.require(8 * (2 * n * p + 4 * Math.min(n, p) ** 2))
  for (let fold = 0; fold < sizes.length; fold++) {
    watch.checkpoint()
    const rows = Int32Array.from({ length: n }, (_, i) => i)
    const kept = rows.filter((row) => foldOf[row] !== fold)
    const left = rows.filter((row) => foldOf[row] === fold)
    const prepared = prepareAgain(
      z,
      p,
      kept,
      weights && weights.filter((_, i) => foldOf[i] !== fold),
      preparation,
      variances,
      watch
    )
    memory.frame(() => {
      const axes = memory.frame(() => {
        const training = prepareRows(z, p, kept, prepared, weights, watch)
        return axesOfRows(training, [kept.length, p], most, watch)
      })
      const ofColumns = weighed(axes, prepared.unit)
      const tested = prepareRows(z, p, left, prepared, weights, watch)
      addErrors(tested, left.length, p, memory.copy(axes.components), ofColumns, press, watch)
    })
    watch.progress((fold + 1) / sizes.length)
  }
  return curveOf(press, most)
}

function curveOf(press: Float64Array, most: number): CriterionCurve {
  const values = Array.from(press.subarray(0, most + 1))
  return { suggested: values.indexOf(Math.min(...values)), values }
}

/** Rows of z, centred and scaled anew, times the root of their weight, one after the other in the memory of the kernels. */
function prepareRows(
  z: Float64Array,
  p: number,
  rows: Int32Array,
  { mean, unit }: Prepared,
  weights: Float64Array | null,
  watch: Watch
): Float64Array {
  const out = kernels().memory.allocate(rows.length * p)
  inPieces(rows.length, p, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const root = weights ? Math.sqrt(weights[rows[i]!]!) : 1
      for (let j = 0, to = i * p, at = rows[i]! * p; j < p; j++, at++, to++)
        out[to] = (root * (z[at]! - mean[j]!)) / unit[j]!
    }
  })
  return out
}

/** For q = 0, 1 … components and each column, what the square of a residual counts: (unit / (1 − h))². Ends before the first q
 * at which a column stands alone. */
function errorWeights(components: Float64Array, p: number, most: number, unit: Float64Array): Float64Array {
  const weights = new Float64Array((most + 1) * p)
  const free = new Float64Array(p).fill(1)
  for (let q = 0; q <= most; q++) {
    for (let j = 0; j < p; j++) {
      if (q > 0) free[j]! -= components[(q - 1) * p + j]! ** 2
      if (free[j]! < ALONE) return weights.slice(0, q * p)
      weights[q * p + j] = (unit[j]! / free[j]!) ** 2
    }
  }
  return weights
}

/** Adds the squared errors of some rows to those of each number of components. */
function addErrors(
  y: Float64Array,
  n: number,
  p: number,
  components: Float64Array,
  weights: Float64Array,
  press: Float64Array,
  watch: Watch
): void {
  const most = weights.length / p - 1
  const scores = zeros(n * most, watch)
  const axes = panelOf(components, most, p)
  multiplyInto(panelOf(scores, n, most), 1, panelOf(y, n, p), transposed(axes), quiet(watch))
  inPieces(n, p * (most + 1), watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let q = 0; q <= most; q++) {
        const score = q === 0 ? 0 : scores[i * most + q - 1]!
        const axis = Math.max(0, q - 1) * p
        let sum = 0
        for (let j = 0, at = i * p; j < p; j++, at++) {
          const left = (y[at]! -= score * components[axis + j]!)
          sum += left * left * weights[q * p + j]!
        }
        press[q]! += sum
      }
    }
  })
}
