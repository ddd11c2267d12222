import type { TrainingSet } from '../fitting.ts'
import type { Pace } from '../../../linalg/pace.ts'

/** Row `item` of XᵀX, X the users × items table of likes: how many users have it and each other item, itself included.
 * @param counts nItems, all 0 on entry; where something is added is listed in `seen`
 * @param seen nItems, overwritten from its beginning
 * @returns how many items were seen
 * Cost: the likes of all users who have the item. */
export function countTogether(
  item: number,
  { byUser, byItem }: Pick<TrainingSet, 'byUser' | 'byItem'>,
  counts: Float64Array,
  seen: Int32Array,
  pace: Pace
): number {
  let nSeen = 0
  for (let t = byItem.offsets[item]!; t < byItem.offsets[item + 1]!; t++) {
    const user = byItem.columns[t]!
    const [from, to] = [byUser.offsets[user]!, byUser.offsets[user + 1]!]
    for (let s = from; s < to; s++) {
      const other = byUser.columns[s]!
      if (counts[other] === 0) seen[nSeen++] = other
      counts[other]! += 1
    }
    pace(to - from)
  }
  return nSeen
}
