import type { Watch } from '../../linalg/watch.ts'
import { moveCentres, squaresWithin, type KMeans } from './k-means.ts'
import { assignPoints } from './nearest-centre.ts'

/** Points between two looks at the stop button. */
const POINTS_AT_ONCE = 10_000
/** A move that gains less than this share is rounding. */
const ROUNDING = 1e-12

/** k-means by exchange: every point goes to its nearest centre once; then, one by one, points move wherever that makes the sum
 * of squares within smaller, counting that the centres of both clusters follow, until none does. What Lloyd's algorithm would
 * leave as it is may still move, nothing the other way round. No cluster loses its last point.
 * @param points n×dimensions row-major, finite @param weights n, positive; null: all 1
 * @param start nClusters×dimensions; not modified. Their order is that of the clusters
 * @param order in which points are tried; null: as they stand
 * @returns settled: whether the last of the rounds moved nothing
 * Source: Hartigan & Wong, "Algorithm AS 136: a k-means clustering algorithm", Applied Statistics 28 (1979) 100, whose optimal
 * transfer this is, without its shortcuts; R's kmeans. */
export function consolidate(
  points: Float64Array,
  dimensions: number,
  weights: Float64Array | null,
  start: Float64Array,
  order: Int32Array | null,
  maxRounds: number,
  watch: Watch
): KMeans {
  const n = points.length / dimensions
  const nClusters = start.length / dimensions
  const centres = start.slice()
  const assignment = new Int32Array(n)
  const squares = new Float64Array(n)
  assignPoints(points, dimensions, centres, assignment, squares, watch)
  moveCentres(points, dimensions, weights, assignment, centres)
  let rounds = 0
  let settled = nClusters < 2
  while (!settled && rounds < maxRounds) {
    rounds++
    settled = movePoints({ points, dimensions, weights, assignment, centres, order }, watch) === 0
    // Centres that were moved a little with each point are computed anew: rounding does not pile up.
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

interface Partition {
  points: Float64Array
  dimensions: number
  weights: Float64Array | null
  assignment: Int32Array
  centres: Float64Array
  order: Int32Array | null
}

/** Tries each point once. @returns how many moved */
function movePoints({ points, dimensions, weights, assignment, centres, order }: Partition, watch: Watch): number {
  const nClusters = centres.length / dimensions
  const total = new Float64Array(nClusters)
  const counts = new Int32Array(nClusters)
  assignment.forEach((q, i) => {
    total[q]! += weights ? weights[i]! : 1
    counts[q]!++
  })
  const squareTo = (i: number, q: number): number => {
    let square = 0
    for (let d = 0; d < dimensions; d++) square += (points[i * dimensions + d]! - centres[q * dimensions + d]!) ** 2
    return square
  }
  const shift = (i: number, q: number, share: number): void => {
    for (let d = 0; d < dimensions; d++) {
      centres[q * dimensions + d]! += share * (points[i * dimensions + d]! - centres[q * dimensions + d]!)
    }
  }
  let moved = 0
  for (let at = 0; at < assignment.length; at++) {
    if (at % POINTS_AT_ONCE === 0) watch.checkpoint()
    const i = order ? order[at]! : at
    const own = assignment[i]!
    const weight = weights ? weights[i]! : 1
    if (counts[own] === 1 || !(total[own]! > weight)) continue
    const gain = (total[own]! / (total[own]! - weight)) * squareTo(i, own)
    let best = own
    let least = gain * (1 - ROUNDING)
    for (let q = 0; q < nClusters; q++) {
      if (q === own) continue
      const loss = (total[q]! / (total[q]! + weight)) * squareTo(i, q)
      if (loss < least) [best, least] = [q, loss]
    }
    if (best === own) continue
    shift(i, own, -weight / (total[own]! - weight))
    shift(i, best, weight / (total[best]! + weight))
    total[own]! -= weight
    total[best]! += weight
    counts[own]!--
    counts[best]!++
    assignment[i] = best
    moved++
  }
  return moved
}
