import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unwatched } from '../../../../core/linalg/watch.ts'
import { cutTree } from '../../../../core/stats/clustering/cut-tree.ts'
import { suggestCount, withinByCount } from '../../../../core/stats/clustering/inertia.ts'
import { wardTree } from '../../../../core/stats/clustering/ward.ts'
import { groupsOf, pointsOf, squaresAbout } from './points.ts'

/** 2 … 40 points in 1 … 4 dimensions. */
const anyPoints = fc
  .integer({ min: 1, max: 4 })
  .chain((dimensions) =>
    fc.record({
      dimensions: fc.constant(dimensions),
      points: fc.array(
        fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: dimensions, maxLength: dimensions }),
        {
          minLength: 2,
          maxLength: 40
        }
      )
    })
  )
  .map(({ dimensions, points }) => ({ dimensions, points: Float64Array.from(points.flat()) }))

describe('Ward’s tree', () => {
  test('heights rise, leaves come once each, and the inertia of every cut is that of its clusters', () => {
    fc.assert(
      fc.property(anyPoints, ({ points, dimensions }) => {
        const tree = wardTree(points, dimensions, null, unwatched)
        const n = points.length / dimensions
        for (let step = 1; step < n - 1; step++)
          expect(tree.height[step]!).toBeGreaterThanOrEqual(tree.height[step - 1]!)
        expect(Array.from(tree.order).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
        const within = withinByCount(tree.height, n)
        for (let q = 1; q <= n; q++) {
          const clusters = cutTree(tree, q)
          expect(new Set(clusters).size).toBe(q)
          const really = squaresAbout(points, dimensions, clusters) / n
          expect(Math.abs(within[q - 1]! - really)).toBeLessThan(1e-9 * (1 + within[0]!))
        }
      }),
      { numRuns: 60 }
    )
  })

  test('the order of the rows does not change the groups', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
        const { points, dimensions } = pointsOf({ seed, sizes: [12, 9, 14], apart: 4, dimensions: 3 })
        const n = points.length / dimensions
        const shuffled = Int32Array.from({ length: n }, (_, i) => (i * 11) % n)
        const moved = Float64Array.from(
          Array.from(shuffled).flatMap((row) => Array.from(points.subarray(row * 3, row * 3 + 3)))
        )
        const one = wardTree(points, dimensions, null, unwatched)
        const other = wardTree(moved, dimensions, null, unwatched)
        for (let q = 2; q < 12; q++) {
          const back = new Int32Array(n)
          cutTree(other, q).forEach((cluster, at) => (back[shuffled[at]!] = cluster))
          expect(groupsOf(back)).toEqual(groupsOf(cutTree(one, q)))
        }
      }),
      { numRuns: 20 }
    )
  })

  test('a weight of three is three points in one place', () => {
    const { points, dimensions } = pointsOf({ seed: 3, sizes: [10, 10], apart: 2, dimensions: 2 })
    const weights = Float64Array.from({ length: 20 }, (_, i) => 1 + (i % 3))
    const copies = Array.from(weights).flatMap((weight, i) =>
      Array.from({ length: weight }, () => Array.from(points.subarray(2 * i, 2 * i + 2)))
    )
    const weighted = wardTree(points, dimensions, weights, unwatched)
    const repeated = wardTree(Float64Array.from(copies.flat()), dimensions, null, unwatched)
    const upper = repeated.height.slice(-19)
    expect(repeated.height.slice(0, -19).every((height) => height === 0)).toBe(true)
    weighted.height.forEach((height, step) => expect(height).toBeCloseTo(upper[step]!, 10))
  })

  test('equal points, and one alone', () => {
    const equal = wardTree(new Float64Array(8).fill(2.5), 2, null, unwatched)
    expect(Array.from(equal.height)).toEqual([0, 0, 0])
    const alone = wardTree(Float64Array.of(1, 2), 2, null, unwatched)
    expect(alone).toMatchObject({ merge: new Int32Array(0), height: new Float64Array(0), order: Int32Array.of(0) })
    expect(Array.from(cutTree(alone, 1))).toEqual([0])
  })

  test('of equal distances the one between the first rows is taken, whatever the chain began with', () => {
    const { merge } = wardTree(Float64Array.of(0, 1, 2, 3), 1, null, unwatched)
    expect(Array.from(merge)).toEqual([-1, -2, -3, -4, 1, 2])
  })

  test('stops when asked to', () => {
    let left = 5
    const watch = {
      ...unwatched,
      checkpoint: () => {
        if (left-- === 0) throw new Error('stopped')
      }
    }
    const { points, dimensions } = pointsOf({ seed: 1, sizes: [50], apart: 0, dimensions: 2 })
    expect(() => wardTree(points, dimensions, null, watch)).toThrow('stopped')
  })
})

describe('the suggested number', () => {
  test('is where the inertia within falls most, from 3 on', () => {
    const { points, dimensions } = pointsOf({ seed: 8, sizes: [15, 15, 15, 15], apart: 30, dimensions: 2 })
    const { height } = wardTree(points, dimensions, null, unwatched)
    expect(suggestCount(withinByCount(height, 60))).toBe(4)
  })

  test('is at most half of the rows, and 2 or less of a few', () => {
    expect(suggestCount(Float64Array.of(8, 4, 1, 0.5, 0.1, 0))).toBe(3)
    expect(suggestCount(Float64Array.of(8, 4, 1, 0))).toBe(2)
    expect(suggestCount(Float64Array.of(3, 0))).toBe(2)
    expect(suggestCount(Float64Array.of(0))).toBe(1)
  })
})
