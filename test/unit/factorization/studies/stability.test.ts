import { describe, expect, test } from 'vitest'
import {
  overFits,
  stabilityRows,
  factorSentence
} from '../../../../core/analyses/factorization/figures/stability-words.ts'
import { methodSchema } from '../../../../core/analyses/factorization/methods.ts'
import { compareLists } from '../../../../core/analyses/factorization/studies/stability/kept-lists.ts'
import type { StabilitySummary } from '../../../../core/analyses/factorization/studies/stability/spec.ts'
import { factorizationStudySpecs } from '../../../../core/analyses/factorization/studies/specs.ts'
import { EigendeskError } from '../../../../core/contract/errors.ts'
import { buildTable, quiet } from '../build.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { studyOf } from './run-study.ts'

/** Everything but the clock. */
const untimed = (summary: StabilitySummary) => ({
  ...summary,
  fits: summary.fits.map((fit) => ({ ...fit, seconds: 0 }))
})

/** Ratings made from two factors of different size, and noise. */
function structured() {
  const random = new SeededRandom(3)
  const draw = (n: number) => Array.from({ length: n }, () => [1.2 * random.normal(), 0.6 * random.normal()] as const)
  const [users, items] = [draw(60), draw(25)]
  const rows: (string | number)[][] = []
  users.forEach((p, u) =>
    items.forEach((q, i) => {
      if (random.uniform() < 0.6)
        rows.push([`u${u}`, `i${i}`, Math.max(0.5, 4 + p[0] * q[0] + p[1] * q[1] + 0.1 * random.normal())])
    })
  )
  return buildTable(['user', 'item', 'rating'], rows)
}

describe('the same method from other seeds', () => {
  const table = structured()
  const two = { method: 'sgd', nFactors: 2, iterations: 80, learningRate: 0.1, testFraction: 0.2 } as const
  const run = (fitted: object, asked = {}, context = quiet) =>
    studyOf('stability', fitted, { seeds: 3, ...asked }, context, null, table).summary

  test('finds again what the ratings were made from', () => {
    const summary = run(two)
    expect(summary.seeds).toEqual([2, 3, 4])
    for (const { axis, turned } of summary.factors) {
      expect(axis!.least).toBeGreaterThan(0.9)
      expect(turned!.least).toBeGreaterThan(axis!.least - 0.05)
      expect(axis!.mean).toBeGreaterThanOrEqual(axis!.least)
    }
    expect(summary.space!.least).toBeGreaterThan(0.9)
    expect(summary.space!.chance).toBe(2 / 25)
    expect(summary.fits.map(({ own }) => own)).toEqual([true, false, false, false])
    expect(overFits(summary, 'rmse')!.deviation).toBeLessThan(0.1)
    expect(summary.lists!.jaccard.mean).toBeGreaterThan(0.7)
    expect(factorizationStudySpecs.stability.finding(summary)).toBe('2 of 2 factors come back under other seeds')
  })

  test('factors that the ratings do not have are others each time', () => {
    const summary = run({ ...two, nFactors: 8, regularization: 0.05 })
    expect(summary.factors[0]!.axis!.mean).toBeGreaterThan(0.85)
    expect(summary.factors[7]!.axis!.mean).toBeLessThan(0.85)
  })

  test('the same seeds give the same, and the stored seed itself gives the stored factors', () => {
    expect(untimed(run(two))).toEqual(untimed(run(two)))
    const again = run({ ...two, seed: 7, testFraction: 0 }, { seed: 6, seeds: 1 })
    expect(again.seeds).toEqual([7])
    expect(again.factors.map(({ axis }) => axis!.least)).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)])
    expect(again.fits[1]!.rmse).toBe(again.fits[0]!.rmse)
    expect(again.lists!.jaccard.least).toBe(1)
  })

  test.each(methodSchema.options)('%s: every figure is a number from 0 to 1, or nothing varies', (method) => {
    const few = { method, nFactors: 3, iterations: 3, samples: 4, burnIn: 2, testFraction: 0.2 }
    const summary = run(few, { seeds: 2 })
    if (summary.seeds.length === 0) {
      expect(['mean', 'bias', 'popularity', 'ease', 'itemknn']).toContain(method)
      expect(summary.notes).toEqual([expect.stringContaining('every seed gives the same')])
      expect(factorizationStudySpecs.stability.finding(summary)).toMatch(/is the same under every seed$/)
      return
    }
    const figures = summary.factors.flatMap(({ axis, turned }) => [axis!.mean, ...(turned ? [turned.mean] : [])])
    for (const value of [...figures, summary.space!.mean, summary.lists!.jaccard.mean, summary.lists!.kept]) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1)
    }
    expect(summary.factors.every(({ turned }) => turned === null)).toBe(method === 'nmf')
    expect(JSON.stringify(stabilityRows(summary))).not.toContain('NaN')
  })

  test('users who are held out whole have lists too; progress never goes back, and it can be cancelled', () => {
    let before = 0
    const progress = (_phase: string, fraction: number): void => {
      expect(fraction).toBeGreaterThanOrEqual(before - 1e-12)
      before = fraction
    }
    expect(run({ ...two, split: 'strong' }, {}, { ...quiet, progress }).lists!.nUsers).toBe(60)
    let looks = 0
    const checkpoint = () => {
      if (++looks === 6) throw new EigendeskError('CANCELLED')
    }
    expect(() => run(two, {}, { ...quiet, checkpoint })).toThrow('Cancelled')
  })
})

test('lists are compared as sets: 2 of 3 stay, 2 of 4 in both', () => {
  const lists = [Int32Array.of(1, 2, 3), new Int32Array(0)]
  const { jaccard, kept } = compareLists(lists, [Int32Array.of(3, 4, 1), new Int32Array(0)])
  expect([jaccard, kept]).toEqual([2 / 4, 2 / 3])
  expect(compareLists([new Int32Array(0)], [new Int32Array(0)]).jaccard).toBeNaN()
})

test('a sentence says what a factor does under other seeds', () => {
  const at = (mean: number) => ({ mean, least: mean - 0.01 })
  expect(factorSentence({ axis: at(0.97), turned: null }, 2)).toBe(
    'Factor 3 comes back under other seeds: 0.97 on average, 0.96 at least.'
  )
  expect(factorSentence({ axis: at(0.5), turned: at(0.97) }, 0)).toContain('The space is stable, this axis is not.')
  expect(factorSentence({ axis: at(0.5), turned: at(0.6) }, 0)).toContain('another one')
  expect(factorSentence({ axis: null, turned: null }, 0)).toBe('Factor 1 is zero for every item.')
})
