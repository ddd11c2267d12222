import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNumber } from '../../../renderer/analyses/form.ts'
import { equalRanges, extentOf, padRange, roundStep, ticksIn, tickText } from '../../../renderer/plots/axes.ts'
import { colourBy, MAX_CATEGORIES, OTHER_COLOUR } from '../../../renderer/plots/categories.ts'
import { LABEL_HEIGHT, placeLabels, type LabelCandidate, type PlacedLabel } from '../../../renderer/plots/labels.ts'
import { formatNumber } from '../../../renderer/ui/format.ts'

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** The box of a placed label, from what PlacedLabel says: which of its edges stands at the offset from the mark. */
function boxOf(label: LabelCandidate, { anchorX, anchorY, dx, dy }: PlacedLabel): Box {
  const share = { left: 0, top: 0, center: 0.5, middle: 0.5, right: 1, bottom: 1 }
  const left = label.x + dx - share[anchorX] * label.width
  const top = label.y + dy - share[anchorY] * LABEL_HEIGHT
  return { left, top, right: left + label.width, bottom: top + LABEL_HEIGHT }
}

/** Boxes share more than an edge; a rounding of the last bit is none. */
const overlap = (a: Box, b: Box): boolean =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1e-9 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1e-9

describe('placeLabels', () => {
  const label = fc.record({
    text: fc.constant('name'),
    x: fc.double({ min: -20, max: 320, noNaN: true }),
    y: fc.double({ min: -20, max: 220, noNaN: true }),
    radius: fc.integer({ min: 1, max: 12 }),
    width: fc.double({ min: 4, max: 140, noNaN: true })
  })
  const frame = { left: 0, top: 0, right: 300, bottom: 200 }
  const marksOf = (labels: LabelCandidate[]): Parameters<typeof placeLabels>[2] => ({
    x: labels.map(({ x }) => x),
    y: labels.map(({ y }) => y),
    radius: (i) => labels[i]!.radius
  })

  it('lays no label over another, over a mark or over the edge, and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 60 }), fc.integer({ min: 0, max: 60 }), (labels, limit) => {
        const placed = placeLabels(labels, frame, marksOf(labels), limit)
        expect(placed.length).toBeLessThanOrEqual(limit)
        const numbers = placed.map(({ candidate }) => candidate)
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
        const boxes = placed.map((place) => boxOf(labels[place.candidate]!, place))
        const marks = labels.map(({ x, y, radius: r }) => ({ left: x - r, top: y - r, right: x + r, bottom: y + r }))
        boxes.forEach((box, i) => {
          expect(box.left >= 0 && box.top >= 0 && box.right <= 300 && box.bottom <= 200).toBe(true)
          expect([...boxes.slice(i + 1), ...marks].some((other) => overlap(box, other))).toBe(false)
        })
      }),
      { seed: 15, numRuns: 300 }
    )
  })

  it('loses no label that was placed when a less important one is added', () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 30 }), (labels) => {
        // The marks are there in both; only the wish for the last label is new.
        const all = placeLabels(labels, frame, marksOf(labels))
        const fewer = placeLabels(labels.slice(0, -1), frame, marksOf(labels))
        expect(all.slice(0, fewer.length)).toEqual(fewer)
        expect(all.length - fewer.length).toBeLessThanOrEqual(1)
      }),
      { seed: 16 }
    )
  })

  it('uses eight places round a mark, each once', () => {
    // Nine marks on one spot, with room all round: the ninth name finds none.
    const crowd = Array.from({ length: 9 }, () => ({ text: 'a', x: 150, y: 100, radius: 9, width: 5 }))
    const placed = placeLabels(crowd, frame, marksOf(crowd))
    expect(placed).toHaveLength(8)
    expect(new Set(placed.map(({ dx, dy }) => `${dx} ${dy}`)).size).toBe(8)
  })
})

describe('axes', () => {
  const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  const range = fc
    .tuple(finite, finite)
    .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
    .filter(([low, high]) => high - low > 1e-6)
  const pixels = fc.integer({ min: 50, max: 3000 })

  it('shows both extents with one unit equally long, and no larger than needed', () => {
    fc.assert(
      fc.property(range, range, pixels, pixels, (x, y, width, height) => {
        const shown = equalRanges(x, y, width, height)
        const unit = [(shown.x[1] - shown.x[0]) / width, (shown.y[1] - shown.y[0]) / height] as const
        expect(unit[0] / unit[1]).toBeCloseTo(1, 6)
        const slack = 1e-9 * Math.max(...[...x, ...y].map(Math.abs))
        for (const [extent, given] of [
          [shown.x, x],
          [shown.y, y]
        ] as const) {
          expect(extent[0]).toBeLessThanOrEqual(given[0] + slack)
          expect(extent[1]).toBeGreaterThanOrEqual(given[1] - slack)
        }
        const exact = Math.max((x[1] - x[0]) / width, (y[1] - y[0]) / height)
        expect(unit[0] / exact).toBeCloseTo(1, 6)
      }),
      { seed: 17 }
    )
  })

  it('pads every range on both sides by its share, and makes an interval of a point', () => {
    fc.assert(
      fc.property(range, finite, (given, point) => {
        const length = given[1] - given[0]
        const padded = padRange(given, 0.06)
        const slack = 1e-9 * Math.max(...given.map(Math.abs), length)
        expect(Math.abs(given[0] - padded[0] - 0.06 * length)).toBeLessThanOrEqual(slack)
        expect(Math.abs(padded[1] - given[1] - 0.06 * length)).toBeLessThanOrEqual(slack)
        const [from, to] = padRange([point, point], 0.06)
        expect(from).toBeLessThan(point)
        expect(to).toBeGreaterThan(point)
      }),
      { seed: 18 }
    )
  })

  it('finds the extent of what is a number', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(finite, fc.constant(NaN))), fc.array(finite), (some, others) => {
        const numbers = [...some, ...others].filter((value) => !Number.isNaN(value))
        expect(extentOf(some, others)).toEqual(
          numbers.length === 0 ? [-1, 1] : [Math.min(...numbers), Math.max(...numbers)]
        )
      }),
      { seed: 19 }
    )
  })

  it('steps by the smallest 1, 2 or 5 × 10ⁿ that is not below what is asked', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (atLeast) => {
        const step = roundStep(atLeast)
        const steps = Array.from({ length: 24 }, (_, i) => [1, 2, 5].map((factor) => factor * 10 ** (i - 11))).flat()
        const expected = steps.find((candidate) => candidate >= atLeast * (1 - 1e-9))!
        expect(step / expected).toBeCloseTo(1, 9)
      }),
      { seed: 20 }
    )
  })

  it('has every multiple of its step as a tick, each with a text of its own that says its value', () => {
    const steps = fc.tuple(fc.constantFrom(1, 2, 5), fc.integer({ min: -5, max: 4 })).map(([factor, power]) => ({
      step: factor * 10 ** power,
      decimals: Math.max(0, -power)
    }))
    fc.assert(
      fc.property(steps, fc.integer({ min: -99, max: 90 }), fc.nat(12), ({ step, decimals }, first, count) => {
        const ticks = ticksIn([(first - 0.3) * step, (first + count + 0.3) * step], step)
        expect(ticks).toHaveLength(count + 1)
        const texts = ticks.map((tick) => tickText(tick, step))
        expect(new Set(texts).size).toBe(count + 1)
        texts.forEach((text, i) => {
          expect(text).toMatch(decimals === 0 ? /^−?[\d,]+$/ : new RegExp(`^−?[\\d,]+\\.\\d{${decimals}}$`))
          expect(Number(text.replace('−', '-').replaceAll(',', ''))).toBeCloseTo((first + i) * step, decimals + 3)
        })
        expect(texts.filter((text) => /^−[0.]*$/.test(text))).toEqual([])
      }),
      { seed: 21 }
    )
  })
})

it('colourBy gives every row its own category, at most seven of them, the most frequent', () => {
  const value = fc.option(fc.constantFrom(...'abcdefghijkl'.split('')))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
      const colouring = colourBy({ kind: 'text', name: 'c', values })
      if (colouring.kind !== 'categories') throw new Error('categories expected')
      const own = colouring.categories.filter(({ colour }) => colour !== OTHER_COLOUR).map(({ name }) => name)
      const distinct = [...new Set(values.filter((text) => text !== null))]
      expect(own).toHaveLength(Math.min(MAX_CATEGORIES, distinct.length))
      expect(own).toEqual(distinct.filter((name) => own.includes(name)))
      const count = (name: string): number => values.filter((text) => text === name).length
      const left = distinct.filter((name) => !own.includes(name))
      expect(Math.max(0, ...left.map(count))).toBeLessThanOrEqual(Math.min(Infinity, ...own.map(count)))
      values.forEach((text, row) => {
        const given = colouring.categories[colouring.of[row]!]!.name
        expect(given).toBe(text === null ? 'missing' : own.includes(text) ? text : 'other')
      })
      expect(new Set(colouring.categories.map(({ symbol }) => symbol)).size).toBe(colouring.categories.length)
    }),
    { seed: 22, numRuns: 300 }
  )
})

it('readNumber reads what the page writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(6), (digits, decimals) => {
      const value = digits / 10 ** decimals
      expect(readNumber(formatNumber(value, decimals))).toBe(value === 0 ? 0 : value)
      expect(readNumber(formatNumber(value, decimals).replace('.', ','))).toBe(value === 0 ? 0 : value)
    }),
    { seed: 23 }
  )
})
