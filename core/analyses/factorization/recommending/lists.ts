import type { ListFilter } from '../../../contract/recommending.ts'
import { scoreBlock } from '../judging/ranking.ts'
import { TopItems } from '../judging/top-items.ts'
import { ratingsOf, type KnownModel } from './known-model.ts'
import { allowedItems } from './top-items.ts'

/** The list of one user, best first. */
export interface UserList {
  user: number
  items: Int32Array
  /** never clipped */
  scores: Float64Array
}

/** Scores of a block of users that are held at once: 32 MB. */
const BLOCK_ENTRIES = 4_000_000

/** Lists of many users, one after the other, so that they need not be in memory together.
 * @param users null: all
 * @param filter who has seen what is each user's own: held out ratings count as seen, too
 * @param checkpoint throws CANCELLED; called for each block of users */
export function* listUsers(
  known: KnownModel,
  users: Int32Array | null,
  n: number,
  filter: ListFilter,
  checkpoint: () => void
): Generator<UserList> {
  const { scorer, training, held } = known
  const { nItems } = scorer
  const wanted = users ?? Int32Array.from({ length: known.users.length }, (_, user) => user)
  const allowed = allowedItems({ ...filter, seen: 'include' }, known.itemCounts, [])
  const size = Math.max(1, Math.min(wanted.length, 256, Math.floor(BLOCK_ENTRIES / Math.max(1, nItems))))
  const block = new Float64Array(size * nItems)
  const top = new TopItems(Math.min(n, nItems))
  const seen = new Int32Array(nItems).fill(-1)
  for (let from = 0; from < wanted.length; from += size) {
    checkpoint()
    const some = wanted.subarray(from, from + size)
    scoreBlock(scorer, some, block)
    for (let place = 0; place < some.length; place++) {
      const user = some[place]!
      if (filter.seen === 'exclude') {
        for (const item of ratingsOf(training, user).items) seen[item] = user
        if (held) for (const item of ratingsOf(held, user).items) seen[item] = user
      }
      for (let item = 0; item < nItems; item++) {
        if (allowed[item] === 1 && seen[item] !== user) top.offer(item, block[place * nItems + item]!)
      }
      yield { user, ...top.take() }
    }
  }
}
