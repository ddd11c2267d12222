import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unwatched } from '../../../core/linalg/watch.ts'
import { clusterOrder } from '../../../core/stats/cluster-order.ts'
import { pearson, spearman } from '../../../core/stats/correlation.ts'

const columns = (...given: number[][]) => given.map((values) => Float64Array.from(values))

describe('correlations', () => {
  it('are exact where they can be', () => {
    const { r, n } = pearson(columns([1, 2, 3, 4], [2, 4, 6, 8], [4, 3, 2, 1], [5, 5, 5, 5]), unwatched)
    expect([...r]).toEqual([1, 1, -1, NaN, 1, 1, -1, NaN, -1, -1, 1, NaN, NaN, NaN, NaN, NaN])
    expect([...n]).toEqual(new Array(16).fill(4))
  })

  it('of a pair leave out the rows that lack one of them', () => {
    // by hand: rows 0, 1 and 3 of the pair (0, 1): (1, 1), (2, 3), (4, 2), of ranks (1, 1), (2, 3), (3, 2)
    const given = columns([1, 2, NaN, 4], [1, 3, 9, 2])
    expect(spearman(given, unwatched).r[1]).toBeCloseTo(0.5, 14)
    expect(pearson(given, unwatched).n[1]).toBe(3)
    // sums of deviations: x 14/3, y 2, xy 1
    expect(pearson(given, unwatched).r[1]).toBeCloseTo(1 / Math.sqrt((14 / 3) * 2), 14)
  })

  it('have none where a column is constant in the rows of the pair', () => {
    const given = columns([1, 1, 2, 3], [1, 2, NaN, NaN])
    expect(pearson(given, unwatched).r[1]).toBeNaN()
    expect(spearman(given, unwatched).r[1]).toBeNaN()
  })

  it('do not change with unit and origin, and lie between −1 and 1', () => {
    const value = fc.integer({ min: -1000, max: 1000 })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 30 }), (rows) => {
        const x = rows.map(([a]) => a)
        const y = rows.map(([, b]) => b)
        const { r } = pearson(
          columns(
            x,
            y,
            x.map((v) => 1e150 * v),
            y.map((v) => 3 - 1e-150 * v)
          ),
          unwatched
        )
        expect(r.every((value) => Number.isNaN(value) || Math.abs(value) <= 1)).toBe(true)
        if (!Number.isNaN(r[1]!)) expect(r[2 * 4 + 1]).toBeCloseTo(r[1]!, 10)
      })
    )
  })
})

describe('the order of clusters', () => {
  it('puts neighbours on a line in the order of the line', () => {
    const places = [0, 10, 1, 11, 2.5, 30]
    const distances = Float64Array.from(places.flatMap((a) => places.map((b) => Math.abs(a - b))))
    expect([...clusterOrder(distances, 6, () => undefined)].map((i) => places[i])).toEqual([0, 1, 2.5, 10, 11, 30])
  })

  it('has every thing once, whatever the distances', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
        (size, stream) => {
          const distances = new Float64Array(size * size)
          for (let i = 0; i < size; i++) {
            for (let j = 0; j < i; j++) distances[i * size + j] = distances[j * size + i] = stream.next().value ?? 0
          }
          expect([...clusterOrder(distances, size, () => undefined)].sort((a, b) => a - b)).toEqual(
            Array.from({ length: size }, (_, i) => i)
          )
        }
      )
    )
  })
})
