import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutRange, describeRange, edgesAt, rangeBetween, type CellRange } from '../../../renderer/ui/cell-range.ts'

const at = fc.record({ row: fc.nat(40), column: fc.nat(40) })

describe('a rectangle of cells', () => {
  it('is the same whichever corner came first, and holds both', () =>
    fc.assert(
      fc.property(at, at, (one, other) => {
        const range = rangeBetween(one, other)
        expect(rangeBetween(other, one)).toEqual(range)
        expect(edgesAt(range, one.row, one.column)).not.toBeNull()
        expect(edgesAt(range, other.row, other.column)).not.toBeNull()
      }),
      { seed: 21 }
    ))

  it('holds as many cells as its sides say, and its edge runs once round it', () =>
    fc.assert(
      fc.property(at, at, (one, other) => {
        const range = rangeBetween(one, other)
        const [height, width] = [range.bottom - range.top + 1, range.right - range.left + 1]
        const edges = Array.from({ length: 42 * 42 }, (_, i) => edgesAt(range, Math.floor(i / 42), i % 42)).filter(
          (found) => found !== null
        )
        expect(edges).toHaveLength(height * width)
        const on = (side: string): number => edges.filter((found) => found.includes(side)).length
        expect([on('t'), on('b'), on('l'), on('r')]).toEqual([width, width, height, height])
      }),
      { seed: 22 }
    ))

  it('is nowhere where there is none', () => expect(edgesAt(null, 0, 0)).toBeNull())

  it('is said by its sides', () => {
    expect(describeRange({ top: 4, bottom: 1203, left: 2, right: 3 })).toBe('1,200 × 2 cells selected')
  })

  it('is copied in whole rows, at least one, no more cells than allowed', () => {
    const range: CellRange = { top: 10, bottom: 999, left: 0, right: 6 }
    expect(cutRange(range, 10_000)).toEqual(range)
    // 7 columns: 14 rows are 98 cells
    expect(cutRange(range, 100)).toEqual({ ...range, bottom: 23 })
    expect(cutRange(range, 3)).toEqual({ ...range, bottom: 10 })
  })
})
