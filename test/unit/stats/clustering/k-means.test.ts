import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwatched } from '../../../../core/linalg/watch.ts'
import { condense } from '../../../../core/stats/clustering/condense.ts'
import { consolidate } from '../../../../core/stats/clustering/consolidate.ts'
import { kMeans } from '../../../../core/stats/clustering/k-means.ts'
import { NearestCentre } from '../../../../core/stats/clustering/nearest-centre.ts'
import { spreadCentres } from '../../../../core/stats/clustering/spread-centres.ts'
import { groupsOf, pointsOf, squaresAbout } from './points.ts'

test('the nearest centre is the one that looking at all of them finds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 30 }), (seed, nCentres) => {
      const { points: centres } = pointsOf({ seed, sizes: [nCentres], apart: 0, dimensions: 3 })
      const { points } = pointsOf({ seed: seed + 1, sizes: [20], apart: 0, dimensions: 3 })
      const nearest = new NearestCentre(centres, 3)
      for (let at = 0; at < points.length; at += 3) {
        const squares = Array.from({ length: nCentres }, (_, q) =>
          [0, 1, 2].reduce((sum, d) => sum + (points[at + d]! - centres[3 * q + d]!) ** 2, 0)
        )
        expect(nearest.find(points, at)).toBe(squares.indexOf(Math.min(...squares)))
        expect(nearest.square).toBeCloseTo(Math.min(...squares), 12)
      }
    }),
    { numRuns: 50 }
  )
})

test('of equally near centres the first', () => {
  const nearest = new NearestCentre(Float64Array.of(1, 0, -1, 0, 0, 1), 2)
  expect(nearest.find(Float64Array.of(0, 0), 0)).toBe(0)
})

describe('k-means', () => {
  test('a cluster that loses its points takes the one furthest from its centre', () => {
    const points = Float64Array.of(0, 1, 2, 50)
    const found = kMeans(points, 1, null, Float64Array.of(1, -1000), 20, unwatched)
    expect(groupsOf(found.assignment)).toEqual([[0, 1, 2], [3]])
    expect(found.within).toBeCloseTo(2, 12)
  })

  test('a point weighs on its centre as much as its weight says', () => {
    const found = kMeans(
      Float64Array.of(0, 3, 100),
      1,
      Float64Array.of(2, 1, 1),
      Float64Array.of(0, 100),
      20,
      unwatched
    )
    expect(Array.from(found.centres)).toEqual([1, 100])
    expect(found.within).toBeCloseTo(2 * 1 + 4, 12)
  })
})

describe('consolidation', () => {
  test('never ends with more within than Lloyd’s algorithm makes of its result, and its sums are those of its clusters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 2, max: 6 }), (seed, nClusters) => {
        const { points, dimensions } = pointsOf({ seed, sizes: [20, 15], apart: 2, dimensions: 2 })
        const start = points.slice(0, nClusters * dimensions)
        const found = consolidate(points, dimensions, null, start, null, 100, unwatched)
        expect(found.settled).toBe(true)
        expect(found.within).toBeCloseTo(squaresAbout(points, dimensions, found.assignment), 9)
        const after = kMeans(points, dimensions, null, found.centres, 100, unwatched)
        expect(groupsOf(after.assignment)).toEqual(groupsOf(found.assignment))
      }),
      { numRuns: 60 }
    )
  })

  test('moves a point that Lloyd’s algorithm leaves: its own centre follows it', () => {
    // 5 is as near to the mean of its two as to 8.5's; alone with 0 it pulls the centre more than it would there.
    const points = Float64Array.of(0, 5, 8, 9)
    const start = Float64Array.of(2.5, 8.5)
    expect(groupsOf(kMeans(points, 1, null, start, 100, unwatched).assignment)).toEqual([
      [0, 1],
      [2, 3]
    ])
    expect(groupsOf(consolidate(points, 1, null, start, null, 100, unwatched).assignment)).toEqual([[0], [1, 2, 3]])
  })

  test('fills a cluster that no point is nearest to', () => {
    const found = consolidate(Float64Array.of(0, 1, 10), 1, null, Float64Array.of(0, 10, 1e6), null, 100, unwatched)
    expect(groupsOf(found.assignment)).toEqual([[0], [1], [2]])
  })
})

describe('many points as few', () => {
  const { points, dimensions } = pointsOf({ seed: 4, sizes: [15_000, 10_000], apart: 20, dimensions: 2 })

  test('every row belongs to its centre, weights are counts, and no centre mixes groups that are far apart', () => {
    const { centreOf, centres, weights, within } = condense(points, dimensions, null, 50, 1, unwatched)
    expect(centres.length).toBe(2 * weights.length)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(25_000)
    expect(weights.every((weight) => weight > 0)).toBe(true)
    expect(within / 25_000).toBeCloseTo(squaresAbout(points, dimensions, centreOf) / 25_000, 9)
    expect(within / 25_000).toBeLessThan(0.15)
    const first = new Set(centreOf.subarray(0, 15_000))
    expect(Array.from(centreOf.subarray(15_000)).some((centre) => first.has(centre))).toBe(false)
  })

  test('the same seed gives the same bits, another one other centres', () => {
    const [one, same, other] = [7, 7, 8].map((seed) => condense(points, dimensions, null, 20, seed, unwatched))
    expect(one).toEqual(same)
    expect(one!.centres).not.toEqual(other!.centres)
  })

  test('there are no more centres than different points', () => {
    const three = Float64Array.from({ length: 30 }, (_, i) => i % 3)
    const centres = spreadCentres(three, 1, null, 10, 0, unwatched)
    expect(Array.from(centres).sort((a, b) => a - b)).toEqual([0, 1, 2])
  })
})
