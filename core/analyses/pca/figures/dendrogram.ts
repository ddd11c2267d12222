/** Geometry of a tree of clusters: no DOM, no colours. */

/** A tree as the study of clusters stores it. */
export interface StoredTree {
  /** 2 × (leaves − 1): −i is leaf i, +m merge m, both from 1 */
  merge: ArrayLike<number>
  /** of the merges, ascending */
  height: ArrayLike<number>
  /** rows of each leaf */
  leafSize: ArrayLike<number>
  /** cluster of each leaf */
  leafCluster: ArrayLike<number>
}

/** An end of the drawn tree: one leaf, or a branch that is folded. */
export interface DrawnLeaf {
  /** as merge names it: −i is leaf i, +m what merge m made, from 1 */
  part: number
  /** the leaf (0-based), or null where several are folded */
  leaf: number | null
  /** rows below it */
  rows: number
  /** the cluster all of them belong to, or null */
  cluster: number | null
  /** where its line begins: 0, or the height at which what is folded has come together */
  height: number
}

/** One merge: a bar over two parts at whose ends lines go down. x counts ends from 0. */
export interface DrawnMerge {
  left: number
  right: number
  leftHeight: number
  rightHeight: number
  height: number
  cluster: number | null
}

/** What is told of the part of a tree below a merge. */
interface Part {
  rows: number
  /** sum of rows · cluster: parts stand in the order of their mean cluster */
  weighed: number
  /** the cluster of all its rows, −1 for several */
  cluster: number
}

/** Lays out the upper part of a tree. Clusters stand from left to right in their order, as far as the tree allows.
 * @param mostEnds ends that are drawn: the merges below are folded
 * @returns ends from left to right, and merges from low to high */
export function layDendrogram(tree: StoredTree, mostEnds: number): { ends: DrawnLeaf[]; merges: DrawnMerge[] } {
  const { merge, height, leafSize, leafCluster } = tree
  const nMerges = height.length
  const ends: DrawnLeaf[] = []
  const merges: DrawnMerge[] = []
  const parts: Part[] = []
  const partOf = (name: number): Part => {
    if (name > 0) return parts[name - 1]!
    const leaf = -name - 1
    const cluster = leafCluster[leaf]!
    return { rows: leafSize[leaf]!, weighed: leafSize[leaf]! * cluster, cluster }
  }
  for (let step = 0; step < nMerges; step++) {
    const [a, b] = [partOf(merge[2 * step]!), partOf(merge[2 * step + 1]!)]
    const cluster = a.cluster === b.cluster ? a.cluster : -1
    parts.push({ rows: a.rows + b.rows, weighed: a.weighed + b.weighed, cluster })
  }
  const folded = Math.max(0, nMerges - Math.max(1, mostEnds) + 1)
  const knownCluster = (name: number): number | null => {
    const { cluster } = partOf(name)
    return cluster < 0 ? null : cluster
  }
  /** Where the line of a part begins. */
  const place = new Map<number, { x: number; height: number }>()
  const leaves = leafSize.length
  const waiting: { name: number; opened: boolean }[] = leaves === 0 ? [] : [{ name: nMerges || -1, opened: false }]
  while (waiting.length > 0) {
    const { name, opened } = waiting.pop()!
    if (name < 0 || name <= folded) {
      const own = name < 0 ? 0 : height[name - 1]!
      place.set(name, { x: ends.length, height: own })
      ends.push({
        part: name,
        leaf: name < 0 ? -name - 1 : null,
        rows: partOf(name).rows,
        cluster: knownCluster(name),
        height: own
      })
      continue
    }
    const children = inOrder(merge[2 * name - 2]!, merge[2 * name - 1]!, partOf)
    if (!opened) {
      waiting.push({ name, opened: true }, { name: children[1], opened: false }, { name: children[0], opened: false })
      continue
    }
    const [left, right] = children.map((child) => place.get(child)!) as [
      { x: number; height: number },
      { x: number; height: number }
    ]
    const own = height[name - 1]!
    place.set(name, { x: (left.x + right.x) / 2, height: own })
    merges.push({
      left: left.x,
      right: right.x,
      leftHeight: left.height,
      rightHeight: right.height,
      height: own,
      cluster: knownCluster(name)
    })
  }
  return { ends, merges: merges.sort((a, b) => a.height - b.height) }
}

function inOrder(a: number, b: number, partOf: (name: number) => Part): [number, number] {
  const mean = ({ weighed, rows }: Part): number => weighed / rows
  return mean(partOf(a)) <= mean(partOf(b)) ? [a, b] : [b, a]
}

/** The leaves (0-based) below a part of a tree, as merge names it. */
export function leavesBelow(merge: ArrayLike<number>, part: number): number[] {
  const leaves: number[] = []
  const waiting = [part]
  while (waiting.length > 0) {
    const name = waiting.pop()!
    if (name < 0) leaves.push(-name - 1)
    else waiting.push(merge[2 * name - 1]!, merge[2 * name - 2]!)
  }
  return leaves
}

/** The height at which a tree is cut to leave so many clusters: halfway between the last merge that is done and the first that
 * is not. @param height of the merges, ascending @param count 1 … leaves */
export function cutHeight(height: ArrayLike<number>, count: number): number {
  const done = height.length + 1 - count
  const below = done > 0 ? height[done - 1]! : 0
  const above = done < height.length ? height[done]! : (height[height.length - 1] ?? 0) * 1.08
  return (below + above) / 2
}

/** How many clusters a cut at a height leaves. */
export function countAt(height: ArrayLike<number>, cut: number): number {
  let from = 0
  let to = height.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (height[middle]! <= cut) from = middle + 1
    else to = middle
  }
  return height.length - from + 1
}
