import { describe, expect, it } from 'vitest'
import { layStamp } from '../../../renderer/plots/points/canvas-painter.ts'
import { SHAPES } from '../../../renderer/plots/points/scene.ts'
import { makeStamp, type Stamp } from '../../../renderer/plots/points/stamps.ts'

const sizeOf = (radius: number, edge = 0) => ({ radius, edge, scale: 1 })
const area = (stamp: Stamp): number => stamp.cover.reduce((sum, cover) => sum + cover / 255, 0)
const colour = { redBlue: (30 << 16) | 200, green: 100 }
const ink = { redBlue: 0, green: 0 }
const bytes = (px: number): number[] => [px & 255, (px >>> 8) & 255, (px >>> 16) & 255, px >>> 24]

/** One px of a stamp that covers it whole. */
const whole = { offsets: Int32Array.of(0), cover: Uint8Array.of(255), inner: Uint8Array.of(255) }

describe('the stamp of a point', () => {
  it('covers what a circle covers, wherever in its px the point lies', () => {
    for (const [right, down] of [
      [0.5, 0.5],
      [0.125, 0.875]
    ] as const) {
      const stamp = makeStamp(SHAPES.indexOf('circle'), sizeOf(6), right, down)
      expect(area(stamp) / (Math.PI * 36)).toBeCloseTo(1, 1)
      // The middle of what is covered is the point.
      let [x, y] = [0, 0]
      stamp.cover.forEach((cover, i) => {
        x += (cover / 255) * (stamp.dx[i]! + 0.5 - right)
        y += (cover / 255) * (stamp.dy[i]! + 0.5 - down)
      })
      expect(Math.hypot(x, y) / area(stamp)).toBeLessThan(0.05)
    }
  })

  it('has every shape, of about one size, the open ones hollow', () => {
    for (const [shape, kind] of SHAPES.entries()) {
      const share = area(makeStamp(shape, sizeOf(10), 0.5, 0.5)) / (Math.PI * 100)
      if (kind.endsWith('-open')) expect(share).toBeLessThan(0.4)
      else expect(share).toBeGreaterThan(0.5)
      expect(share).toBeLessThan(1.3)
    }
  })

  it('points a triangle upwards', () => {
    const stamp = makeStamp(SHAPES.indexOf('triangle-up'), sizeOf(10), 0.5, 0.5)
    const widthAt = (row: number): number => stamp.dy.filter((dy) => dy === row).length
    expect(widthAt(5)).toBeGreaterThan(widthAt(-8))
  })

  it('has an edge around it where it is selected', () => {
    const plain = makeStamp(0, sizeOf(5), 0.5, 0.5)
    const edged = makeStamp(0, sizeOf(5, 1), 0.5, 0.5)
    expect(area(edged)).toBeGreaterThan(area(plain))
    expect(edged.inner.some((inner) => inner === 0)).toBe(true)
    expect(edged.inner.some((inner) => inner === 255)).toBe(true)
    expect(plain.inner.every((inner) => inner === 255)).toBe(true)
  })
})

describe('laying a stamp over what is there', () => {
  it('hides it where the mark is opaque', () => {
    const px = Uint32Array.of(0x80604020)
    layStamp(px, 0, whole, colour, ink, 256)
    expect(bytes(px[0]!)).toEqual([200, 100, 30, 255])
  })

  it('is the formula of Porter and Duff, to a step of rounding', () => {
    for (const alpha of [13, 128, 200]) {
      const under = [40, 60, 90, 128]
      const px = Uint32Array.of(((128 << 24) | (90 << 16) | (60 << 8) | 40) >>> 0)
      layStamp(px, 0, whole, colour, ink, alpha)
      const source = [200, 100, 30, 255].map((value) => (value * alpha) / 256)
      bytes(px[0]!).forEach((value, i) => {
        expect(Math.abs(value - (source[i]! + (1 - alpha / 256) * under[i]!))).toBeLessThanOrEqual(1.5)
      })
    }
  })

  it('comes to the colour of the mark where many lie on each other', () => {
    const px = new Uint32Array(1)
    for (let i = 0; i < 200; i++) layStamp(px, 0, whole, colour, ink, 128)
    const [red, green, blue, alpha] = bytes(px[0]!)
    expect(alpha).toBeGreaterThan(250)
    expect(Math.abs(red! - 200) + Math.abs(green! - 100) + Math.abs(blue! - 30)).toBeLessThan(8)
  })

  it('draws an edge in ink', () => {
    const px = new Uint32Array(1)
    layStamp(px, 0, { ...whole, inner: Uint8Array.of(0) }, colour, { redBlue: (7 << 16) | 5, green: 6 }, 256)
    expect(bytes(px[0]!)).toEqual([5, 6, 7, 255])
  })
})
