import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisLines, partOf, projection, projectPoints, reachOf } from '../../../renderer/plots/space.ts'

describe('projection', () => {
  it('shows the first component to the right and the second up where nothing is turned', () => {
    expect([...projection({ around: 0, tip: 0 })].map((value) => value + 0)).toEqual([1, 0, 0, 0, 1, 0])
  })

  it('shows lengths as they are: its two rows are orthogonal and of length one', () => {
    const angle = fc.double({ min: -7, max: 7, noNaN: true })
    fc.assert(
      fc.property(angle, angle, (around, tip) => {
        const [a, b, c, d, e, f] = [...projection({ around, tip })] as [number, number, number, number, number, number]
        expect(a * a + b * b + c * c).toBeCloseTo(1, 12)
        expect(d * d + e * e + f * f).toBeCloseTo(1, 12)
        expect(a * d + b * e + c * f).toBeCloseTo(0, 12)
      })
    )
  })

  it('keeps every turn of the points within their reach', () => {
    const points = [Float64Array.of(3, 0, 1), Float64Array.of(4, 0, -2), Float64Array.of(0, 2, 2)] as const
    expect(reachOf(points)).toBe(5)
    const into = { x: new Float32Array(3), y: new Float32Array(3) }
    for (let around = 0; around < 7; around += 0.5) {
      projectPoints(projection({ around, tip: around / 3 }), points, into)
      into.x.forEach((x, i) => expect(Math.hypot(x, into.y[i]!)).toBeLessThanOrEqual(5 + 1e-5))
    }
  })
})

describe('a part of space', () => {
  const number = fc.double({ min: -1e3, max: 1e3, noNaN: true })
  const points = fc
    .array(fc.tuple(number, number, number), { minLength: 1, maxLength: 20 })
    .map(
      (rows) =>
        [0, 1, 2].map((k) => Float64Array.from(rows, (row) => row[k]!)) as [Float64Array, Float64Array, Float64Array]
    )
  const limits = fc.array(
    fc.tuple(
      fc.option(fc.double({ min: -900, max: 0, noNaN: true }), { nil: null }),
      fc.option(fc.double({ min: 1, max: 900, noNaN: true }), { nil: null })
    ),
    { minLength: 3, maxLength: 3 }
  )

  it('holds every turn of its axes and of the rows within the chosen ends, and none of the others', () => {
    fc.assert(
      fc.property(points, limits, fc.double({ min: -7, max: 7, noNaN: true }), (coordinates, own, angle) => {
        const part = partOf(coordinates, own)
        for (const { from, to } of axisLines(projection({ around: angle, tip: angle / 4 }), part)) {
          const furthest = Math.max(Math.hypot(...from), Math.hypot(...to))
          expect(furthest).toBeLessThanOrEqual(part.reach * (1 + 1e-9))
        }
        const n = coordinates[0].length
        const into = { x: new Float32Array(n), y: new Float32Array(n) }
        projectPoints(projection({ around: angle, tip: angle / 4 }), coordinates, into, part)
        for (let i = 0; i < n; i++) {
          const inside = own.every(([low, high], k) => {
            const value = coordinates[k]![i]!
            return (low === null || value >= low) && (high === null || value <= high)
          })
          expect(Number.isNaN(into.x[i])).toBe(!inside)
          if (inside) expect(Math.hypot(into.x[i]!, into.y[i]!)).toBeLessThanOrEqual(part.reach * (1 + 1e-5) + 1e-6)
        }
      })
    )
  })

  it('is all of it, round the origin, where nothing is chosen', () => {
    const whole = partOf(
      [[3], [4], [0]],
      [
        [null, null],
        [null, null],
        [null, null]
      ]
    )
    expect(whole).toEqual({
      middle: [0, 0, 0],
      ends: [
        [-5, 5],
        [-5, 5],
        [-5, 5]
      ],
      reach: 5,
      kept: null
    })
    // The axes cross in the middle.
    const lines = axisLines(projection({ around: 0, tip: 0 }), whole)
    expect(lines[1]).toEqual({ from: [0, -5], to: [0, 5] })
  })

  it('has its axes past an origin that is out of sight', () => {
    const part = partOf(
      [[3], [0], [0]],
      [
        [2, 4],
        [null, null],
        [null, null]
      ]
    )
    const [first, second] = axisLines(projection({ around: 0, tip: 0 }), part)
    expect(first).toEqual({ from: [-1, 0], to: [1, 0] })
    // The second one stands at the nearest end of the first.
    expect(second!.from[0]).toBe(-1)
    expect(second!.to[1]).toBeCloseTo(0.75, 12)
    expect(part.reach).toBe(1.25)
  })
})
