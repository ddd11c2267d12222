import { SeededRandom } from '../../../linalg/random.ts'
import { countRatings, type RatingCells } from '../cells.ts'
import type { TrainingSet } from '../fitting.ts'
import type { Ranking } from '../judgement.ts'
import type { Pace } from '../../../linalg/pace.ts'
import { popularityScorer } from '../scorers/popularity-scorer.ts'
import type { Scorer } from '../scorers/scorer.ts'
import { judgeList, type ListQuality } from './list-quality.ts'
import { findRelevant, type RelevantItems } from './relevant-items.ts'
import { describeSpread } from './spread.ts'
import { TopItems } from './top-items.ts'

/** Lists of more users than these are not made: a sample of so many has an error of the mean below 0.004. */
export const RANKED_USERS_LIMIT = 20_000

/** Scores of a block of users that are held at once: 32 MB. */
const BLOCK_ENTRIES = 4_000_000

/** Who is ranked for, and what their lists should hold. */
export interface RankingQuestion {
  training: Pick<TrainingSet, 'byUser' | 'byItem'>
  itemCounts: Int32Array
  relevant: RelevantItems
  /** of relevant.users: all, or a sample */
  users: Int32Array
  cutoff: number
}

/** What is to be ranked on a test set: every user with a relevant item, or a seeded sample of them.
 * @returns null where nobody has one
 * @param relevantFrom test ratings from here on are relevant; null: all */
export function askRanking(
  training: Pick<TrainingSet, 'byUser' | 'byItem'>,
  test: RatingCells,
  { relevantFrom, cutoff, seed }: { relevantFrom: number | null; cutoff: number; seed: number }
): RankingQuestion | null {
  const relevant = findRelevant(test, training.byUser, training.byItem.nRows, relevantFrom)
  if (relevant.users.length === 0) return null
  const users = sampleUsers(relevant.users, RANKED_USERS_LIMIT, seed)
  return { training, itemCounts: countRatings(training.byItem), relevant, users, cutoff }
}

/** `limit` of the users at random, ascending; all where there are no more. */
export function sampleUsers(users: Int32Array, limit: number, seed: number): Int32Array {
  if (users.length <= limit) return users
  const order = users.slice()
  new SeededRandom(seed).shuffle(order)
  return order.slice(0, limit).sort()
}

/** Scores of a block of users, user by user where the scorer has no quicker way. */
export function scoreBlock(scorer: Scorer, users: Int32Array, scores: Float64Array): void {
  if (scorer.scoreBlock) return scorer.scoreBlock(users, scores)
  users.forEach((user, place) =>
    scorer.scoreItems(user, scores.subarray(place * scorer.nItems, (place + 1) * scorer.nItems))
  )
}

/** Lists of `cutoff` items for each user over the full catalogue, without what the user has in training, equal scores by
 * item index; what each list holds of what is relevant, averaged over the users. Never a full sort.
 * @param progress told the fraction done */
export function measureRanking(
  scorer: Scorer,
  { training, itemCounts, relevant, users, cutoff }: RankingQuestion,
  pace: Pace,
  progress: (fraction: number) => void = () => {}
): Ranking {
  const { nItems } = scorer
  const { byUser } = training
  const top = new TopItems(Math.min(cutoff, nItems))
  const had = new Int32Array(nItems).fill(-1)
  const wanted = new Int32Array(nItems).fill(-1)
  const recommended = new Int32Array(nItems)
  const sums: ListQuality = { precision: 0, recall: 0, ndcg: 0, map: 0, mrr: 0, hitRate: 0 }
  const mark = (marks: Int32Array, grouped: RelevantItems['byUser'], user: number): void => {
    for (let t = grouped.offsets[user]!; t < grouped.offsets[user + 1]!; t++) marks[grouped.columns[t]!] = user
  }
  const blockSize = Math.max(1, Math.min(users.length, 256, Math.floor(BLOCK_ENTRIES / nItems)))
  const block = new Float64Array(blockSize * nItems)
  for (let from = 0; from < users.length; from += blockSize) {
    const asked = users.subarray(from, from + blockSize)
    scoreBlock(scorer, asked, block)
    for (let place = 0; place < asked.length; place++) {
      const user = asked[place]!
      mark(had, byUser, user)
      mark(wanted, relevant.byUser, user)
      const start = place * nItems
      let least = top.least
      for (let item = 0; item < nItems; item++) {
        // items come in order, so that one with the score of the last that is kept is not before it
        if (!(block[start + item]! > least) || had[item] === user) continue
        top.offer(item, block[start + item]!)
        least = top.least
      }
      const list = top.take().items
      for (const item of list) recommended[item]! += 1
      const nRelevant = relevant.byUser.offsets[user + 1]! - relevant.byUser.offsets[user]!
      const quality = judgeList(list, (item) => wanted[item] === user, nRelevant, cutoff)
      for (const name of Object.keys(sums) as (keyof ListQuality)[]) sums[name] += quality[name]
      pace(2 * nItems)
    }
    progress((from + asked.length) / users.length)
  }
  const means = Object.fromEntries(
    Object.entries(sums).map(([name, sum]) => [name, sum / users.length])
  ) as unknown as ListQuality
  return { k: cutoff, nUsers: users.length, ...means, ...describeSpread(recommended, itemCounts, byUser.nRows) }
}

/** The ranking of what most have, on the same question. */
export const measurePopularityRanking = (question: RankingQuestion, pace: Pace): Ranking =>
  measureRanking(popularityScorer(question.itemCounts, question.training.byUser.nRows), question, pace)
