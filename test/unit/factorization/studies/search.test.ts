import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { methodSchema } from '../../../../core/analyses/factorization/methods.ts'
import { rangesOf, valueAt } from '../../../../core/analyses/factorization/studies/search/ranges.ts'
import type { SearchSummary } from '../../../../core/analyses/factorization/studies/search/spec.ts'
import {
  firstRung,
  gridOf,
  randomPoints,
  rungsOf
} from '../../../../core/analyses/factorization/studies/search/trials.ts'
import { factorizationParamsSchema } from '../../../../core/analyses/factorization/spec.ts'
import { factorizationStudySpecs } from '../../../../core/analyses/factorization/studies/specs.ts'
import { quiet } from '../build.ts'
import { studyOf } from './run-study.ts'

const fitted = { method: 'als', nFactors: 2, iterations: 9, testFraction: 0.25 } as const
const search = (asked: Record<string, unknown>, before: Parameters<typeof studyOf>[4] = null) =>
  studyOf('search', fitted, asked, undefined, before)

describe('what is tried', () => {
  test('lies in what each method takes', () => {
    for (const method of methodSchema.options) {
      const ranges = rangesOf(method)
      for (const point of [...gridOf(ranges, 20), ...randomPoints(ranges, 20, 1)]) {
        expect(factorizationParamsSchema.partial().safeParse({ method, ...point }).error).toBeUndefined()
      }
    }
  })

  test('a grid is as fine as the fits allow, and has both ends of each range', () => {
    const ranges = rangesOf('als')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (most) => {
        const points = gridOf(ranges, most)
        expect(points.length).toBeLessThanOrEqual(most)
        expect(new Set(points.map((point) => JSON.stringify(point))).size).toBe(points.length)
        if (most < 8) return
        for (const range of ranges) {
          const values = points.map((point) => point[range.key]!)
          expect([Math.min(...values), Math.max(...values)]).toEqual([valueAt(range, 0), valueAt(range, 1)])
        }
        // One place more in any range would be too many.
        const levels = ranges.map(({ key }) => new Set(points.map((point) => point[key])).size)
        for (const level of levels) expect((points.length / level) * (level + 1)).toBeGreaterThan(most)
      }),
      { numRuns: 40, seed: 68 }
    )
  })

  test('a logarithmic range is gone through by equal factors', () => {
    const range = { key: 'regularization', from: 0.01, to: 100, scale: 'log', whole: false } as const
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => valueAt(range, share))).toEqual([0.01, 0.1, 1, 10, 100])
  })

  test('rungs of successive halving are thirds of the whole, together no more than the fits', () => {
    expect(rungsOf(20)).toEqual([2, 7, 20])
    expect(rungsOf(1)).toEqual([1])
    // 9 + 3 + 1 = 13; with 10: 10 + 3 + 1 = 14
    expect([13, 14, 3].map((fits) => firstRung(3, fits))).toEqual([9, 10, 1])
  })
})

describe('a search', () => {
  test('tries the result’s own parameters first and keeps every trial; the best has the smallest error', () => {
    const { summary } = search({ kind: 'random', fits: 5 })
    expect(summary.trials).toHaveLength(5)
    expect(summary.trials.map(({ own }) => own)).toEqual([true, false, false, false, false])
    expect(summary.trials[summary.best!]!.score).toBe(Math.min(...summary.trials.map(({ score }) => score!)))
    expect(summary.ended).toBe('fits')
    expect(factorizationStudySpecs.search.finding(summary)).toMatch(/of 5 trials$|in 5 trials$/)
  })

  test('is judged on a part of the training ratings: the test ratings are not touched', () => {
    const { summary } = search({ fits: 1, validation: 0.25 })
    const { nTrain } = studyOf('models', fitted, { methods: [] }).summary
    expect(summary.nTrain + summary.nValidation).toBe(nTrain)
    expect(summary.nValidation).toBe(Math.round(0.25 * nTrain))
  })

  test('goes on from its trials: nothing is fitted twice, and the end is that of one long search', () => {
    const first = search({ kind: 'random', fits: 3 })
    const on = search({ kind: 'random', fits: 4, continues: true }, first)
    const whole = search({ kind: 'random', fits: 7 })
    const bare = ({ trials }: SearchSummary) => trials.map(({ params, score }) => ({ params, score }))
    expect(bare(on.summary)).toEqual(bare(whole.summary))
    expect(on.summary.trials.slice(0, 3)).toEqual(first.summary.trials)
    // Judged on other ratings, a trial says nothing here.
    const other = search({ kind: 'random', fits: 2, continues: true, validation: 0.3 }, first)
    expect(other.summary.trials).toHaveLength(2)
  })

  test('by successive halving works short on many and long on few', () => {
    const { summary } = search({ kind: 'halving', fits: 14 })
    const worked = summary.trials.map(({ params }) => params['iterations'])
    // Own parameters, then of 13 fits 9, 3 and 1; 9 iterations are the whole.
    expect(worked).toEqual([9, ...new Array<number>(10).fill(3), ...new Array<number>(3).fill(9)])
    expect(summary.trials[summary.best!]!.whole).toBe(true)
    const short = summary.trials.slice(1, 11).map(({ score }) => score!)
    const kept = summary.trials.slice(11).map(({ params }) => params['regularization'])
    const third = summary.trials
      .slice(1, 11)
      .toSorted((a, b) => a.score! - b.score!)
      .slice(0, 3)
    expect(short).toHaveLength(10)
    expect(kept).toEqual(third.map(({ params }) => params['regularization']))
  })

  test('a grid that was tried whole has an end', () => {
    const { summary } = search({ kind: 'grid', fits: 12 })
    expect(summary.ended).toBe('tried')
    expect(summary.trials.length).toBeLessThanOrEqual(13)
  })

  test('of a method that is solved at once tries at random instead, and says so', () => {
    const asked = { kind: 'halving', fits: 3 }
    const { summary } = studyOf('search', { method: 'ease', regularization: 5 }, asked)
    expect(summary.notes.join()).toContain('cannot be fitted shorter')
    expect(summary.measure).toBe('ndcg')
    expect(summary.trials).toHaveLength(3)
    const none = studyOf('search', { method: 'popularity' }, { fits: 3 }).summary
    expect(none.notes.join()).toContain('no parameters')
    expect(none.trials).toHaveLength(1)
  })

  test.each(['grid', 'halving', 'random'] as const)(
    'that was stopped has told every trial, and goes on with what was to be tried: %s',
    (kind) => {
      const told: SearchSummary[] = []
      const keep = (summary: Record<string, unknown>): void => void told.push(structuredClone(summary) as SearchSummary)
      const whole = studyOf('search', fitted, { kind, fits: 13 }, { ...quiet, keep })
      expect(told.map(({ trials }) => trials.length)).toEqual(whole.summary.trials.map((_, at) => at + 1))
      expect(told.every(({ ended }) => ended === 'stopped')).toBe(true)
      const stopped = { params: whole.params, summary: told[5] }
      const left = whole.summary.trials.length - 6
      const on = search({ kind, fits: left, continues: true }, stopped)
      const bare = ({ trials }: SearchSummary) => trials.map(({ params, score }) => ({ params, score }))
      expect(bare(on.summary)).toEqual(bare(whole.summary))
    }
  )

  test('that is out of time keeps what it has', () => {
    const { summary } = search({ fits: 50, seconds: 1e-9 })
    expect(summary.ended).toBe('seconds')
    expect(summary.trials.length).toBeLessThanOrEqual(1)
  })
})
