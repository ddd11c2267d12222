/** An order in which things that are close to each other stand side by side: average linkage (UPGMA), found along chains of
 * nearest neighbours, and each two clusters turned so that their closest ends meet.
 * @param distances size × size, symmetric, not negative; not modified @param size number of things
 * @returns the things in their new order; the first of them is the one of the two ends with the smaller number
 * Cost: about 3·size² distances. Source: Murtagh, "A survey of recent advances in hierarchical clustering algorithms", The
 * Computer Journal 26 (1983) 354 (the chain); Gruvaeus & Wainer, "Two additions to hierarchical cluster analysis", British
 * Journal of Mathematical and Statistical Psychology 25 (1972) 200 (the turning). */
export function clusterOrder(distances: Float64Array, size: number, checkpoint: () => void): Int32Array {
  const between = distances.slice()
  const members: (number[] | null)[] = Array.from({ length: size }, (_, i) => [i])
  const merges: { height: number; left: number; right: number }[] = []
  const chain: number[] = []
  for (let left = size; left > 1;) {
    checkpoint()
    if (chain.length === 0) chain.push(members.findIndex((own) => own !== null))
    const end = chain.at(-1)!
    const before = chain.at(-2)
    const nearest = nearestTo(end, before, between, members, size)
    if (nearest !== before) {
      chain.push(nearest)
      continue
    }
    chain.length -= 2
    const [a, b] = end < nearest ? [end, nearest] : [nearest, end]
    merges.push({ height: between[a * size + b]!, left: members[a]![0]!, right: members[b]![0]! })
    join(a, b, between, members, size)
    left--
  }
  return layOut(merges, distances, size)
}

/** The cluster closest to another; of several as close, the one before it in the chain, else the first. */
function nearestTo(
  from: number,
  before: number | undefined,
  between: Float64Array,
  members: readonly (number[] | null)[],
  size: number
): number {
  let best = before ?? -1
  let least = before === undefined ? Infinity : between[from * size + before]!
  for (let other = 0; other < size; other++) {
    if (other === from || members[other] === null) continue
    const distance = between[from * size + other]!
    if (distance < least || best < 0) [best, least] = [other, distance]
  }
  return best
}

/** Cluster b goes into a; distances to the others are means over all pairs. */
function join(a: number, b: number, between: Float64Array, members: (number[] | null)[], size: number): void {
  const [na, nb] = [members[a]!.length, members[b]!.length]
  for (let other = 0; other < size; other++) {
    if (other === a || other === b || members[other] === null) continue
    const mean = (na * between[a * size + other]! + nb * between[b * size + other]!) / (na + nb)
    between[a * size + other] = between[other * size + a] = mean
  }
  members[a] = [...members[a]!, ...members[b]!]
  members[b] = null
}

/** The leaves of the tree from left to right. The chain finds merges out of order: lower ones are carried out first. */
function layOut(
  merges: { height: number; left: number; right: number }[],
  distances: Float64Array,
  size: number
): Int32Array {
  const clusterOf: number[][] = Array.from({ length: size }, (_, i) => [i])
  const ordered = merges.map((merge, i) => ({ ...merge, i })).sort((a, b) => a.height - b.height || a.i - b.i)
  for (const { left, right } of ordered) {
    const joined = joinEnds(clusterOf[left]!, clusterOf[right]!, distances, size)
    for (const leaf of joined) clusterOf[leaf] = joined
  }
  const order = Int32Array.from(clusterOf[0] ?? [])
  return order.length > 1 && order[0]! > order.at(-1)! ? order.reverse() : order
}

function joinEnds(a: number[], b: number[], distances: Float64Array, size: number): number[] {
  const at = (one: number, other: number): number => distances[one * size + other]!
  const ways: [number, () => number[]][] = [
    [at(a.at(-1)!, b[0]!), () => [...a, ...b]],
    [at(a.at(-1)!, b.at(-1)!), () => [...a, ...b.toReversed()]],
    [at(a[0]!, b[0]!), () => [...a.toReversed(), ...b]],
    [at(a[0]!, b.at(-1)!), () => [...b, ...a]]
  ]
  return ways.reduce((best, way) => (way[0] < best[0] ? way : best))[1]()
}
