import { eigvalsh } from '../linalg/eigvalsh.ts'
import { kernels } from '../linalg/kernels/kernels.ts'
import { SHUFFLE_TASKS } from '../linalg/kernels/shuffle-kernels.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { multiplyInto, panelOf, transposed } from '../linalg/panel.ts'
import { transposeEntries, zeros } from '../linalg/passes.ts'
import { SeededRandom } from '../linalg/random.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import { quantileOf } from './describe-column.ts'

export interface ParallelAnalysis {
  /** of each component, over the permutations: the variance that chance alone reaches so often */
  percentile: Float64Array
  median: Float64Array
}

/** Horn's parallel analysis: what variances the components have where columns do not hang together. The entries of every column
 * are really permuted, each column by itself, which keeps its distribution, mean and spread.
 * @param z n × p, row-major, centred and scaled as in the fit; not modified
 * @param divisor of the products, as in the fit
 * @param percent of the permutations that stay below, 0 … 100
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
  watch: Watch
): ParallelAnalysis {
  const order = Math.min(n, p)
  const { memory } = kernels()
  memory.require(8 * (2 * n * p + 4 * order * order))
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
    const lying = panelOf(columns, p, n)
    const left = p <= n ? lying : transposed(lying)
    for (let round = 0; round < permutations; round++) {
      watch.checkpoint()
      kernels().share(SHUFFLE_TASKS.columns, [n, columns.byteOffset, states.byteOffset], p, watch)
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
