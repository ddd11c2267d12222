import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Slots } from '../../../renderer/ui/slots.ts'

const places = (slots: Slots, first: number, length: number): number[] =>
  Array.from({ length }, (_, i) => slots.of(first + i))

describe('the places that rows are drawn in', () => {
  it('are different ones for all that are drawn at once, wherever one has scrolled to', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ first: fc.nat(1_000_000), count: fc.integer({ min: 1, max: 60 }) }), { minLength: 1 }),
        (moves) => {
          const slots = new Slots()
          for (const { first, count } of moves) {
            slots.follow(first, count)
            expect(new Set(places(slots, first, count)).size).toBe(count)
          }
        }
      ),
      { seed: 24 }
    ))

  it('stay where they are for what stays in sight', () =>
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: -9, max: 9 }), (first, step) => {
        const slots = new Slots()
        slots.follow(first + 10, 10)
        const before = places(slots, first + 10, 10)
        slots.follow(first + 10 + step, 10)
        const kept = before.slice(Math.max(0, step), 10 + Math.min(0, step))
        expect(places(slots, first + 10 + Math.max(0, step), 10 - Math.abs(step))).toEqual(kept)
      }),
      { seed: 25 }
    ))

  it('have the same order after a jump as before', () => {
    const slots = new Slots()
    slots.follow(103, 20)
    const before = places(slots, 103, 20)
    slots.follow(777_777, 20)
    expect(places(slots, 777_777, 20)).toEqual(before)
    slots.follow(5, 20)
    expect(places(slots, 5, 20)).toEqual(before)
  })
})
