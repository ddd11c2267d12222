import type { Watch } from '../../linalg/watch.ts'
import { assignPoints } from './nearest-centre.ts'

export interface KMeans {
  /** n: 0-based cluster of each point */
  assignment: Int32Array<ArrayBuffer>
  /** nClusters×dimensions: weighted means of their points */
  centres: Float64Array<ArrayBuffer>
  /** sum over points of weight · squared distance to their centre */
  within: number
  /** rounds carried out; the last of them moved nothing where `settled` */
  rounds: number
  settled: boolean
}

/** k-means from given centres: points go to their nearest centre, centres to the mean of their points, until no point moves.
 * The sum of squares within falls with every round. A cluster that lost all its points takes the one furthest from its centre
 * (weight · squared distance; the first of several) of a cluster that has others.
 * @param points n×dimensions row-major, finite @param weights n, positive; null: all 1
 * @param start nClusters×dimensions; not modified. Their order is that of the clusters
 * Source: Lloyd, "Least squares quantization in PCM", IEEE Trans. Inf. Theory 28 (1982) 129. */
export function kMeans(
  points: Float64Array,
  dimensions: number,
  weights: Float64Array | null,
  start: Float64Array,
  maxRounds: number,
  watch: Watch
): KMeans {
  const n = points.length / dimensions
  const centres = start.slice()
  const assignment = new Int32Array(n).fill(-1)
  const squares = new Float64Array(n)
  const weightOf = (i: number): number => (weights ? weights[i]! : 1)
  let rounds = 0
  let settled = false
  while (!settled && rounds < maxRounds) {
    rounds++
    settled = assignPoints(points, dimensions, centres, assignment, squares, watch) === 0
    fillEmpty(assignment, squares, centres.length / dimensions, weightOf)
    moveCentres(points, dimensions, weights, assignment, centres)
    watch.progress(rounds / maxRounds)
  }
  return {
    assignment,
    centres,
    within: squaresWithin(points, dimensions, weights, assignment, centres),
    rounds,
    settled
  }
}

/** Gives each cluster without a point one. */
function fillEmpty(
  assignment: Int32Array,
  squares: Float64Array,
  nClusters: number,
  weightOf: (i: number) => number
): void {
  const counts = new Int32Array(nClusters)
  for (const cluster of assignment) counts[cluster]!++
  for (let cluster = 0; cluster < nClusters; cluster++) {
    if (counts[cluster]! > 0) continue
    let furthest = -1
    let most = -1
    for (let i = 0; i < assignment.length; i++) {
      const distance = weightOf(i) * squares[i]!
      if (distance > most && counts[assignment[i]!]! > 1) [furthest, most] = [i, distance]
    }
    if (furthest < 0) continue
    counts[assignment[furthest]!]!--
    counts[cluster] = 1
    assignment[furthest] = cluster
    squares[furthest] = 0
  }
}

/** Centres become the weighted means of their points; one without points stays where it is. */
export function moveCentres(
  points: Float64Array,
  dimensions: number,
  weights: Float64Array | null,
  assignment: Int32Array,
  centres: Float64Array
): void {
  const nClusters = centres.length / dimensions
  const total = new Float64Array(nClusters)
  const sums = new Float64Array(centres.length)
  for (let i = 0; i < assignment.length; i++) {
    const cluster = assignment[i]!
    const weight = weights ? weights[i]! : 1
    total[cluster]! += weight
    for (let d = 0; d < dimensions; d++) sums[cluster * dimensions + d]! += weight * points[i * dimensions + d]!
  }
  for (let cluster = 0; cluster < nClusters; cluster++) {
    if (!(total[cluster]! > 0)) continue
    for (let d = 0; d < dimensions; d++)
      centres[cluster * dimensions + d] = sums[cluster * dimensions + d]! / total[cluster]!
  }
}

/** Sum of weight · squared distance of points to the centre of their cluster. */
export function squaresWithin(
  points: Float64Array,
  dimensions: number,
  weights: Float64Array | null,
  assignment: Int32Array,
  centres: Float64Array
): number {
  let within = 0
  for (let i = 0; i < assignment.length; i++) {
    const start = assignment[i]! * dimensions
    let square = 0
    for (let d = 0; d < dimensions; d++) square += (points[i * dimensions + d]! - centres[start + d]!) ** 2
    within += (weights ? weights[i]! : 1) * square
  }
  return within
}
