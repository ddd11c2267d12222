import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearestMark } from '../../../renderer/plots/nearest-mark.ts'
import { toPixels } from '../../../renderer/plots/scatter-model.ts'

/** ten units to the right are 100 px, ten upwards 50 */
const frame = { left: 20, top: 30, width: 100, height: 50, x: [0, 10] as const, y: [0, 10] as const }
const all = (): boolean => true

describe('the mark under a pointer', () => {
  test('is the one drawn there, the later of two on one spot', () => {
    const coordinate = fc.double({ min: 0, max: 10, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 20 }),
        fc.nat(),
        (places, which) => {
          const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)]
          const point = which % places.length
          const found = nearestMark(frame, xs, ys, toPixels(frame, xs[point]!, ys[point]!), 6, all)
          expect(found).toBeGreaterThanOrEqual(0)
          expect(xs[found]).toBeCloseTo(xs[point]!, 6)
          expect(ys[found]).toBeCloseTo(ys[point]!, 6)
        }
      )
    )
    expect(nearestMark(frame, [5, 5], [5, 5], toPixels(frame, 5, 5), 6, all)).toBe(1)
  })

  test('is near in px, not in the units of the axes', () => {
    // One unit off is 10 px to the right, 5 px upwards.
    const at = toPixels(frame, 5, 5)
    expect(nearestMark(frame, [6, 5], [5, 6.2], at, 20, all)).toBe(1)
    expect(nearestMark(frame, [6], [5], at, 9, all)).toBe(-1)
    expect(nearestMark(frame, [6], [5], at, 11, all)).toBe(0)
  })

  test('is none that is hidden or has no place', () => {
    const at = toPixels(frame, 5, 5)
    expect(nearestMark(frame, [5, 5.1], [5, 5], at, 6, (point) => point !== 0)).toBe(1)
    expect(nearestMark(frame, [NaN], [5], at, 6, all)).toBe(-1)
  })
})
