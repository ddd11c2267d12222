import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderRows } from '../../../renderer/table/row-order.ts'
import { changeSelection, type SelectionChange } from '../../../renderer/ui/selection.ts'

const ascending = (rows: Iterable<number>): number[] => [...rows].sort((a, b) => a - b)

/** A table of some rows in some order, a selection and two positions in it. */
const situation = fc.integer({ min: 1, max: 30 }).chain((nRows) =>
  fc.record({
    order: fc.shuffledSubarray([...Array(nRows).keys()], { minLength: nRows }),
    current: fc.subarray([...Array(nRows).keys()]),
    from: fc.nat(nRows - 1),
    to: fc.nat(nRows - 1)
  })
)
type Situation = typeof situation extends fc.Arbitrary<infer S> ? S : never

const change = ({ order, current, from, to }: Situation, kind: SelectionChange['kind']): number[] =>
  changeSelection(current, { kind, from, to }, order.length, (position) => order[position]!)

const holds = (check: (given: Situation) => void): void => fc.assert(fc.property(situation, check), { seed: 7 })

describe('changeSelection', () => {
  it('a click selects the row shown there and no other', () =>
    holds((given) => {
      expect(change(given, 'only')).toEqual([given.order[given.to]])
    }))

  it('Ctrl changes that row only, and twice is not at all', () =>
    holds((given) => {
      const row = given.order[given.to]!
      const once = change(given, 'toggle')
      expect(once.includes(row)).toBe(!given.current.includes(row))
      expect(ascending(once.filter((r) => r !== row))).toEqual(given.current.filter((r) => r !== row))
      expect(ascending(change({ ...given, current: once }, 'toggle'))).toEqual(given.current)
    }))

  it('Shift selects what is shown between the two ends, whichever was first, and nothing else', () =>
    holds((given) => {
      const { order, from, to } = given
      const between = order.filter((_, position) => (position - from) * (position - to) <= 0)
      expect(change(given, 'range')).toEqual(between)
      expect(change({ ...given, from: to, to: from }, 'range')).toEqual(between)
      expect(ascending(change(given, 'add-range'))).toEqual(ascending(new Set([...given.current, ...between])))
    }))

  it('all is every row, none is none, and what was selected before is left as it was', () =>
    holds((given) => {
      const before = [...given.current]
      expect(change(given, 'all')).toEqual(given.order)
      expect(change(given, 'none')).toEqual([])
      expect(given.current).toEqual(before)
    }))

  it('takes positions as rows where the table is not sorted, and an empty table', () => {
    expect(changeSelection([], { kind: 'range', from: 3, to: 1 }, 5)).toEqual([1, 2, 3])
    expect(changeSelection([], { kind: 'all', from: 0, to: 0 }, 0)).toEqual([])
  })
})

describe('orderRows', () => {
  it('leaves the order alone where nothing comes first', () => {
    expect([0, 1, 7].map(orderRows([]))).toEqual([0, 1, 7])
  })

  it('shows the chosen rows first, then all others, each once and ascending', () =>
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 60 })
          .chain((nRows) => fc.subarray([...Array(nRows).keys()]).map((first) => ({ nRows, first }))),
        ({ nRows, first }) => {
          const rowAt = orderRows(first)
          const others = [...Array(nRows).keys()].filter((row) => !first.includes(row))
          expect(Array.from({ length: nRows }, (_, position) => rowAt(position))).toEqual([...first, ...others])
        }
      ),
      { seed: 8, numRuns: 300 }
    ))
})
