import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projection, projectPoints, reachOf } from '../../../renderer/plots/space.ts'

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
