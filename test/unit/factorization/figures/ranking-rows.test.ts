import { describe, expect, test } from 'vitest'
import { rankingRows, sampledRows } from '../../../../core/analyses/factorization/figures/ranking-rows.ts'
import type { Ranking } from '../../../../core/analyses/factorization/judgement.ts'
import { glossaryTerm } from '../../../../core/contract/glossary.ts'

const ranking = (over: Partial<Ranking>): Ranking => ({
  k: 10,
  nUsers: 50,
  precision: 0.1,
  recall: 0.2,
  ndcg: 0.3,
  map: 0.15,
  mrr: 0.4,
  hitRate: 0.5,
  coverage: 0.25,
  novelty: 3.14159,
  popularity: 1234.4,
  gini: 0.9,
  ...over
})

describe('the measures of lists', () => {
  const rows = rankingRows({ model: ranking({ ndcg: 0.1 }), popularity: ranking({ recall: 0.1 }) })

  test('are each a term of the glossary', () => {
    for (const { id } of rows) expect(glossaryTerm(id), id).not.toBeNull()
  })

  test('say who is better where a measure is one of quality, and nothing of ties and of the others', () => {
    const better = Object.fromEntries(rows.map((row) => [row.id, row.better]))
    expect(better['ndcg']).toBe('popularity')
    expect(better['recall-at-k']).toBe('model')
    expect(better['mrr']).toBeNull()
    expect(rankingRows({ model: ranking({ gini: 0 }), popularity: ranking({}) }).at(-1)!.better).toBeNull()
  })

  test('are written as the screen writes them', () => {
    const shown = Object.fromEntries(rows.map((row) => [row.id, row.model]))
    expect(shown).toMatchObject({
      ndcg: '0.100',
      'catalogue-coverage': '25.0\u00a0%',
      novelty: '3.1',
      'recommended-popularity': '1,234'
    })
    expect(rows[0]!.name).toBe('nDCG@10')
  })

  test('among a sample stand apart, and say of none that it is better', () => {
    const pair = { model: ranking({}), popularity: ranking({}) }
    expect(sampledRows(pair)).toEqual([])
    const one = { hitRate: 0.9, ndcg: 0.8, mrr: 0.7 }
    const rows = sampledRows({
      ...pair,
      sampled: { negatives: 100, model: one, popularity: { ...one, mrr: 0.5 }, warning: '' }
    })
    expect(rows.map(({ name, model }) => [name, model])).toEqual([
      ['Sampled nDCG@10', '0.800'],
      ['Sampled HR@10', '0.900'],
      ['Sampled MRR', '0.700']
    ])
    expect(rows.every(({ id, better }) => glossaryTerm(id) !== null && better === null)).toBe(true)
  })
})
