import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { improveNormalRows } from '../../../core/linalg/normal-row-blocks.ts'
import { solveNormalRows } from '../../../core/linalg/normal-rows.ts'
import { SeededRandom } from '../../../core/linalg/random.ts'
import { unwatched } from '../../../core/linalg/watch.ts'
import { generateRows, shapes, systemOf, type NormalRows } from './rows.ts'
import { recording, stoppingAt } from './watches.ts'
import { withTeam } from './team.ts'

/** Somewhere to begin. */
const startOf = ({ nRows, size }: NormalRows): Float64Array => {
  const random = new SeededRandom(5)
  return Float64Array.from({ length: nRows * size }, () => random.normal())
}

/** ½·pᵀ·A·p − bᵀ·p of each row, as the definition says. */
function heightsOf(rows: NormalRows, own: Float64Array): number[] {
  return Array.from({ length: rows.nRows }, (_, row) => {
    const { matrix, right } = systemOf(rows, row)
    const p = own.subarray(row * rows.size, (row + 1) * rows.size)
    let height = 0
    matrix.forEach((line, a) => {
      line.forEach((entry, b) => (height += (entry * p[a]! * p[b]!) / 2))
      height -= right[a]! * p[a]!
    })
    return height
  })
}

const undrawn = shapes.map((shape) => ({ ...shape, drawn: false }))

describe('rows improved block by block', () => {
  test('a pass raises what is minimized of no row, and many passes end where all at once does', () => {
    fc.assert(
      fc.property(undrawn, fc.integer({ min: 1, max: 20 }), (shape, block) => {
        const rows = generateRows(shape)
        rows.ridge.fill(5)
        const own = startOf(rows)
        let heights = heightsOf(rows, own)
        for (let pass = 0; pass < 4; pass++) {
          improveNormalRows(rows, own, block, unwatched)
          const next = heightsOf(rows, own)
          next.forEach((height, row) => {
            expect(height).toBeLessThanOrEqual(heights[row]! + 1e-9 * Math.max(1, Math.abs(heights[row]!)))
          })
          heights = next
        }
        const exact = new Float64Array(own.length)
        solveNormalRows(rows, exact, unwatched)
        const least = heightsOf(rows, exact)
        heights.forEach((height, row) => {
          expect(height).toBeGreaterThanOrEqual(least[row]! - 1e-9 * Math.max(1, Math.abs(least[row]!)))
        })
        // What is solved for all at once does not move.
        const rested = exact.slice()
        improveNormalRows(rows, rested, block, unwatched)
        rested.forEach((value, k) =>
          expect(Math.abs(value - exact[k]!)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)))
        )
      }),
      { seed: 71, numRuns: 40 }
    )
  })

  test('many passes end at the solution, and one pass is enough where a block holds all', () => {
    const shape = { lengths: [0, 3, 60, 200], nColumns: 30, size: 12, seed: 4, based: true, weighted: true }
    const rows = generateRows({ ...shape, lastRidge: 7, preferred: true, shifted: true })
    const exact = new Float64Array(rows.nRows * rows.size)
    solveNormalRows(rows, exact, unwatched)
    const [whole, blocks] = [startOf(rows), startOf(rows)]
    improveNormalRows(rows, whole, 12, unwatched)
    for (let pass = 0; pass < 2000; pass++) improveNormalRows(rows, blocks, 5, unwatched)
    exact.forEach((value, k) => {
      expect(whole[k]!).toBeCloseTo(value, 9)
      expect(blocks[k]!).toBeCloseTo(value, 7)
    })
  })

  test('in single precision it ends as near to the solution as sums of that many digits are', () => {
    const rows = generateRows({ lengths: [40, 90], nColumns: 30, size: 8, seed: 6 })
    rows.ridge.fill(5)
    const exact = new Float64Array(16)
    solveNormalRows(rows, exact, unwatched)
    const own = startOf(rows)
    for (let pass = 0; pass < 60; pass++) improveNormalRows({ ...rows, precision: 'single' }, own, 4, unwatched)
    exact.forEach((value, k) => expect(own[k]!).toBeCloseTo(value, 6))
  })

  test('a row without entries, base and prior is zero, even with a ridge of 0', () => {
    const rows = generateRows({ lengths: [0, 3], nColumns: 5, size: 4, seed: 1 })
    rows.ridge.set([0, 1])
    const own = startOf(rows)
    improveNormalRows(rows, own, 2, unwatched)
    expect([...own.subarray(0, 4)]).toEqual([0, 0, 0, 0])
    expect(own.subarray(4).every((value) => value !== 0)).toBe(true)
  })

  test('the same bits with 1 and 2 threads; what is given is left as it was; no rows', async () => {
    const shape = { lengths: new Array<number>(200).fill(90), nColumns: 300, size: 23, seed: 9, based: true }
    const rows = { ...generateRows(shape), precision: 'single' as const }
    const work = (): Float64Array => {
      const own = startOf(rows)
      improveNormalRows(rows, own, 10, unwatched)
      return own
    }
    const alone = await withTeam(1, work)
    expect(alone.every(Number.isFinite)).toBe(true)
    expect(await withTeam(2, work)).toEqual(alone)
    expect(rows).toEqual({ ...generateRows(shape), precision: 'single' })
    improveNormalRows(generateRows({ ...shape, lengths: [] }), new Float64Array(0), 10, unwatched)
  })

  test('stops when it is told to, and ends at 1', () => {
    const rows = generateRows({ lengths: new Array<number>(500).fill(40), nColumns: 300, size: 16, seed: 2 })
    const { watch, seen } = recording()
    improveNormalRows(rows, startOf(rows), 4, watch)
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual(seen.toSorted((x, y) => x - y))
    expect(() => improveNormalRows(rows, startOf(rows), 4, stoppingAt(9))).toThrow('stopped')
  })
})
