import type { CountGroup } from '../../../contract/ratings-summary.ts'

/** Groups begin at so many ratings. */
const GROUPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 20000]

/** Users or items by how many ratings they have; groups without a member are not listed.
 * @param counts ratings of each, none 0 */
export function groupByCount(counts: Int32Array): CountGroup[] {
  const groups = GROUPS.map((from, place) => ({
    from,
    to: (GROUPS[place + 1] ?? Infinity) - 1,
    members: 0,
    ratings: 0
  }))
  let most = 0
  for (const count of counts) {
    const group = groups[GROUPS.findLastIndex((from) => from <= count)]
    if (!group) continue
    group.members += 1
    group.ratings += count
    most = Math.max(most, count)
  }
  return groups.filter(({ members }) => members > 0).map((group) => ({ ...group, to: Math.min(group.to, most) }))
}

/** Share of all that the largest have.
 * @param share of the members, at least one */
export function shareOfLargest(counts: Int32Array, share: number): number {
  const sorted = counts.slice().sort()
  const nTop = Math.max(1, Math.round(share * sorted.length))
  const sum = (values: Int32Array): number => values.reduce((total, count) => total + count, 0)
  const all = sum(sorted)
  return all === 0 ? 0 : sum(sorted.subarray(sorted.length - nTop)) / all
}
