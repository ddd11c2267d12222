import { describe, expect, test } from 'vitest'
import { countAt, cutHeight, layDendrogram, leavesBelow } from '../../../core/analyses/pca/figures/dendrogram.ts'

/** Leaves 1 … 5: (1 2) at 1, (4 5) at 2, ((1 2) 3) at 3, all at 8. */
const tree = {
  merge: [-1, -2, -4, -5, -3, 1, 2, 3],
  height: [1, 2, 3, 8],
  leafSize: [1, 1, 1, 1, 2],
  leafCluster: [1, 1, 1, 0, 0]
}

describe('the drawn tree', () => {
  test('has an end for each leaf, clusters from left to right, and no crossing branches', () => {
    const { ends, merges } = layDendrogram(tree, 60)
    expect(ends.map(({ leaf }) => leaf)).toEqual([3, 4, 2, 0, 1])
    expect(ends.map(({ cluster }) => cluster)).toEqual([0, 0, 1, 1, 1])
    expect(merges.map(({ left, right, height, cluster }) => [left, right, height, cluster])).toEqual([
      [3, 4, 1, 1],
      [0, 1, 2, 0],
      [2, 3.5, 3, 1],
      [0.5, 2.75, 8, null]
    ])
    expect(merges[3]).toMatchObject({ leftHeight: 2, rightHeight: 3 })
  })

  test('folds what is below the highest merges, and counts its rows', () => {
    const { ends, merges } = layDendrogram(tree, 3)
    expect(ends).toEqual([
      { part: 2, leaf: null, rows: 3, cluster: 0, height: 2 },
      { part: -3, leaf: 2, rows: 1, cluster: 1, height: 0 },
      { part: 1, leaf: null, rows: 2, cluster: 1, height: 1 }
    ])
    expect(merges.map(({ height }) => height)).toEqual([3, 8])
    expect(layDendrogram(tree, 1).ends).toEqual([{ part: 4, leaf: null, rows: 6, cluster: null, height: 8 }])
  })

  test('knows the leaves below a folded end', () => {
    expect(leavesBelow(tree.merge, 3)).toEqual([2, 0, 1])
    expect(leavesBelow(tree.merge, -4)).toEqual([3])
  })

  test('of one leaf, and of a chain of ten thousand', () => {
    expect(layDendrogram({ merge: [], height: [], leafSize: [1], leafCluster: [0] }, 60)).toEqual({
      ends: [{ part: -1, leaf: 0, rows: 1, cluster: 0, height: 0 }],
      merges: []
    })
    const n = 10_000
    const merge = Array.from({ length: n - 1 }, (_, step) => (step === 0 ? [-1, -2] : [-(step + 2), step])).flat()
    const chain = {
      merge,
      height: Array.from({ length: n - 1 }, (_, step) => step + 1),
      leafSize: new Int32Array(n).fill(1),
      leafCluster: new Int32Array(n)
    }
    expect(layDendrogram(chain, n).ends.length).toBe(n)
    expect(layDendrogram(chain, 60).ends.reduce((sum, { rows }) => sum + rows, 0)).toBe(n)
  })
})

describe('cutting by height', () => {
  test.each([1, 2, 3, 4, 5])('a cut for %i clusters leaves as many', (count) => {
    expect(countAt(tree.height, cutHeight(tree.height, count))).toBe(count)
  })

  test('a cut on a merge does it', () => {
    expect(countAt([1, 2, 3], 2)).toBe(2)
    expect(countAt([], 0)).toBe(1)
  })
})
