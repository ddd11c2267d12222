import { partOf, type Watch } from '../../linalg/watch.ts'
import type { ClusterTree } from './cluster-tree.ts'
import { condense, type Condensed } from './condense.ts'
import { consolidate } from './consolidate.ts'
import { cutTree } from './cut-tree.ts'
import { suggestCount, withinByCount } from './inertia.ts'
import { moveCentres, squaresWithin } from './k-means.ts'
import { wardTree } from './ward.ts'

/** More points than this are first condensed: a tree takes their square in time. */
export const TREE_LIMIT = 10_000
/** Centres that stand for the points then. */
export const CONDENSED_CENTRES = 1_000
const CONSOLIDATION_ROUNDS = 100
/** A point that does not count has to go somewhere all the same. */
const LEAST_WEIGHT = 1e-9

export interface ClusterOptions {
  /** how many; null: as many as the tree suggests. No more are made than there are different leaves */
  nClusters: number | null
  /** whether points move to the nearest centre after the cut */
  consolidate: boolean
  seed: number
}

/** Inertias are weighted means of squared distances: divided by the sum of the weights. */
export interface Clustering {
  tree: ClusterTree
  /** points below each leaf of the tree */
  leafSize: Int32Array<ArrayBuffer>
  /** cluster of each leaf when the tree is cut, before points moved; numbered as assignment */
  leafCluster: Int32Array<ArrayBuffer>
  /** n: the leaf of each point, where leaves are centres of several points; else null */
  leafOf: Int32Array<ArrayBuffer> | null
  /** n: cluster of each point, 0-based, in the order of the clusters' means along the first dimension */
  assignment: Int32Array<ArrayBuffer>
  /** nClusters×dimensions */
  centres: Float64Array<ArrayBuffer>
  suggested: number
  /** inertia within 1, 2, 3, … clusters of the tree; the first is that of all points */
  within: Float64Array<ArrayBuffer>
  /** inertia within the clusters after the cut, and after consolidation (the same where there was none) */
  withinCut: number
  withinFinal: number
  /** rounds of the consolidation, 0 without; whether it came to an end */
  rounds: number
  settled: boolean
}

/** Ward's tree, its cut, and k-means from the centres of the cut.
 * @param points n×dimensions row-major, finite; not modified
 * @param weights n, not negative, of any sum above 0; null: all 1
 * Source: Husson, Josse & Pagès, "Principal component methods – hierarchical clustering – partitional clustering" (2010). */
export function clusterPoints(
  points: Float64Array,
  dimensions: number,
  weights: Float64Array | null,
  options: ClusterOptions,
  watch: Watch
): Clustering {
  const n = points.length / dimensions
  const counting = weights && weights.map((weight) => Math.max(weight, LEAST_WEIGHT))
  const few =
    n > TREE_LIMIT
      ? condense(points, dimensions, counting, CONDENSED_CENTRES, options.seed, partOf(watch, 0, 0.6))
      : asTheyAre(points, counting, n)
  const tree = wardTree(few.centres, dimensions, few.weights, partOf(watch, n > TREE_LIMIT ? 0.6 : 0, 0.9))
  const total = few.weights.reduce((sum, weight) => sum + weight, 0)
  const within = withinByCount(tree.height, total, few.within / total)
  // What is equal is never parted.
  const different = 1 + tree.height.reduce((count, height) => count + (height > 0 ? 1 : 0), 0)
  const suggested = Math.min(suggestCount(within), different)
  const count = Math.min(options.nClusters ?? suggested, different)

  const leafCut = cutTree(tree, count)
  const cut = Int32Array.from(few.centreOf, (leaf) => leafCut[leaf]!)
  const cutCentres = new Float64Array(count * dimensions)
  moveCentres(points, dimensions, counting, cut, cutCentres)
  const withinCut = squaresWithin(points, dimensions, counting, cut, cutCentres) / total
  // In the order of the first dimension, so that it does not depend on the order of the rows.
  const order = few.weights.length === n ? orderAlongFirst(points, dimensions) : null
  const last = partOf(watch, 0.9, 1)
  const moved = options.consolidate
    ? consolidate(points, dimensions, counting, cutCentres, order, CONSOLIDATION_ROUNDS, last)
    : { assignment: cut, centres: cutCentres, within: withinCut * total, rounds: 0, settled: true }

  const numbers = numberAlongFirst(moved.centres, dimensions)
  const centres = new Float64Array(count * dimensions)
  numbers.forEach((number, q) => {
    centres.set(moved.centres.subarray(q * dimensions, (q + 1) * dimensions), number * dimensions)
  })
  const leafSize = new Int32Array(few.weights.length)
  for (const leaf of few.centreOf) leafSize[leaf]!++
  return {
    tree,
    leafSize,
    leafCluster: leafCut.map((q) => numbers[q]!),
    leafOf: n > TREE_LIMIT ? few.centreOf : null,
    assignment: moved.assignment.map((q) => numbers[q]!),
    centres,
    suggested,
    within,
    withinCut,
    withinFinal: moved.within / total,
    rounds: moved.rounds,
    settled: moved.settled
  }
}

function asTheyAre(points: Float64Array, weights: Float64Array | null, n: number): Condensed {
  return {
    centreOf: Int32Array.from({ length: n }, (_, i) => i),
    centres: points.slice(),
    weights: weights ? weights.slice() : new Float64Array(n).fill(1),
    within: 0
  }
}

/** Points in the order of their first coordinates. */
function orderAlongFirst(points: Float64Array, dimensions: number): Int32Array {
  const order = Int32Array.from({ length: points.length / dimensions }, (_, i) => i)
  return order.sort((a, b) => points[a * dimensions]! - points[b * dimensions]! || a - b)
}

/** The place of each cluster in the order of their first coordinates. */
function numberAlongFirst(centres: Float64Array, dimensions: number): Int32Array {
  const numbers = new Int32Array(centres.length / dimensions)
  orderAlongFirst(centres, dimensions).forEach((q, place) => (numbers[q] = place))
  return numbers
}
