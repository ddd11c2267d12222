/** A tree of clusters as R's hclust describes it; n leaves, n − 1 merges in the order of their heights. */
export interface ClusterTree {
  /** 2(n − 1): the two parts of each merge. −i is leaf i counted from 1, +m what merge m (from 1) made */
  merge: Int32Array<ArrayBuffer>
  /** n − 1, ascending: √(2·wₐw_b/(wₐ + w_b))·‖cₐ − c_b‖, which between two leaves of weight 1 is their distance. Half its
   * square is what the merge adds to the sum of squares within the clusters */
  height: Float64Array<ArrayBuffer>
  /** the leaves (0-based) from left to right, so that no two branches cross */
  order: Int32Array<ArrayBuffer>
}

/** Puts merges in the order of their heights and lays out the leaves, by the conventions of R's hclust: of two parts, leaves
 * come before clusters, then the smaller number.
 * @param merges n − 1, each naming a leaf (0-based) of either part; a cluster stands before those it becomes part of, and is
 * not higher than they are */
export function orderTree(merges: { left: number; right: number; height: number }[], n: number): ClusterTree {
  const sorted = merges
    .map((one, found) => ({ ...one, found }))
    .sort((a, b) => a.height - b.height || a.found - b.found)
  const merge = new Int32Array(2 * sorted.length)
  const height = Float64Array.from(sorted, (one) => one.height)
  const root = Int32Array.from({ length: n }, (_, leaf) => leaf)
  const name = Int32Array.from({ length: n }, (_, leaf) => -(leaf + 1))
  for (const [step, { left, right }] of sorted.entries()) {
    const [a, b] = [rootOf(root, left), rootOf(root, right)]
    const parts = partsInOrder(name[a]!, name[b]!)
    merge[2 * step] = parts[0]
    merge[2 * step + 1] = parts[1]
    root[b] = a
    name[a] = step + 1
  }
  return { merge, height, order: leavesOf(merge, n) }
}

function rootOf(root: Int32Array, leaf: number): number {
  let at = leaf
  while (root[at] !== at) {
    root[at] = root[root[at]!]!
    at = root[at]!
  }
  return at
}

function partsInOrder(a: number, b: number): [number, number] {
  if (a < 0 && b < 0) return a > b ? [a, b] : [b, a]
  return a < b ? [a, b] : [b, a]
}

/** The leaves below the last merge, from left to right. A chain of merges may be as deep as there are leaves: no recursion. */
function leavesOf(merge: Int32Array, n: number): Int32Array<ArrayBuffer> {
  const order = new Int32Array(n)
  const waiting = n > 1 ? [n - 1] : n === 1 ? [-1] : []
  let count = 0
  while (waiting.length > 0) {
    const part = waiting.pop()!
    if (part < 0) order[count++] = -part - 1
    else waiting.push(merge[2 * part - 1]!, merge[2 * part - 2]!)
  }
  return order
}
