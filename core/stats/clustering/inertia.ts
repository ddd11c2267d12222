/** The mean of weighted squared distances within clusters, for every number of clusters of a Ward tree.
 * @param height of the merges, ascending @param totalWeight of the leaves
 * @param below what lies within the leaves already, where they are centres of several rows
 * @returns n: at q − 1, with q clusters; the first is the inertia of all */
export function withinByCount(height: Float64Array, totalWeight: number, below = 0): Float64Array<ArrayBuffer> {
  const n = height.length + 1
  const within = new Float64Array(n)
  let sum = below
  within[n - 1] = sum
  for (let step = 0; step < height.length; step++) {
    sum += height[step]! ** 2 / 2 / totalWeight
    within[n - 2 - step] = sum
  }
  return within
}

/** How many clusters a tree suggests: the q at which going from q − 1 to q leaves the smallest share of the inertia within,
 * W_q / W_{q−1}, among 3 … 10 as FactoMineR's HCPC looks for it (2 where there are fewer than 4 leaves). At most half of the
 * leaves, so that clusters are groups; of equal ones the smallest.
 * @param within as withinByCount gives it
 * Source: Husson, Josse & Pagès, "Principal component methods – hierarchical clustering – partitional clustering: why would we
 * need to choose for visualizing data?" (2010), §3.2; FactoMineR 2.7, HCPC, min = 3, max = min(10, round(n/2)). */
export function suggestCount(within: Float64Array): number {
  const n = within.length
  const most = Math.min(10, roundHalfToEven(n / 2), n - 1)
  let best = Math.min(n, 2)
  let least = Infinity
  for (let q = 3; q <= most; q++) {
    const left = within[q - 1]! / within[q - 2]!
    if (left < least) [best, least] = [q, left]
  }
  return best
}

/** R rounds 0.5 to the even side. */
function roundHalfToEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
