import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeList } from '../../../../core/analyses/factorization/judging/list-quality.ts'
import {
  askRanking,
  measurePopularityRanking,
  measureRanking,
  sampleUsers
} from '../../../../core/analyses/factorization/judging/ranking.ts'
import { findRelevant } from '../../../../core/analyses/factorization/judging/relevant-items.ts'
import { describeSpread, giniOf } from '../../../../core/analyses/factorization/judging/spread.ts'
import { createModel, drawFactors } from '../../../../core/analyses/factorization/model.ts'
import { factorScorer } from '../../../../core/analyses/factorization/scorers/factor-scorer.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { cellsOf, drawRatings, drawTraining, noPace, tableScorer, trainingOf } from '../build.ts'

describe('one list', () => {
  const wants = (...items: number[]) => ({ isRelevant: (item: number) => items.includes(item), n: items.length })
  const judge = (list: number[], wanted: ReturnType<typeof wants>, k: number) =>
    judgeList(Int32Array.from(list), wanted.isRelevant, wanted.n, k)

  test('computed by hand: hits at ranks 1 and 3 of 5, three relevant', () => {
    // DCG = 1/log2(2) + 1/log2(4) = 1.5; ideal = 1 + 1/log2(3) + 0.5 = 2.1309297536; AP = (1/1 + 2/3)/3
    const quality = judge([7, 1, 8, 2, 3], wants(7, 8, 9), 5)
    expect(quality).toMatchObject({ precision: 0.4, recall: 2 / 3, mrr: 1, hitRate: 1 })
    expect(quality.ndcg).toBeCloseTo(1.5 / 2.1309297535714573, 14)
    expect(quality.map).toBeCloseTo((1 + 2 / 3) / 3, 14)
  })

  test('first hit at rank 4: reciprocal rank ¼', () => {
    expect(judge([1, 2, 3, 9], wants(9), 4)).toEqual({
      precision: 0.25,
      recall: 1,
      ndcg: 1 / Math.log2(5),
      map: 0.25,
      mrr: 0.25,
      hitRate: 1
    })
  })

  test('no hit is zero in all', () => {
    expect(Object.values(judge([1, 2, 3], wants(9), 3))).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('a list of hits alone is ideal though more is relevant; its recall is not', () => {
    expect(judge([1, 2], wants(1, 2, 3, 4), 2)).toEqual({
      precision: 1,
      recall: 0.5,
      ndcg: 1,
      map: 1,
      mrr: 1,
      hitRate: 1
    })
  })

  test('a short list has the precision of k, and what stands beyond k does not count', () => {
    expect(judge([1], wants(1), 4).precision).toBe(0.25)
    expect(judge([1, 2, 3], wants(3), 2).hitRate).toBe(0)
  })

  test('all measures lie in 0 … 1 and moving a hit up lowers none', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 10 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 12 }),
        (list, relevant, k) => {
          const wanted = wants(...relevant)
          const before = judge(list, wanted, k)
          const place = list.findIndex(
            (item, at) => at > 0 && relevant.includes(item) && !relevant.includes(list[at - 1]!)
          )
          if (place > 0) [list[place - 1], list[place]] = [list[place]!, list[place - 1]!]
          const after = judge(list, wanted, k)
          return (Object.keys(before) as (keyof typeof before)[]).every(
            (name) => before[name] >= 0 && after[name] <= 1 + 1e-12 && after[name] >= before[name] - 1e-12
          )
        }
      ),
      { numRuns: 300, seed: 20245 }
    )
  })
})

describe('who and what is counted', () => {
  const training = trainingOf(
    cellsOf([
      [0, 0, 5],
      [1, 1, 4],
      [2, 2, 3]
    ]),
    3,
    4
  )

  test('not what is had, not what is unknown, not what is rated below, each item once', () => {
    const test = cellsOf([
      [0, 0, 5],
      [0, 1, 2],
      [0, 3, 4],
      [0, 3, 5],
      [1, -1, 5],
      [-1, 2, 5],
      [2, 3, 3]
    ])
    const all = findRelevant(test, training.byUser, 4, null)
    expect([...all.users]).toEqual([0, 2])
    expect([...all.byUser.offsets]).toEqual([0, 2, 2, 3])
    expect([...all.byUser.columns]).toEqual([1, 3, 3])
    const good = findRelevant(test, training.byUser, 4, 4)
    expect([...good.users]).toEqual([0])
    expect([...good.byUser.columns]).toEqual([3])
  })

  test('nobody with a relevant item: nothing to rank', () => {
    const known = cellsOf([[0, 0, 5]])
    expect(askRanking(training, known, { relevantFrom: null, cutoff: 5, seed: 1 })).toBeNull()
  })

  test('a sample is a part of the users, ascending, the same for the same seed', () => {
    const users = Int32Array.from({ length: 50 }, (_, j) => 3 * j)
    const sample = sampleUsers(users, 20, 4)
    expect(sample).toHaveLength(20)
    expect(new Set(sample).size).toBe(20)
    expect([...sample].every((user, j) => users.includes(user) && (j === 0 || user > sample[j - 1]!))).toBe(true)
    expect([...sampleUsers(users, 20, 4)]).toEqual([...sample])
    expect([...sampleUsers(users, 20, 5)]).not.toEqual([...sample])
    expect(sampleUsers(users, 50, 4)).toBe(users)
  })
})

describe('lists over the catalogue', () => {
  test('by hand: what is had is left out, equal scores come by index', () => {
    const training = trainingOf(
      cellsOf([
        [0, 0, 1],
        [1, 0, 1],
        [1, 3, 1]
      ]),
      2,
      5
    )
    const question = askRanking(
      training,
      cellsOf([
        [0, 2, 1],
        [1, 4, 1]
      ]),
      { relevantFrom: null, cutoff: 2, seed: 1 }
    )!
    // user 0: best is 0, had; then 1, 2 of the equals 1, 2, 4 → hit at rank 2. user 1: 3 is had; 4 → rank 1, then 1
    const scorer = tableScorer([
      [9, 5, 5, 0, 5],
      [0, 1, 1, 9, 7]
    ])
    const ranking = measureRanking(scorer, question, noPace)
    expect(ranking).toMatchObject({ k: 2, nUsers: 2, precision: 0.5, recall: 1, hitRate: 1, mrr: 0.75, map: 0.75 })
    expect(ranking.ndcg).toBeCloseTo((1 / Math.log2(3) + 1) / 2, 14)
    // recommended: 1 twice, 2 and 4 once, of five items; nobody had them in training, so each counts as had by one of two
    expect(ranking).toMatchObject({ coverage: 0.6, novelty: 1, popularity: 0 })
    // ascending 0 0 1 1 2: Σ (2i − 6)·x = 0·1 + 2·1 + 4·2 = 10, over 5 · 4
    expect(ranking.gini).toBeCloseTo(0.5, 14)
  })

  test('popularity ranks by how many have an item', () => {
    const training = trainingOf(
      cellsOf([
        [0, 0, 1],
        [1, 1, 1],
        [2, 1, 1]
      ]),
      3,
      3
    )
    const question = askRanking(training, cellsOf([[0, 1, 1]]), { relevantFrom: null, cutoff: 1, seed: 1 })!
    expect(measurePopularityRanking(question, noPace)).toMatchObject({ hitRate: 1, popularity: 2 })
  })

  test('novelty: an item of a quarter of the users has 2 bits', () => {
    const spread = describeSpread(Int32Array.of(3, 0, 1), Int32Array.of(2, 5, 8), 8)
    expect(spread).toMatchObject({ coverage: 2 / 3, novelty: (3 * 2 + 0) / 4, popularity: (3 * 2 + 8) / 4 })
  })

  test('Gini: 0 for equal counts, (n − 1)/n where all is in one, 0 for nothing', () => {
    expect([giniOf(Int32Array.of(4, 4, 4)), giniOf(Int32Array.of(0, 0, 0, 8)), giniOf(Int32Array.of(0, 0))]).toEqual([
      0, 0.75, 0
    ])
  })

  test('scores by blocks and one by one give the same ranking', () => {
    const [nUsers, nItems] = [30, 40]
    const training = drawTraining(nUsers, nItems, 0.2, 8)
    const model = createModel(nUsers, nItems, 6, 3)
    for (const array of [model.userFactors, model.itemFactors, model.itemBias, model.userBias])
      drawFactors(array, 1, new SeededRandom(array.length))
    const question = askRanking(training, drawRatings(nUsers, nItems, 0.3, 9), { relevantFrom: 3, cutoff: 7, seed: 1 })!
    const { scoreBlock, ...plain } = factorScorer(model)
    expect(scoreBlock).toBeDefined()
    const [blocks, single] = [factorScorer(model), plain].map((scorer) => measureRanking(scorer, question, noPace))
    expect(blocks).toEqual(single)
  })
})
