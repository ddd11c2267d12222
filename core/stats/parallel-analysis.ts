import { eigvalsh } from '../linalg/eigvalsh.ts'
import { kernels } from '../linalg/kernels/kernels.ts'
import { SHUFFLE_TASKS } from '../linalg/kernels/shuffle-kernels.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { multiplyInto, panelOf, transposed } from '../linalg/panel.ts'
import { inPieces, transposeEntries, zeros } from '../linalg/passes.ts'
import { SeededRandom } from '../linalg/random.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import { quantileOf } from './describe-column.ts'
import { columnVariances, type Preparation } from './prepare-again.ts'

export interface ParallelAnalysis {
  /** of each component, over the permutations: the variance that chance alone reaches so often */
  percentile: Float64Array
  median: Float64Array
}

export interface WeightedRows {
  /** mean 1 */
  weights: Float64Array
  /** what the fit does with its rows, and here with those of every permutation */
  preparation: Preparation
}

/** Horn's parallel analysis: what variances the components have where columns do not hang together. The entries of every column
 * are really permuted, each column by itself, which keeps its distribution, mean and spread.
 * @param z n × p, row-major, centred and scaled as in the fit; not modified
 * @param divisor of the products, as in the fit
 * @param percent of the permutations that stay below, 0 … 100
 * @param weighted where rows have weights: these stay in their place while the entries move, and the permuted table is centred,
 *   scaled and weighted as the fit does it. Without weights no permutation changes a mean or a spread
 * @param seed the same seed gives the same bits, whatever the number of threads
 * @returns min(n, p) variances, descending
 * Cost: a permutation takes n·p random numbers, n·p·min(n, p) flops and the eigenvalues of order min(n, p); n·p + 3·min(n, p)²
 * doubles. Source: Horn, "A rationale and test for the number of factors in factor analysis", Psychometrika 30 (1965) 179;
 * by permutation: Buja & Eyuboglu, Multivariate Behavioral Research 27 (1992) 509. */
export function parallelAnalysis(
  z: Float64Array,
  [n, p]: readonly [number, number],
  divisor: number,
  { permutations, percent, seed }: { permutations: number; percent: number; seed: number },
  watch: Watch,
  weighted: WeightedRows | null = null
): ParallelAnalysis {
  const order = Math.min(n, p)
  const { memory } = kernels()
  memory.require(8 * ((weighted ? 3 : 2) * n * p + 4 * order * order))
  const variances = weighted && columnVariances(z, n, p, weighted.weights, watch)
  const spectra = new Float64Array(permutations * order)
  memory.frame(() => {
    const columns = memory.allocate(n * p)
    memory.frame(() => {
      const rows = memory.place(z)
      transposeEntries(n, p, rows.byteOffset, p, columns.byteOffset, n, watch)
    })
    const states = memory.allocateIntegers(4 * p)
    const random = new SeededRandom(seed)
    for (let at = 0; at < states.length; at++) states[at] = random.integer(2 ** 32)
    const prepared = weighted ? memory.allocate(n * p) : columns
    const lying = panelOf(prepared, p, n)
    const left = p <= n ? lying : transposed(lying)
    for (let round = 0; round < permutations; round++) {
      watch.checkpoint()
      kernels().share(SHUFFLE_TASKS.columns, [n, columns.byteOffset, states.byteOffset], p, watch)
      if (weighted) prepareColumns(columns, prepared, n, weighted, variances!, watch)
      memory.frame(() => {
        const products = zeros(order * order, watch)
        multiplyInto(panelOf(products, order, order), 1, left, transposed(left), quiet(watch), 'lower')
        spectra.set(eigvalsh(createMatrix(order, order, products), quiet(watch)), round * order)
      })
      watch.progress((round + 1) / permutations)
    }
  })
  const percentile = new Float64Array(order)
  const median = new Float64Array(order)
  const own = new Float64Array(permutations)
  for (let k = 0; k < order; k++) {
    for (let round = 0; round < permutations; round++) own[round] = Math.max(0, spectra[round * order + k]!) / divisor
    own.sort()
    percentile[k] = quantileOf(own, percent / 100)
    median[k] = quantileOf(own, 0.5)
  }
  return { percentile, median }
}

/** Columns lying one after the other, centred and scaled over their weighted rows, times the root of the weights. */
function prepareColumns(
  columns: Float64Array,
  into: Float64Array,
  n: number,
  { weights, preparation: { centre, scale } }: WeightedRows,
  variances: Float64Array,
  watch: Watch
): void {
  inPieces(variances.length, n, watch, (from, end) => {
    for (let j = from; j < end; j++) {
      const first = j * n
      let [mean, square] = [0, 0]
      for (let i = 0; centre && i < n; i++) mean += (weights[i]! * columns[first + i]!) / n
      for (let i = 0; i < n; i++) square += (weights[i]! * (columns[first + i]! - mean) ** 2) / n
      const ratio = scale === 'keep' || !(variances[j]! > 0) ? 1 : square / variances[j]!
      const unit = ratio > 0 ? ratio ** (scale === 'pareto' ? 0.25 : 0.5) : 1
      for (let i = 0; i < n; i++) into[first + i] = (Math.sqrt(weights[i]!) * (columns[first + i]! - mean)) / unit
    }
  })
}
