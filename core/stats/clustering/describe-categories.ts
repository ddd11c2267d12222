import { countVTest } from '../hypergeometric.ts'

/** How often a value stands in a cluster, and among all. */
export interface CategoryTrait {
  /** position in the dictionary; −1: the cell is missing */
  code: number
  vTest: number
  p: number
  /** share of the cluster's rows that have the value, 0 … 1 */
  shareOfCluster: number
  /** share of all rows that have it */
  shareOfAll: number
  /** share of the rows that have it which are in the cluster */
  shareOfValue: number
}

/** Compares each cluster with all rows in one column of categories. Rows are counted, not weighted; missing cells are a value
 * of their own. Values that every row has, or none, are left out.
 * @param codes by row of the dataset, −1 where missing @param rows n: which row each point is
 * @returns nClusters lists
 * Source: as countVTest; FactoMineR's catdes. */
export function describeCategories(
  codes: ArrayLike<number>,
  nValues: number,
  rows: ArrayLike<number>,
  assignment: Int32Array,
  nClusters: number
): CategoryTrait[][] {
  const n = rows.length
  /** counts of code −1, 0, 1, … in each cluster */
  const width = nValues + 1
  const counts = new Int32Array(nClusters * width)
  for (let i = 0; i < n; i++) counts[assignment[i]! * width + Math.max(-1, codes[rows[i]!]!) + 1]!++
  const ofValue = Int32Array.from({ length: width }, (_, at) => {
    let sum = 0
    for (let q = 0; q < nClusters; q++) sum += counts[q * width + at]!
    return sum
  })
  return Array.from({ length: nClusters }, (_, q) => {
    const own = counts.subarray(q * width, (q + 1) * width)
    const size = own.reduce((sum, count) => sum + count, 0)
    const traits: CategoryTrait[] = []
    for (let at = 0; at < width; at++) {
      if (ofValue[at] === 0 || ofValue[at] === n || size === 0 || size === n) continue
      const test = countVTest(own[at]!, size, ofValue[at]!, n)
      traits.push({
        code: at - 1,
        ...test,
        shareOfCluster: own[at]! / size,
        shareOfAll: ofValue[at]! / n,
        shareOfValue: own[at]! / ofValue[at]!
      })
    }
    return traits
  })
}
