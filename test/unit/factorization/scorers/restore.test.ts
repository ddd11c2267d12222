import { expect, test } from 'vitest'
import { countsAsLikes } from '../../../../core/analyses/factorization/likes.ts'
import { methodSchema } from '../../../../core/analyses/factorization/methods.ts'
import { makePace } from '../../../../core/linalg/pace.ts'
import { prepareRatings } from '../../../../core/analyses/factorization/prepare.ts'
import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import { restoreScorer } from '../../../../core/analyses/factorization/scorers/restore.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { buildParams, drawRatings, noPace, quiet, tableOfCells } from '../build.ts'

const table = tableOfCells(drawRatings(12, 9, 0.4, 7))
const there = methodSchema.options

/** Params as a test wants them, and the scorer of what they give. */
function restore(method: (typeof there)[number]) {
  const params = buildParams({ method, nFactors: 3, iterations: 4, samples: 6, burnIn: 2, testFraction: 0.2 })
  const { summary, arrays } = runFactorization(table, params, quiet, {})
  const prepared = prepareRatings(table, params, new SeededRandom(params.seed), {}, makePace(noPace), noPace)
  const scorer = restoreScorer(summary, (name) => arrays[name]!, prepared.training.byUser)
  return { summary, scorer, prepared }
}

test.each(there)('a stored %s predicts what it predicted when it was fitted', (method) => {
  const { summary, scorer, prepared } = restore(method)
  const { train } = prepared.split
  let squares = 0
  for (let t = 0; t < train.values.length; t++) {
    const raw = scorer.predict(train.userIndex[t]!, train.itemIndex[t]!)
    const likes = countsAsLikes(method)
    const [low, high] = likes || method === 'wals' ? [-Infinity, Infinity] : summary.ratingRange
    squares += ((likes ? 1 : train.values[t]!) - Math.min(high, Math.max(low, raw))) ** 2
  }
  expect(Math.sqrt(squares / train.values.length)).toBeCloseTo(summary.metrics.train.rmse, 14)
})

test.each(there)('scores of %s for all items are its predictions one by one', (method) => {
  const { scorer } = restore(method)
  const scores = new Float64Array(scorer.nItems).fill(9)
  for (let user = 0; user < scorer.nUsers; user++) {
    scorer.scoreItems(user, scores)
    for (let item = 0; item < scorer.nItems; item++) expect(scores[item]!).toBeCloseTo(scorer.predict(user, item), 13)
  }
})
