import { kernels } from '../linalg/kernels/kernels.ts'
import { inPieces, placeIn } from '../linalg/passes.ts'
import { SeededRandom } from '../linalg/random.ts'
import { quiet, type Watch } from '../linalg/watch.ts'
import { procrustesRotation, signedPermutation, type Alignment } from './align-loadings.ts'
import { axesOfRows, axesOfSums, sumsOfRows, type AxesOfRows } from './axes-of-rows.ts'
import { columnVariances, prepareAgain, type Preparation } from './prepare-again.ts'
import { drawSamples, SAMPLED_COLUMNS, sampleProducts, samplesAtOnce } from './sample-products.ts'

export interface BootstrapOptions {
  resamples: number
  /** components whose variances are kept, at least those of the loadings */
  nVariances: number
  seed: number
  alignment: Alignment
  preparation: Preparation
  /** of the products: n − 1 or n of the n rows of a sample */
  divisor: number
  /** of the rows, mean 1; null: all 1 */
  weights: Float64Array | null
}

/** The components of many samples of the rows. */
export interface BootstrapComponents {
  /** resamples × nVariances */
  variances: Float64Array
  /** resamples × nVariances, of the total variance of the sample */
  shares: Float64Array
  /** resamples × p × k: loadings, component × √variance, aligned with those of the fit */
  loadings: Float64Array
  /** resamples × k: |cosine| between axis k of the sample and of the fit, before any alignment but that of the order */
  agreement: Float64Array
}

/** Components of samples of the rows, drawn with replacement and as many as there are. Rows are not copied: each counts as often
 * as it was drawn, and centre and scale are those of the sample. Loadings are brought together with those of the fit by a
 * rotation, or by order and sign alone; variances are those of the sample, in the order of the alignment.
 * @param z n × p, row-major, prepared as in the fit; not modified
 * @param loadings p × k of the fit
 * The same seed gives the same bits, whatever the number of threads. Cost: a sample takes 0.6·n·p·min(n, p) flops and an
 * eigendecomposition. Source: Efron & Tibshirani, An Introduction to the Bootstrap, §7.2; alignment: Babamoradi, van den Berg &
 * Rinnan, Chemometrics and Intelligent Laboratory Systems 120 (2013) 97. */
export function bootstrapComponents(
  z: Float64Array,
  [n, p]: readonly [number, number],
  loadings: Float64Array,
  options: BootstrapOptions,
  watch: Watch
): BootstrapComponents {
  const k = loadings.length / p
  const { resamples, nVariances: m } = options
  const axes = unitColumns(loadings, k)
  const found: BootstrapComponents = {
    variances: new Float64Array(resamples * m),
    shares: new Float64Array(resamples * m),
    loadings: new Float64Array(resamples * p * k),
    agreement: new Float64Array(resamples * k)
  }
  let sample = 0
  forEachSample(z, [n, p], options, watch, (sampled) => {
    keepSample(found, sample++, sampled, { loadings, axes, k }, options)
    watch.progress(sample / resamples)
  })
  return found
}

/** Gives the axes of every sample, in order. Several are drawn and summed up at once, so that the threads have enough to share. */
function forEachSample(
  table: Float64Array,
  [n, p]: readonly [number, number],
  { resamples, nVariances, seed, preparation, weights }: BootstrapOptions,
  watch: Watch,
  take: (axes: AxesOfRows) => void
): void {
  const inner = quiet(watch)
  const { memory } = kernels()
  const variances = columnVariances(table, n, p, weights, inner)
  const random = new SeededRandom(seed)
  const batch = samplesAtOnce(n, p)
  memory.frame(() => {
    const z = placeIn(table, inner)
    const placed = weights && placeIn(weights, inner)
    for (let first = 0; first < resamples; first += batch) {
      memory.frame(() => {
        const samples = Math.min(batch, resamples - first)
        const counts = drawSamples(random, samples, n, inner)
        const sums = p <= SAMPLED_COLUMNS ? sampleProducts(z, [n, p], counts, placed, inner) : null
        for (let sample = 0; sample < samples; sample++) {
          watch.checkpoint()
          const own = counts.subarray(sample * n, (sample + 1) * n)
          const nRows = n - countOf(own, 0)
          if (sums && p <= nRows) take(axesOfSums(sums[sample]!, n, preparation, variances, nVariances, watch))
          else {
            const drawn = rowsOf(own, nRows, weights)
            const wanted = Math.min(nVariances, nRows)
            take(memory.frame(() => axesOfDrawn(z, p, drawn, n, preparation, variances, wanted, watch)))
          }
        }
      })
    }
  })
}

/** Aligns the components of a sample with those of the fit and writes them down. */
function keepSample(
  found: BootstrapComponents,
  sample: number,
  { squares, components, total }: AxesOfRows,
  { loadings, axes, k }: { loadings: Float64Array; axes: Float64Array; k: number },
  options: BootstrapOptions
): void {
  const p = loadings.length / k
  const m = options.nVariances
  const own = new Float64Array(p * k)
  const cosines = new Float64Array(k * k)
  for (let c = 0; c < Math.min(k, components.length / p); c++) {
    const sd = Math.sqrt(squares[c]! / options.divisor)
    for (let j = 0; j < p; j++) {
      const entry = components[c * p + j]!
      own[j * k + c] = entry * sd
      for (let to = 0; to < k; to++) cosines[c * k + to]! += entry * axes[j * k + to]!
    }
  }
  const permuted = signedPermutation(cosines, k)
  const turn = options.alignment === 'permutation' ? permuted : procrustesRotation(own, loadings, k)
  for (let c = 0; c < m; c++) {
    // Only an alignment by order moves a variance.
    let place = c
    for (let to = 0; c < k && to < k; to++) {
      if (permuted[c * k + to] === 0) continue
      found.agreement[sample * k + to] = Math.abs(cosines[c * k + to]!)
      if (options.alignment === 'permutation') place = to
    }
    found.variances[sample * m + place] = (squares[c] ?? 0) / options.divisor
    found.shares[sample * m + place] = total > 0 ? (squares[c] ?? 0) / total : 0
  }
  turnInto(found.loadings.subarray(sample * p * k, (sample + 1) * p * k), own, turn, k)
}

/** The same of rows that were drawn from a table of many columns, or of fewer rows than columns: those are centred and scaled one
 * by one. */
function axesOfDrawn(
  z: Float64Array,
  p: number,
  drawn: { rows: Int32Array; counts: Float64Array },
  n: number,
  preparation: Preparation,
  variances: Float64Array,
  nComponents: number,
  watch: Watch
): AxesOfRows {
  const { rows, counts } = drawn
  if (p <= rows.length) {
    return axesOfSums(sumsOfRows(z, p, drawn, watch), n, preparation, variances, nComponents, watch)
  }
  const inner = quiet(watch)
  const { mean, unit } = prepareAgain(z, p, rows, counts, preparation, variances, inner)
  const y = kernels().memory.allocate(rows.length * p)
  inPieces(rows.length, p, inner, (from, end) => {
    for (let i = from, to = from * p; i < end; i++) {
      const root = Math.sqrt(counts[i]!)
      for (let j = 0, at = rows[i]! * p; j < p; j++, at++, to++) y[to] = (root * (z[at]! - mean[j]!)) / unit[j]!
    }
  })
  return axesOfRows(y, [rows.length, p], nComponents, watch)
}

function countOf(values: Int32Array, wanted: number): number {
  let count = 0
  for (const value of values) if (value === wanted) count++
  return count
}

/** The rows that were drawn at least once, ascending, and what each counts: the sum is n. */
function rowsOf(
  drawn: Int32Array,
  nRows: number,
  weights: Float64Array | null
): { rows: Int32Array; counts: Float64Array } {
  const n = drawn.length
  const rows = new Int32Array(nRows)
  const counts = new Float64Array(nRows)
  let total = 0
  for (let i = 0, to = 0; i < n; i++) {
    if (drawn[i] === 0) continue
    rows[to] = i
    total += counts[to++] = drawn[i]! * (weights ? weights[i]! : 1)
  }
  for (let to = 0; to < nRows; to++) counts[to]! *= n / total
  return { rows, counts }
}

/** Columns of a p × k matrix, of length 1; 0 where a column is 0. */
function unitColumns(loadings: Float64Array, k: number): Float64Array {
  const lengths = new Float64Array(k)
  for (let at = 0; at < loadings.length; at++) lengths[at % k]! += loadings[at]! ** 2
  return loadings.map((value, at) => (lengths[at % k]! > 0 ? value / Math.sqrt(lengths[at % k]!) : 0))
}

/** Writes L·T. */
function turnInto(out: Float64Array, loadings: Float64Array, turn: Float64Array, k: number): void {
  for (let at = 0; at < loadings.length; at += k) {
    for (let to = 0; to < k; to++) {
      let sum = 0
      for (let c = 0; c < k; c++) sum += loadings[at + c]! * turn[c * k + to]!
      out[at + to] = sum
    }
  }
}
