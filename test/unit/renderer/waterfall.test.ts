import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Explanation, Term } from '../../../core/contract/recommending.ts'
import { explainAsBars } from '../../../renderer/analyses/factorization/recommend/waterfall.ts'

const explanation = (terms: Term[]): Explanation => ({
  item: 0,
  nRatings: 1,
  score: 0,
  clipped: 0,
  terms,
  rule: '',
  given: null
})
const term = (kind: Term['kind'], value: number, index = -1): Term => ({ kind, index, label: kind, value })
const nameOf = ({ label, index }: Term): string => `${label} ${index}`

describe('a rating as bars that go on from each other', () => {
  const picture = explainAsBars(
    explanation([
      term('mean', 3.5),
      term('user', -0.2),
      term('item', 0.6),
      term('factor', 0.1, 0),
      term('factor', -0.4, 1)
    ]),
    10,
    nameOf
  )

  it('mean, person and item come first, factors by size', () => {
    expect(picture.rows.map(({ label }) => label)).toEqual(['mean -1', 'user -1', 'item -1', 'factor 1', 'factor 0'])
  })

  it('each begins where the last ended, and the last ends at the sum', () => {
    picture.rows.forEach((row, i) => expect(row.from).toBe(i === 0 ? 0 : picture.rows[i - 1]!.to))
    expect(picture.rows.at(-1)!.to).toBeCloseTo(3.6, 12)
    expect(picture.sum).toBeCloseTo(3.6, 12)
  })

  it('the first bar is cut, and the axis says where it begins', () => {
    expect(picture.cut).toBe(true)
    expect(picture.low).toBeGreaterThan(0)
    expect(picture.low).toBeLessThan(3.3)
    expect(picture.ticks.every((tick) => tick >= picture.low && tick <= picture.high + 1e-9)).toBe(true)
  })
})

it('shares of past items begin at zero, and so does their axis', () => {
  const picture = explainAsBars(explanation([term('past', 0.1, 3), term('past', 0.7, 5)]), 10, nameOf)
  expect(picture.falls).toBe(false)
  expect(picture.cut).toBe(false)
  expect(picture.rows.map(({ from, to }) => [from, to])).toEqual([
    [0, 0.7],
    [0, 0.1]
  ])
  expect(picture.low).toBe(0)
})

it('what has no room is summed in one line, so that the lines still make up the score', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 2, max: 20 }),
      (values, most) => {
        const picture = explainAsBars(explanation(values.map((value, i) => term('past', value, i))), most, nameOf)
        const total = picture.rows.reduce((sum, { value }) => sum + value, 0)
        expect(picture.rows.length).toBeLessThanOrEqual(most)
        expect(total).toBeCloseTo(picture.sum, 9)
        for (const { from, to } of picture.rows) {
          expect(Math.min(from, to)).toBeGreaterThanOrEqual(picture.low - 1e-9)
          expect(Math.max(from, to)).toBeLessThanOrEqual(picture.high + 1e-9)
        }
      }
    )
  )
})

it('terms that are all zero have an axis too', () => {
  const picture = explainAsBars(explanation([term('mean', 0), term('item', 0)]), 10, nameOf)
  expect(picture.high).toBeGreaterThanOrEqual(picture.low)
  expect([...picture.ticks, picture.low, picture.high].every(Number.isFinite)).toBe(true)
})
