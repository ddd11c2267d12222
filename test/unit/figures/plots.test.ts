import { describe, expect, it } from 'vitest'
import { equalRanges, extentOf, padRange, roundStep, ticksIn, tickText } from '../../../renderer/plots/axes.ts'
import { colourBy } from '../../../renderer/plots/categories.ts'
import { spreadLabels } from '../../../renderer/plots/curves.ts'
import { LABEL_HEIGHT, placeLabels, type LabelCandidate, type PlacedLabel } from '../../../renderer/plots/labels.ts'

describe('axes', () => {
  it('gives both axes one unit of one length', () => {
    const ranges = equalRanges([-3, 3], [-1, 1], 600, 400)
    const perUnit = (range: readonly [number, number], pixels: number): number => pixels / (range[1] - range[0])
    expect(perUnit(ranges.x, 600)).toBeCloseTo(perUnit(ranges.y, 400), 12)
    expect(ranges.x).toEqual([-3, 3])
    expect(ranges.y).toEqual([-2, 2])
  })

  it('keeps a point visible', () => {
    const [low, high] = padRange([5, 5], 0.1)
    expect(low).toBeLessThan(5)
    expect(high).toBeGreaterThan(5)
  })

  it('takes extents of finite values only', () => {
    expect(extentOf([3, NaN, -2])).toEqual([-2, 3])
    expect(extentOf([])).toEqual([-1, 1])
  })

  it('steps by 1, 2, 5 and tens of them', () => {
    expect([0.11, 0.2, 3, 6, 10, 700].map(roundStep)).toEqual([0.2, 0.2, 5, 10, 10, 1000])
  })

  it('writes ticks with the decimals of their step and a true minus', () => {
    expect(ticksIn([-0.31, 0.29], 0.2).map((value) => tickText(value, 0.2))).toEqual(['−0.2', '0.0', '0.2'])
    expect(tickText(20000, 5000)).toBe('20,000')
    expect(tickText(-1e-17, 0.5)).toBe('0.0')
  })
})

describe('colourBy', () => {
  const text = (values: (string | null)[]): Parameters<typeof colourBy>[0] => ({ kind: 'text', name: 'c', values })

  it('gives colours and shapes in data order, missing cells last', () => {
    const colouring = colourBy(text(['b', 'a', null, 'b']))
    if (colouring.kind !== 'categories') throw new Error('categories expected')
    expect(colouring.categories.map((category) => category.name)).toEqual(['b', 'a', 'missing'])
    expect(colouring.categories.map((category) => category.symbol)).toEqual(['circle', 'triangle-up', 'diamond-open'])
    expect([...colouring.of]).toEqual([0, 1, 2, 0])
  })

  it('keeps the seven most frequent of many and calls the rest other', () => {
    const names = 'abcdefghi'.split('')
    // a and b stand once, all others twice: they are the ones that go.
    const colouring = colourBy(text([...names, ...names.slice(2)]))
    if (colouring.kind !== 'categories') throw new Error('categories expected')
    expect(colouring.categories.map((category) => category.name)).toEqual([...names.slice(2), 'other'])
    expect(colouring.of[0]).toBe(7)
    expect(colouring.categories.at(-1)!.colour).toBe(7)
  })

  it('reads codes and numbers', () => {
    const codes = colourBy({ kind: 'codes', name: 'c', codes: Int32Array.of(1, -1, 0), dictionary: ['x', 'y'] })
    if (codes.kind !== 'categories') throw new Error('categories expected')
    expect(codes.categories.map((category) => category.name)).toEqual(['y', 'x', 'missing'])
    expect(colourBy({ kind: 'number', name: 'n', values: Float64Array.of(2, NaN, -1) })).toMatchObject({
      low: -1,
      high: 2
    })
    expect(colourBy({ kind: 'number', name: 'n', values: Float64Array.of(NaN) }).kind).toBe('none')
  })
})

describe('placeLabels', () => {
  const frame = { left: 0, top: 0, right: 400, bottom: 300 }
  const boxOf = (label: LabelCandidate, place: PlacedLabel): [number, number, number, number] => {
    const x = label.x + place.dx
    const y = label.y + place.dy
    const left = place.anchorX === 'left' ? x : place.anchorX === 'right' ? x - label.width : x - label.width / 2
    const top = place.anchorY === 'top' ? y : place.anchorY === 'bottom' ? y - LABEL_HEIGHT : y - LABEL_HEIGHT / 2
    return [left, top, left + label.width, top + LABEL_HEIGHT]
  }

  it('never lets labels touch each other, a mark or the frame, however crowded', () => {
    let state = 7
    const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647
    const labels = Array.from({ length: 300 }, (_, i) => ({
      text: `label ${i}`,
      x: random() * 400,
      y: random() * 300,
      radius: 3,
      width: 20 + random() * 60
    }))
    const placed = placeLabels(labels, frame, { x: labels.map((l) => l.x), y: labels.map((l) => l.y), radius: () => 3 })
    expect(placed.length).toBeGreaterThan(3)
    expect(placed.length).toBeLessThan(300)
    const boxes = placed.map((place) => boxOf(labels[place.candidate]!, place))
    const marks = labels.map(({ x, y }): [number, number, number, number] => [x - 3, y - 3, x + 3, y + 3])
    for (const [i, a] of boxes.entries()) {
      expect(a[0] >= 0 && a[1] >= 0 && a[2] <= 400 && a[3] <= 300).toBe(true)
      for (const b of [...boxes.slice(i + 1), ...marks]) {
        expect(a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]).toBe(false)
      }
    }
  })

  it('gives the first, most important label its place', () => {
    const spot = { x: 100, y: 100, radius: 3, width: 380 }
    const placed = placeLabels(
      [
        { text: 'a', ...spot, width: 50 },
        { text: 'b', ...spot }
      ],
      frame,
      {
        x: [100],
        y: [100],
        radius: () => 3
      }
    )
    expect(placed.map((place) => place.candidate)).toEqual([0])
    expect(placed[0]).toMatchObject({ anchorX: 'left', anchorY: 'middle' })
  })
})

it('spreadLabels keeps names at the ends of lines apart and in order', () => {
  expect(spreadLabels([10, 12, 60], 13)).toEqual([10, 23, 60])
  expect(spreadLabels([12, 10], 13)).toEqual([23, 10])
})

it('neighbouring ticks never share a text, however large the values or small the step', () => {
  for (const [low, high, step] of [
    [1e7, 1.2e7, 5e5],
    [3e-7, 9e-7, 2e-7],
    [1.000001, 1.000009, 2e-6]
  ] as const) {
    const texts = ticksIn([low, high], step).map((value) => tickText(value, step))
    expect(new Set(texts).size, texts.join()).toBe(texts.length)
  }
})

it('an extent ignores what is not finite', () => {
  expect(extentOf([-Infinity, 3, NaN, 5, Infinity])).toEqual([3, 5])
  expect(extentOf([NaN])).toEqual([-1, 1])
})
