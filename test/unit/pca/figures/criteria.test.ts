import { describe, expect, test } from 'vitest'
import { agreementOf, criterionRows, kmoWord } from '../../../../core/analyses/pca/figures/criteria.ts'
import type { CriteriaSummary } from '../../../../core/analyses/pca/studies/criteria/spec.ts'

const found: CriteriaSummary = {
  kaiser: { suggested: 3, mean: 1 },
  brokenStick: { suggested: 1, shares: [] },
  parallel: { suggested: 2, percentiles: [], medians: [], permutations: 10_000, percentile: 97.5, seed: 0 },
  gcv: { suggested: 2, values: [] },
  press: null,
  mle: null,
  reasons: { press: 'It was not asked for.', mle: 'It needs at least as many rows as columns.' },
  notes: []
}

describe('the rules for the number of components, as a table', () => {
  test('stand in one order, each with its answer or why it has none', () => {
    const rows = criterionRows(found)
    expect(rows.map((row) => row.suggested)).toEqual([2, null, 2, null, 3, 1])
    expect(rows[0]!.help).toBe('Above 97.5 % of 10,000 tables with shuffled columns.')
    expect(rows[3]!.help).toBe('It needs at least as many rows as columns.')
    expect(rows.every((row) => row.help !== '')).toBe(true)
  })

  test('say what most say', () => {
    const rows = criterionRows(found)
    expect(agreementOf(rows)).toBe('1 to 3')
    const all = rows.map((row) => ({ ...row, suggested: 2 }))
    expect(agreementOf(all)).toBe('all say 2')
    expect(agreementOf([...all, { ...all[0]!, suggested: 4 }])).toBe('most say 2')
    expect(agreementOf([])).toBe('')
  })

  test('a KMO has the word that Kaiser gave it', () => {
    expect([0.95, 0.8, 0.75, 0.61, 0.5, 0.49].map(kmoWord)).toEqual([
      'marvelous',
      'meritorious',
      'middling',
      'mediocre',
      'miserable',
      'unacceptable'
    ])
  })
})
