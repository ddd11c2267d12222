import type { Pace } from '../../../linalg/pace.ts'
import { SeededRandom } from '../../../linalg/random.ts'
import type { SampledRanking } from '../judgement.ts'
import type { Scorer } from '../scorers/scorer.ts'
import type { RankingQuestion } from './ranking.ts'

/** Lists of a test item and some others instead of the catalogue.
 * Each relevant item is ranked among `negatives` others, drawn without replacement from the items the user has neither in
 * training nor among what is relevant; all of those where there are no more. Equal scores come by item index, as in whole lists.
 * With rank r: hit rate = 1 where r ≤ k, nDCG = 1 ∕ log₂(r + 1) where r ≤ k, reciprocal rank = 1 ∕ r; means over a user's
 * items, then over users. What is drawn depends on the seed and the question alone: every model is ranked among the same.
 * Source: He et al., "Neural collaborative filtering", WWW 2017, §4.1; for why such figures do not compare models: Krichene &
 * Rendle, "On sampled metrics for item recommendation", KDD 2020. */
export function measureSampledRanking(
  scorer: Scorer,
  { training, relevant, users, cutoff }: RankingQuestion,
  { negatives, seed }: { negatives: number; seed: number },
  pace: Pace
): SampledRanking {
  const { nItems } = scorer
  const random = new SeededRandom(seed)
  const scores = new Float64Array(nItems)
  /** who has an item or should have it */
  const taken = new Int32Array(nItems).fill(-1)
  const others = new Int32Array(nItems)
  const sums: SampledRanking = { hitRate: 0, ndcg: 0, mrr: 0 }
  for (const user of users) {
    scorer.scoreItems(user, scores)
    for (const { offsets, columns } of [training.byUser, relevant.byUser]) {
      for (let t = offsets[user]!; t < offsets[user + 1]!; t++) taken[columns[t]!] = user
    }
    let free = 0
    for (let item = 0; item < nItems; item++) if (taken[item] !== user) others[free++] = item
    const drawn = Math.min(negatives, free)
    const [from, to] = [relevant.byUser.offsets[user]!, relevant.byUser.offsets[user + 1]!]
    const weight = 1 / ((to - from) * users.length)
    for (let t = from; t < to; t++) {
      const item = relevant.byUser.columns[t]!
      const own = scores[item]!
      let rank = 1
      for (let place = 0; place < drawn; place++) {
        // The first places of a shuffle, as many as are wanted.
        const at = place + random.integer(free - place)
        const other = others[at]!
        others[at] = others[place]!
        others[place] = other
        if (scores[other]! > own || (scores[other] === own && other < item)) rank += 1
      }
      if (rank <= cutoff) {
        sums.hitRate += weight
        sums.ndcg += weight / Math.log2(rank + 1)
      }
      sums.mrr += weight / rank
      pace(drawn)
    }
    pace(nItems)
  }
  return sums
}
