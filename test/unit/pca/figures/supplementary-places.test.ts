import { describe, expect, test } from 'vitest'
import { correlationWithScores } from '../../../../core/analyses/pca/figures/column-correlation.ts'
import { placeLevels, supplementaryDeviation } from '../../../../core/analyses/pca/figures/supplementary-places.ts'
import { SCALES } from '../../../../core/analyses/pca/scales.ts'
import { pcaOfRows } from '../fit-rows.ts'

const rows = [
  [7, 26, 6],
  [1, 29, 15],
  [11, 56, 8],
  [11, 31, 8],
  [7, 52, 6],
  [4, 33, 9]
]

describe('levels of a category that was not fitted', () => {
  const { result, scores } = pcaOfRows(rows, { scale: 'unit' })
  const rowsUsed = result.arrays['rowsUsed']!.data
  const axis = (k: number): number[] => scores.map((row) => row[k]!)
  const codes = [0, 0, 1, 1, -1, 2]
  const weights = [1, 2, 0.5, 1, 1, 0.5]

  test.each([
    ['alike', null],
    ['by weight', weights]
  ])('have the mean score, and the correlation of being 1 in them and 0 elsewhere; rows count %s', (_, weighing) => {
    const places = placeLevels(codes, ['a', 'b', 'c', 'nobody'], rowsUsed, [axis(0), axis(1)], weighing)
    expect(places.map(({ level, rows: count }) => [level, count])).toEqual([
      ['a', 2],
      ['b', 2],
      ['c', 1]
    ])
    places.forEach(({ means, correlations }, code) => {
      for (const k of [0, 1]) {
        const own = codes.flatMap((each, i) => (each === code ? [i] : []))
        const mass = own.reduce((sum, i) => sum + (weighing?.[i] ?? 1), 0)
        const mean = own.reduce((sum, i) => sum + (weighing?.[i] ?? 1) * axis(k)[i]!, 0) / mass
        expect(means[k]).toBeCloseTo(mean, 12)
        const indicator = codes.map((each) => (each < 0 ? NaN : Number(each === code)))
        expect(correlations[k]).toBeCloseTo(correlationWithScores(indicator, rowsUsed, axis(k), weighing), 12)
      }
    })
  })

  test('a level that all rows have goes with nothing', () => {
    const [only] = placeLevels([0, 0, 0, 0, 0, 0], ['a'], rowsUsed, [axis(0)], null)
    expect(only!.correlations).toEqual([0])
  })
})

describe('the spread of a column that was not fitted', () => {
  test.each(SCALES)(
    'scaled as the fitted ones are (%s), its correlation times it is the loading it would have',
    (scale) => {
      for (const divisor of ['n', 'n-1'] as const) {
        const { result, scores } = pcaOfRows(rows, { scale, divisor, nComponents: 1 })
        const { data } = result.arrays['loadings']!
        const rowsUsed = result.arrays['rowsUsed']!.data
        for (const j of [0, 1, 2]) {
          const values = rows.map((row) => row[j]!)
          const r = correlationWithScores(
            values,
            rowsUsed,
            scores.map((row) => row[0]!),
            null
          )
          expect(r * supplementaryDeviation(values, rowsUsed, null, scale, divisor)).toBeCloseTo(data[j]!, 10)
        }
      }
    }
  )

  test('is 0 for what does not vary', () => {
    expect(supplementaryDeviation([2, 2, NaN], [0, 1, 2], null, 'none', 'n')).toBe(0)
    expect(supplementaryDeviation([2], [0], null, 'unit', 'n-1')).toBe(0)
    expect(supplementaryDeviation([NaN], [0], null, 'robust', 'n-1')).toBe(0)
  })
})
