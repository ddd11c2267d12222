import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnAfter, type ColumnPlace } from '../../../renderer/prepare/steps-from-table.ts'

/** where a column stands once it was put before another one, or at the end */
function placeAfterMove(names: string[], column: string, before: string | null): number {
  const others = names.filter((name) => name !== column)
  return before === null ? others.length : others.indexOf(before)
}

describe('columnAfter', () => {
  it('leads one place to the left, to the right, or to the front', () =>
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.string(), { minLength: 1, maxLength: 8 })
          .chain((names) => fc.record({ names: fc.constant(names), at: fc.nat(names.length - 1) })),
        fc.constantFrom<ColumnPlace>('first', 'left', 'right'),
        ({ names, at }, place) => {
          const wanted = { first: 0, left: at - 1, right: at + 1 }[place]
          const before = columnAfter(names, names[at]!, place)
          if (wanted === at || wanted < 0 || wanted >= names.length) expect(before).toBeUndefined()
          else expect(placeAfterMove(names, names[at]!, before!)).toBe(wanted)
        }
      ),
      { seed: 28 }
    ))
})
