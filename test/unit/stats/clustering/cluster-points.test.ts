import { describe, expect, test } from 'vitest'
import { unwatched } from '../../../../core/linalg/watch.ts'
import { clusterPoints, TREE_LIMIT } from '../../../../core/stats/clustering/cluster-points.ts'
import { groupsOf, pointsOf, squaresAbout } from './points.ts'

const options = { nClusters: null, consolidate: true, seed: 0 }

describe('clusters of points', () => {
  test('are numbered along the first dimension, and their inertia is what they have', () => {
    const { points, dimensions } = pointsOf({ seed: 2, sizes: [20, 30, 10], apart: -12, dimensions: 2 })
    const found = clusterPoints(points, dimensions, null, options, unwatched)
    expect(found.suggested).toBe(3)
    expect(Array.from(found.assignment)).toEqual([
      ...Array<number>(20).fill(2),
      ...Array<number>(30).fill(1),
      ...Array<number>(10).fill(0)
    ])
    expect(Array.from(found.leafCluster)).toEqual(Array.from(found.assignment))
    expect(found.withinFinal).toBeCloseTo(squaresAbout(points, dimensions, found.assignment) / 60, 10)
    expect(found.within[0]).toBeCloseTo(squaresAbout(points, dimensions, new Int32Array(60)) / 60, 10)
    expect(found).toMatchObject({ leafOf: null, settled: true })
  })

  test('consolidation lowers the inertia within, or leaves it', () => {
    const { points, dimensions } = pointsOf({ seed: 6, sizes: [60], apart: 0, dimensions: 2 })
    for (const nClusters of [2, 3, 5, 8]) {
      const plain = clusterPoints(points, dimensions, null, { ...options, nClusters, consolidate: false }, unwatched)
      const moved = clusterPoints(points, dimensions, null, { ...options, nClusters }, unwatched)
      expect(plain.withinFinal).toBe(plain.withinCut)
      expect(plain.withinCut).toBeCloseTo(plain.within[nClusters - 1]!, 10)
      expect(moved.withinCut).toBe(plain.withinCut)
      expect(moved.withinFinal).toBeLessThanOrEqual(moved.withinCut)
      expect(moved.assignment).not.toEqual(plain.assignment)
    }
  })

  test('rows in another order are in the same clusters', () => {
    const { points, dimensions } = pointsOf({ seed: 9, sizes: [25, 25], apart: 2, dimensions: 2 })
    const order = Array.from({ length: 50 }, (_, i) => (i * 13) % 50)
    const moved = Float64Array.from(order.flatMap((row) => Array.from(points.subarray(2 * row, 2 * row + 2))))
    const one = clusterPoints(points, dimensions, null, { ...options, nClusters: 4 }, unwatched)
    const other = clusterPoints(moved, dimensions, null, { ...options, nClusters: 4 }, unwatched)
    expect(order.map((row) => one.assignment[row])).toEqual(Array.from(other.assignment))
  })

  test('equal rows are never parted, whatever is asked for', () => {
    const points = Float64Array.of(1, 1, 1, 5, 5, 9)
    const found = clusterPoints(points, 1, null, { ...options, nClusters: 6 }, unwatched)
    expect(groupsOf(found.assignment)).toEqual([[0, 1, 2], [3, 4], [5]])
    const same = clusterPoints(new Float64Array(5), 1, null, options, unwatched)
    expect(same).toMatchObject({ assignment: new Int32Array(5), suggested: 1, withinFinal: 0 })
  })

  test('one row is one cluster', () => {
    const found = clusterPoints(Float64Array.of(3, 4), 2, null, options, unwatched)
    expect(found).toMatchObject({ assignment: Int32Array.of(0), suggested: 1, withinFinal: 0 })
  })

  test('a row that does not count gets a cluster and changes nothing', () => {
    const { points, dimensions } = pointsOf({ seed: 2, sizes: [10, 10], apart: 10, dimensions: 1 })
    const more = Float64Array.from([...points, 6, 500])
    const weights = Float64Array.from({ length: 22 }, (_, i) => (i < 20 ? 1 : 0))
    const found = clusterPoints(more, dimensions, weights, { ...options, nClusters: 2 }, unwatched)
    const without = clusterPoints(points, dimensions, null, { ...options, nClusters: 2 }, unwatched)
    expect(Array.from(found.assignment)).toEqual([...without.assignment, 1, 1])
    found.centres.forEach((value, at) => expect(value).toBeCloseTo(without.centres[at]!, 6))
  })

  test('more rows than a tree is made of are condensed first, and found all the same', () => {
    const sizes = [TREE_LIMIT, 3000, 500]
    const { points, dimensions } = pointsOf({ seed: 5, sizes, apart: 15, dimensions: 2 })
    const found = clusterPoints(points, dimensions, null, options, unwatched)
    const counts = new Int32Array(found.leafSize.length)
    for (const leaf of found.leafOf!) counts[leaf]!++
    expect(counts).toEqual(found.leafSize)
    expect(found.suggested).toBe(3)
    expect(groupsOf(found.assignment).map(({ length }) => length)).toEqual(sizes)
    expect(found.leafSize.reduce((sum, size) => sum + size, 0)).toBe(13_500)
    const total = squaresAbout(points, dimensions, new Int32Array(13_500)) / 13_500
    expect(found.within[0]).toBeCloseTo(total, 6)
  })
})
