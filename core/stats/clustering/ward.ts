import type { Watch } from '../../linalg/watch.ts'
import { orderTree, type ClusterTree } from './cluster-tree.ts'

/** What is left to merge: centroids with their weight, side by side, so that a search runs through no gaps. */
interface Pool {
  size: number
  dimensions: number
  centroids: Float64Array
  weight: Float64Array
  /** height at which the cluster was made */
  made: Float64Array
  /** its smallest leaf, which decides between equal distances */
  first: Int32Array
}

interface Merge {
  left: number
  right: number
  height: number
}

/** Ward's hierarchical clustering by chains of nearest neighbours: of all merges, each is the one that adds least to the sum
 * of squares within the clusters. Of equal merges, the one with the smaller leaves.
 * @param points n×dimensions row-major, finite; not modified
 * @param weights n, positive; null: all 1
 * Cost: about 3n² distances; memory of n points. Heights are those of R's hclust(dist(x), "ward.D2") and scipy's
 * linkage(x, "ward").
 * Source: Murtagh & Legendre, "Ward's hierarchical agglomerative clustering method: which algorithms implement Ward's
 * criterion?", Journal of Classification 31 (2014) 274; Murtagh, "A survey of recent advances in hierarchical clustering
 * algorithms", The Computer Journal 26 (1983) 354 (the chain). */
export function wardTree(
  points: Float64Array,
  dimensions: number,
  weights: Float64Array | null,
  watch: Watch
): ClusterTree {
  const n = dimensions === 0 ? 0 : points.length / dimensions
  const pool: Pool = {
    size: n,
    dimensions,
    centroids: points.slice(),
    weight: weights ? weights.slice() : new Float64Array(n).fill(1),
    made: new Float64Array(n),
    first: Int32Array.from({ length: n }, (_, leaf) => leaf)
  }
  return orderTree(findMerges(pool, watch), n)
}

/** The merges in the order in which chains find them: a cluster before those it becomes part of. */
function findMerges(pool: Pool, watch: Watch): Merge[] {
  const n = pool.size
  const merges: Merge[] = []
  /** smallest leaves of the chain's clusters: places in the pool change, these do not */
  const chain: number[] = []
  const placeOf = pool.first.slice()
  const pairs = Math.max(1, n * n)
  while (pool.size > 1) {
    watch.checkpoint()
    if (chain.length === 0) chain.push(pool.first[0]!)
    const end = placeOf[chain.at(-1)!]!
    const before = chain.length > 1 ? placeOf[chain.at(-2)!]! : -1
    const nearest = nearestTo(pool, end, before)
    if (nearest.place !== before) {
      chain.push(pool.first[nearest.place]!)
      continue
    }
    chain.length -= 2
    // Rounding may let a merge of equal distances seem lower than the one it is made of.
    const height = Math.max(Math.sqrt(2 * nearest.cost), pool.made[end]!, pool.made[before]!)
    const [left, right] = pool.first[end]! < pool.first[before]! ? [end, before] : [before, end]
    merges.push({ left: pool.first[left]!, right: pool.first[right]!, height })
    join(pool, placeOf, left, right, height)
    watch.progress(1 - (pool.size * pool.size) / pairs)
  }
  return merges
}

/** The cluster whose merge with another adds least to the sum of squares; of several, the one before it in the chain, else
 * the one with the smallest leaf. */
function nearestTo(pool: Pool, from: number, before: number): { place: number; cost: number } {
  const { size, dimensions, centroids, weight, first } = pool
  const own = weight[from]!
  const start = from * dimensions
  let place = before
  let cost = before < 0 ? Infinity : costBetween(pool, from, before)
  for (let other = 0; other < size; other++) {
    if (other === from || other === before) continue
    const share = (own * weight[other]!) / (own + weight[other]!)
    // Most are out of the question after a few dimensions.
    const enough = cost / share
    let square = 0
    let d = 0
    for (const at = other * dimensions; d < dimensions && square <= enough; d++) {
      const difference = centroids[at + d]! - centroids[start + d]!
      square += difference * difference
    }
    if (d < dimensions) continue
    const added = share * square
    const comesFirst = place < 0 || (place !== before && first[other]! < first[place]!)
    if (added < cost || (added === cost && comesFirst)) [place, cost] = [other, added]
  }
  return { place, cost }
}

function costBetween({ centroids, weight, dimensions }: Pool, a: number, b: number): number {
  let square = 0
  for (let d = 0; d < dimensions; d++) {
    const difference = centroids[a * dimensions + d]! - centroids[b * dimensions + d]!
    square += difference * difference
  }
  return ((weight[a]! * weight[b]!) / (weight[a]! + weight[b]!)) * square
}

/** Cluster b goes into a, and the last of the pool takes its place. */
function join(pool: Pool, placeOf: Int32Array, a: number, b: number, height: number): void {
  const { dimensions, centroids, weight, made, first } = pool
  const together = weight[a]! + weight[b]!
  const share = weight[b]! / together
  for (let d = 0; d < dimensions; d++) {
    const own = centroids[a * dimensions + d]!
    centroids[a * dimensions + d] = own + share * (centroids[b * dimensions + d]! - own)
  }
  weight[a] = together
  made[a] = height
  const last = --pool.size
  if (b === last) return
  centroids.copyWithin(b * dimensions, last * dimensions, (last + 1) * dimensions)
  weight[b] = weight[last]!
  made[b] = made[last]!
  first[b] = first[last]!
  placeOf[first[b]] = b
}
