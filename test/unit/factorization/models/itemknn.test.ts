import { describe, expect, test } from 'vitest'
import { findNeighbours } from '../../../../core/analyses/factorization/models/itemknn.ts'
import { neighbourScorer } from '../../../../core/analyses/factorization/scorers/neighbour-scorer.ts'
import { drawTraining, noPace, trainingOf } from '../build.ts'

const ignore = (): void => {}

describe('item neighbours', () => {
  // users: A has 0, 1, 2 · B has 0, 1 · C has 0 · so n = 3, 2, 1; n01 = 2, n02 = 1, n12 = 1
  const cells = {
    userIndex: Int32Array.of(0, 0, 0, 1, 1, 2),
    itemIndex: Int32Array.of(0, 1, 2, 0, 1, 0),
    values: new Float64Array(6).fill(1)
  }
  const set = trainingOf(cells, 3, 3)

  test('similarity is a shrunk cosine, most similar first', () => {
    const near = findNeighbours(set, { neighbours: 2, shrinkage: 1 }, noPace, ignore)
    expect([...near.offsets]).toEqual([0, 2, 4, 6])
    expect([...near.columns]).toEqual([1, 2, 0, 2, 1, 0])
    const expected = [
      2 / (Math.sqrt(6) + 1),
      1 / (Math.sqrt(3) + 1),
      2 / (Math.sqrt(6) + 1),
      1 / (Math.sqrt(2) + 1),
      1 / (Math.sqrt(2) + 1),
      1 / (Math.sqrt(3) + 1)
    ]
    expected.forEach((value, t) => expect(near.weights[t]!).toBeCloseTo(value, 15))
  })

  test('a score is the sum over the neighbours that the user has, alone or for all items at once', () => {
    const drawn = drawTraining(12, 15, 0.3, 3)
    const near = findNeighbours(drawn, { neighbours: 4, shrinkage: 2 }, noPace, ignore)
    const scorer = neighbourScorer(near, drawn.byUser)
    const scores = new Float64Array(15)
    for (let user = 0; user < 12; user++) {
      const has = drawn.byUser.columns.subarray(drawn.byUser.offsets[user], drawn.byUser.offsets[user + 1])
      scorer.scoreItems(user, scores)
      for (let item = 0; item < 15; item++) {
        let expected = 0
        for (let s = near.offsets[item]!; s < near.offsets[item + 1]!; s++)
          if (has.includes(near.columns[s]!)) expected += near.weights[s]!
        expect(scores[item]!).toBeCloseTo(expected, 14)
        expect(scorer.predict(user, item)).toBeCloseTo(expected, 14)
      }
    }
    expect(scorer.predict(-1, 3) + scorer.predict(3, -1)).toBe(0)
  })

  test('no more neighbours than there are, none for an item alone', () => {
    const one = findNeighbours(drawTraining(3, 1, 1, 1), { neighbours: 5, shrinkage: 0 }, noPace, ignore)
    expect([...one.offsets]).toEqual([0, 0])
  })
})
