import { describe, expect, test } from 'vitest'
import {
  labelOfKey,
  scorePoints,
  searchedKeys,
  trialRows
} from '../../../../core/analyses/factorization/figures/search-rows.ts'
import type { SearchSummary, SearchTrial } from '../../../../core/analyses/factorization/studies/search/spec.ts'

const trial = (regularization: number, score: number | null, over: Partial<SearchTrial> = {}): SearchTrial => ({
  params: { regularization, nFactors: 8 },
  own: false,
  whole: true,
  score,
  seconds: 1,
  failed: score === null ? 'diverged' : null,
  ...over
})
const search = (over: Partial<SearchSummary> = {}): SearchSummary => ({
  method: 'als',
  measure: 'rmse',
  ranges: [
    { key: 'regularization', from: 0.01, to: 100, scale: 'log', whole: false },
    { key: 'nFactors', from: 8, to: 8, scale: 'linear', whole: true }
  ],
  nTrain: 80,
  nValidation: 20,
  trials: [trial(1, 0.9, { own: true }), trial(0.01, null), trial(100, 0.88), trial(10, 0.95)],
  best: 2,
  ended: 'fits',
  notes: [],
  ...over
})

describe('the trials of a search', () => {
  test('stand best first by what is measured, failed ones last', () => {
    expect(trialRows(search()).map(({ number }) => number)).toEqual([3, 1, 4, 2])
    expect(trialRows(search({ measure: 'ndcg' })).map(({ number }) => number)).toEqual([4, 1, 3, 2])
    expect(trialRows(search())[0]).toMatchObject({ best: true, own: false })
  })

  test('lie in the range of a parameter on the scale it was searched on', () => {
    const points = scorePoints(search(), 'regularization')
    expect(points.map(({ trial: number, at }) => [number, at])).toEqual([
      [1, expect.closeTo(0.5, 12)],
      [3, expect.closeTo(1, 12)],
      [4, expect.closeTo(0.75, 12)]
    ])
    // A range of one value has a middle, and nothing is divided by nothing.
    expect(scorePoints(search(), 'nFactors').every(({ at }) => at === 0.5)).toBe(true)
    expect(scorePoints(search(), 'alpha')).toEqual([])
  })

  test('are named as the form names them', () => {
    expect(searchedKeys(search()).map(labelOfKey)).toEqual(['regularization', 'factors'])
  })
})
