import type { ClusterTree } from './cluster-tree.ts'

/** The clusters of a tree that is cut so that so many are left.
 * @param nClusters 1 … n
 * @returns n: cluster of each leaf, 0-based, numbered by their first leaf as R's cutree does */
export function cutTree(
  { merge, order }: Pick<ClusterTree, 'merge' | 'order'>,
  nClusters: number
): Int32Array<ArrayBuffer> {
  const n = order.length
  const steps = n - nClusters
  /** the last merge a merge became part of; 0: of none that is carried out */
  const parent = new Int32Array(n)
  const parentOfLeaf = new Int32Array(n)
  for (let step = 1; step <= steps; step++) {
    for (const part of [merge[2 * step - 2]!, merge[2 * step - 1]!]) {
      if (part < 0) parentOfLeaf[-part - 1] = step
      else parent[part] = step
    }
  }
  // A merge has a smaller number than the one it is part of: from the last to the first, each finds its top at once.
  const top = new Int32Array(n)
  for (let step = steps; step >= 1; step--) top[step] = parent[step] === 0 ? step : top[parent[step]!]!
  const numberOf = new Map<number, number>()
  return Int32Array.from({ length: n }, (_, leaf) => {
    const key = parentOfLeaf[leaf] === 0 ? -(leaf + 1) : top[parentOfLeaf[leaf]!]!
    const known = numberOf.get(key)
    if (known !== undefined) return known
    numberOf.set(key, numberOf.size)
    return numberOf.size - 1
  })
}
