import { SeededRandom } from '../../linalg/random.ts'
import { partOf, type Watch } from '../../linalg/watch.ts'
import { kMeans, moveCentres, squaresWithin } from './k-means.ts'
import { assignPoints } from './nearest-centre.ts'
import { spreadCentres } from './spread-centres.ts'

/** Rows of which the centres are made, at most. */
const SAMPLE_ROWS = 20_000
const SAMPLE_ROUNDS = 20

/** Many points as few: centres that stand for those around them. */
export interface Condensed {
  /** n: the centre each point belongs to, 0-based */
  centreOf: Int32Array<ArrayBuffer>
  /** nCentres×dimensions: weighted means of their points */
  centres: Float64Array<ArrayBuffer>
  /** nCentres: sum of the weights of their points */
  weights: Float64Array<ArrayBuffer>
  /** sum over points of weight · squared distance to their centre */
  within: number
}

/** k-means with many centres before a tree is built, as FactoMineR's HCPC does with kk: centres are found on a sample of rows,
 * then every row goes to the nearest and moves it once. Centres that got no row are left out.
 * Source: Husson, Josse & Pagès (2010), §3.3 ("mixed" clustering). */
export function condense(
  points: Float64Array,
  dimensions: number,
  weights: Float64Array | null,
  nCentres: number,
  seed: number,
  watch: Watch
): Condensed {
  const n = points.length / dimensions
  const rows = sampleRows(n, seed)
  const sample = new Float64Array(rows.length * dimensions)
  rows.forEach((row, at) => sample.set(points.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions))
  const sampleWeights = weights && Float64Array.from(rows, (row) => weights[row]!)
  const start = spreadCentres(sample, dimensions, sampleWeights, nCentres, seed, partOf(watch, 0, 0.2))
  const found = kMeans(sample, dimensions, sampleWeights, start, SAMPLE_ROUNDS, partOf(watch, 0.2, 0.6))

  const assignment = new Int32Array(n).fill(-1)
  assignPoints(points, dimensions, found.centres, assignment, new Float64Array(n), watch)
  watch.progress(0.9)
  const { centreOf, count } = numberAnew(assignment, found.centres.length / dimensions)
  const centres = new Float64Array(count * dimensions)
  moveCentres(points, dimensions, weights, centreOf, centres)
  const heavy = new Float64Array(count)
  centreOf.forEach((centre, i) => (heavy[centre]! += weights ? weights[i]! : 1))
  return { centreOf, centres, weights: heavy, within: squaresWithin(points, dimensions, weights, centreOf, centres) }
}

/** Different rows, each as likely, ascending. Source: selection sampling, Knuth, TAOCP 2, §3.4.2, algorithm S. */
function sampleRows(n: number, seed: number): Int32Array {
  if (n <= SAMPLE_ROWS) return Int32Array.from({ length: n }, (_, row) => row)
  const random = new SeededRandom(seed)
  const rows = new Int32Array(SAMPLE_ROWS)
  let chosen = 0
  for (let row = 0; chosen < SAMPLE_ROWS; row++) {
    if ((n - row) * random.uniform() < SAMPLE_ROWS - chosen) rows[chosen++] = row
  }
  return rows
}

/** Numbers without gaps, in the old order. */
function numberAnew(assignment: Int32Array, nCentres: number): { centreOf: Int32Array<ArrayBuffer>; count: number } {
  const used = new Uint8Array(nCentres)
  for (const centre of assignment) used[centre] = 1
  const anew = new Int32Array(nCentres)
  let count = 0
  for (let centre = 0; centre < nCentres; centre++) if (used[centre] === 1) anew[centre] = count++
  return { centreOf: Int32Array.from(assignment, (centre) => anew[centre]!), count }
}
