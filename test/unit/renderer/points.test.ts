import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GridIndex, isInside } from '../../../renderer/plots/points/grid-index.ts'
import { HIDDEN, SELECTED } from '../../../renderer/plots/points/scene.ts'
import { behindFirst, spreadOrder, thinPoints } from '../../../renderer/plots/points/thin.ts'

const coordinate = fc.double({ min: -10, max: 10, noNaN: true })
const places = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 300 })
const columns = (list: [number, number][]) => ({ x: list.map(([x]) => x), y: list.map(([, y]) => y) })

describe('GridIndex', () => {
  it('finds what a look at every point finds', () => {
    fc.assert(
      fc.property(
        places,
        coordinate,
        coordinate,
        fc.double({ min: 0.1, max: 30, noNaN: true }),
        (list, x, y, radius) => {
          const points = columns(list)
          const found = new GridIndex(points.x, points.y).nearest(x, y, radius)
          const distances = list.map(([px, py]) => (px - x) ** 2 + (py - y) ** 2)
          const least = Math.min(...distances)
          if (least > radius ** 2) expect(found).toBe(-1)
          else expect(distances[found]).toBe(least)
        }
      )
    )
  })

  it('takes the points a lasso holds, ascending, whichever cells it crosses', () => {
    const polygon = fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 12 })
    fc.assert(
      fc.property(places, polygon, (list, corners) => {
        const points = columns(list)
        const outline = columns(corners)
        const expected = list.flatMap(([x, y], i) => (isInside(outline, x, y) ? [i] : []))
        expect([...new GridIndex(points.x, points.y).inside(outline)]).toEqual(expected)
      })
    )
  })

  it('takes the points of a box, its edge included', () => {
    const index = new GridIndex([0, 1, 2, 3], [0, 1, 2, NaN])
    expect([...index.inBox([1, 2], [0, 2])].sort()).toEqual([1, 2])
  })

  it('leaves out what is not accepted, and points without a place', () => {
    const index = new GridIndex([0, 0.1, NaN], [0, 0, 0])
    expect(index.nearest(0, 0, 1)).toBe(0)
    expect(index.nearest(0, 0, 1, (point) => point !== 0)).toBe(1)
    expect([...index.inside({ x: [-1, 1, 1, -1], y: [-1, -1, 1, 1] }, (point) => point !== 0)]).toEqual([1])
  })

  it('works where all points share a line or a spot', () => {
    const index = new GridIndex([2, 2, 2], [5, 5, 5])
    expect(index.nearest(2, 5, 0.5)).toBe(2)
    expect([...index.inside({ x: [0, 4, 4, 0], y: [4, 4, 6, 6] })]).toEqual([0, 1, 2])
  })
})

describe('spreadOrder', () => {
  it('has every point once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (n) => {
        expect([...spreadOrder(n)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
      })
    )
  })

  it('spreads its beginning evenly: of 1,000 of 100,000 each tenth of the rows has about 100', () => {
    const counts = new Array<number>(10).fill(0)
    for (const point of spreadOrder(100_000).subarray(0, 1000)) counts[Math.floor(point / 10_000)]!++
    for (const count of counts) expect(Math.abs(count - 100)).toBeLessThanOrEqual(3)
  })
})

describe('behindFirst', () => {
  it('draws what lies behind before the others, and leaves nothing out', () => {
    expect([...behindFirst(Int32Array.of(0, 2, 5, 7, 8), 9, 5)!]).toEqual([5, 7, 8, 0, 2])
    expect([...behindFirst(null, 4, 3)!]).toEqual([3, 0, 1, 2])
    expect([...behindFirst(Int32Array.of(6, 7), 9, 5)!]).toEqual([6, 7])
  })

  it('leaves the order alone where nothing lies behind', () => {
    expect(behindFirst(null, 4, 4)).toBeNull()
    const drawn = Int32Array.of(1, 3)
    expect(behindFirst(drawn, 4, 4)).toBe(drawn)
  })
})

describe('thinPoints', () => {
  const n = 1000
  const order = spreadOrder(n)
  /** Points 0 … 999 on a line, as far along it as their number says. */
  const points = (selected: number, hidden = 0, first: number[] = []) => ({
    x: Float64Array.from({ length: n }, (_, i) => i),
    y: new Float64Array(n),
    state: Uint8Array.from({ length: n }, (_, i) => (i < selected ? SELECTED : i >= n - hidden ? HIDDEN : 0)),
    first: new Set(first)
  })
  const frame = (left: number, right: number) => ({ x: [left, right] as const, y: [-1, 1] as const })
  const whole = frame(-1, n)

  it('draws all where the budget allows', () => {
    const { drawn, total } = thinPoints(order, n, points(0), whole)
    expect(total).toBe(n)
    expect([...drawn]).toEqual(Array.from({ length: n }, (_, i) => i))
  })

  it('draws as many as the budget, of those in sight that are not hidden', () => {
    const { drawn, total } = thinPoints(order, 100, points(0, 400), frame(200, 799))
    expect(total).toBe(400)
    expect(drawn.length).toBe(100)
    expect([Math.min(...drawn) >= 200, Math.max(...drawn) < 600]).toEqual([true, true])
  })

  it('draws few selected points and those with labels all, and many to half of the budget', () => {
    const few = [...thinPoints(order, 100, points(7, 0, [555, 999]), whole).drawn]
    expect(few.filter((point) => point < 7).length).toBe(7)
    expect(few).toEqual(expect.arrayContaining([555, 999]))
    const many = thinPoints(order, 100, points(600), whole)
    expect([...many.drawn].filter((point) => point < 600).length).toBe(50)
    const all = thinPoints(order, 100, points(n), whole)
    expect(all.drawn.length).toBe(100)
  })
})
