import type { GroupedRatings } from '../../cells.ts'
import { scoreBlock } from '../../judging/ranking.ts'
import { TopItems } from '../../judging/top-items.ts'
import type { Scorer } from '../../scorers/scorer.ts'

/** Scores of a block of users that are held at once: 32 MB. */
const BLOCK_ENTRIES = 4_000_000

/** The n best items of each user that are not in their history.
 * @param checkpoint throws CANCELLED; called for each block of users */
export function bestLists(
  scorer: Scorer,
  users: Int32Array,
  histories: GroupedRatings,
  n: number,
  checkpoint: () => void
): Int32Array[] {
  const { nItems } = scorer
  const size = Math.max(1, Math.min(users.length, 256, Math.floor(BLOCK_ENTRIES / nItems)))
  const block = new Float64Array(size * nItems)
  const had = new Int32Array(nItems).fill(-1)
  const top = new TopItems(Math.min(n, nItems))
  const lists: Int32Array[] = []
  for (let from = 0; from < users.length; from += size) {
    checkpoint()
    const some = users.subarray(from, from + size)
    scoreBlock(scorer, some, block)
    some.forEach((user, place) => {
      for (let t = histories.offsets[user]!; t < histories.offsets[user + 1]!; t++) had[histories.columns[t]!] = user
      let { least } = top
      for (let item = 0; item < nItems; item++) {
        const score = block[place * nItems + item]!
        if (!(score > least) || had[item] === user) continue
        top.offer(item, score)
        least = top.least
      }
      lists.push(top.take().items)
    })
  }
  return lists
}

/** Of two sets of lists: the mean of the items in both over the items in either (Jaccard), and of those in both over the length of the
 * first. Users of whom both lists are empty say nothing. @returns NaN where nobody has a list */
export function compareLists(
  first: readonly Int32Array[],
  second: readonly Int32Array[]
): { jaccard: number; kept: number } {
  let [jaccard, kept, count] = [0, 0, 0]
  first.forEach((list, place) => {
    const other = second[place]!
    const known = new Set(list)
    const shared = other.reduce((sum, item) => sum + Number(known.has(item)), 0)
    const either = list.length + other.length - shared
    if (list.length === 0 || either === 0) return
    jaccard += shared / either
    kept += shared / list.length
    count += 1
  })
  return { jaccard: jaccard / count, kept: kept / count }
}
