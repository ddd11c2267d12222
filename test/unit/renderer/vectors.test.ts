import { describe, expect, test, vi } from 'vitest'
import { drawComponentHeatmap } from '../../../renderer/plots/component-heatmap.ts'
import { colourAt, readableViridis } from '../../../renderer/plots/readable-scale.ts'
import { contrast, type PlotTheme } from '../../../renderer/plots/theme.ts'
import { drawVectors, type VectorLook, type VectorModel } from '../../../renderer/plots/vectors.ts'

vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) })

const viridis = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725'
]
const theme: PlotTheme = {
  surface: '#ffffff',
  text: '#1a1e25',
  textSecondary: '#4d5561',
  textMuted: '#626a77',
  accent: '#4a4ec7',
  grid: '#eceef2',
  zero: '#b9c0ca',
  axis: '#868e9b',
  ink: '#1a1e25',
  dim: 0.28,
  mark: '#4b6584',
  markSoft: '#c3ccd8',
  markStrong: '#2f4259',
  categories: ['#0067a3', '#cf8000'],
  viridis,
  diverging: ['#0b5f95', '#86b7d8', '#f1f3f5', '#eab17f', '#b54a00'],
  font: 'Arial'
}
const look: VectorLook = {
  chosen: new Set(),
  selected: [],
  hidden: new Set(),
  outline: null,
  range: null,
  tool: 'pan'
}
const circle: VectorModel = {
  vectors: [
    { name: 'a', x: 0.9, y: 0.1, supplementary: false },
    { name: 'b', x: -0.5, y: 0.6, supplementary: false },
    { name: 'c', x: 0.2, y: -0.8, supplementary: true },
    { name: 'nothing', x: 0, y: 0, supplementary: false }
  ],
  dots: { x: [], y: [] },
  levels: [],
  outlines: [],
  cloud: null,
  circle: true,
  axisNames: ['PC1', 'PC2']
}
const size = { width: 400, height: 400 }

describe('arrows', () => {
  test('one unit is equally long on both axes, and the circle is in sight', () => {
    const { frame } = drawVectors(circle, look, theme, { width: 700, height: 400 })
    const perUnit = (range: readonly [number, number], pixels: number): number => pixels / (range[1] - range[0])
    expect(perUnit(frame.x, frame.width)).toBeCloseTo(perUnit(frame.y, frame.height), 9)
    expect(frame.y[0]).toBeLessThan(-1)
    expect(frame.y[1]).toBeGreaterThan(1)
  })

  test('heads point outwards; what is supplementary is dashed and hollow', () => {
    const { data } = drawVectors(circle, look, theme, size)
    const heads = data.find((trace) => (trace['marker'] as { angle?: unknown } | undefined)?.angle !== undefined)!
    const { angle, symbol } = heads['marker'] as { angle: number[]; symbol: string[] }
    // Clockwise from upwards, in degrees.
    expect(angle[0]).toBeCloseTo(90 - (Math.atan2(0.1, 0.9) * 180) / Math.PI, 9)
    expect(symbol).toEqual(['arrow', 'arrow', 'arrow-open'])
    const dashes = data.flatMap((trace) => (trace['line'] as { dash?: string } | undefined)?.dash ?? [])
    expect(dashes).toEqual(['solid', '5px,3px'])
  })

  test('the pointer finds the arrow it is on, and no arrow where all meet', () => {
    const { data, hits } = drawVectors(circle, look, theme, size)
    const at = hits.findIndex((hit) => hit?.kind === 'vector')
    const { of } = hits[at]!
    const { x, y } = data[at] as { x: number[]; y: number[] }
    expect(x).toHaveLength(of.length)
    of.forEach((vector, i) => {
      const { x: tipX, y: tipY } = circle.vectors[vector]!
      expect(x[i]! * tipY).toBeCloseTo(y[i]! * tipX, 12)
      if (vector < 3) expect(Math.hypot(x[i]!, y[i]!)).toBeGreaterThan(0.05)
    })
    expect(new Set(of)).toEqual(new Set([0, 1, 2, 3]))
  })

  test('what is chosen is strong, its name bold; the rest is dimmed', () => {
    const { data, layout } = drawVectors(circle, { ...look, chosen: new Set([1]) }, theme, size)
    const lines = data.flatMap(
      (trace) => (trace['line'] as { width: number; color: string; dash?: string } | undefined) ?? []
    )
    expect(lines.filter(({ dash, width }) => dash === 'solid' && width === 2.5)).toEqual([
      expect.objectContaining({ color: theme.mark })
    ])
    expect(lines.find(({ dash, width }) => dash === 'solid' && width === 1.25)!.color).toMatch(/^rgba/)
    const names = layout['annotations'] as { text: string; font: { weight: number } }[]
    expect(names.find(({ text }) => text === 'b')!.font.weight).toBe(600)
    expect(names.find(({ text }) => text === 'a')!.font.weight).toBe(500)
  })

  test('points lie below, those selected again above with an edge; a hidden group is not drawn', () => {
    const cloud = {
      x: [1, 2, 3],
      y: [0, 1, 0],
      groups: [
        { name: 'g', colour: 0, symbol: 'circle' as const, members: [0, 1] },
        { name: 'h', colour: 1, symbol: 'triangle-up' as const, members: [2] }
      ],
      labels: []
    }
    const { data, hits } = drawVectors(
      { ...circle, circle: false, cloud },
      { ...look, selected: [1], hidden: new Set(['h']) },
      theme,
      size
    )
    expect(hits.filter((hit) => hit?.kind === 'point').map((hit) => hit!.of)).toEqual([[0, 1]])
    const edged = data.filter(
      (trace) => (trace['marker'] as { line?: { width: number } } | undefined)?.line?.width === 1.25
    )
    expect(edged[0]!['x']).toEqual([2])
  })
})

describe('levels of categories that were not fitted', () => {
  test('are hollow diamonds with their names, found by the pointer', () => {
    const levels = [{ name: 'Olympics', x: 0.4, y: -0.3 }]
    const { data, hits, layout } = drawVectors({ ...circle, levels }, look, theme, size)
    const at = hits.findIndex((hit) => hit?.kind === 'level')
    expect(data[at]).toMatchObject({ x: [0.4], y: [-0.3], marker: { symbol: 'diamond-open' } })
    expect((layout['annotations'] as { text: string }[]).map(({ text }) => text)).toContain('Olympics')
  })
})

describe('names in a dense cloud', () => {
  test('of arrows lie on the points, those of points do not lie on them', () => {
    const n = 2500
    const x = Float64Array.from({ length: n }, (_, i) => (i % 50) / 25 - 1)
    const y = Float64Array.from({ length: n }, (_, i) => Math.floor(i / 50) / 25 - 1)
    const members = Array.from({ length: n }, (_, i) => i)
    const group = { name: 'rows', colour: 'mark' as const, symbol: 'circle' as const, members }
    const cloud = { x, y, groups: [group], labels: [{ text: 'hidden', point: 1275 }] }
    const { layout } = drawVectors({ ...circle, circle: false, cloud }, look, theme, size)
    const names = (layout['annotations'] as { text: string; bgcolor?: string }[]).map(({ text }) => text)
    expect(names).toEqual(expect.arrayContaining(['a', 'b', 'c']))
    expect(names).not.toContain('hidden')
  })
})

describe('colours of thin lines', () => {
  test.each(['#ffffff', '#1a1d23'])('all can be told from %s', (surface) => {
    const steps = readableViridis({ ...theme, surface })
    expect(steps.length).toBeGreaterThan(3)
    for (const colour of steps) expect(contrast(colour, surface)).toBeGreaterThanOrEqual(3)
  })

  test('between steps they are mixed', () => {
    const steps = ['#000000', '#808080', '#ffffff']
    expect([-1, 0, 0.25, 0.5, 1, 2].map((place) => colourAt(steps, place))).toEqual([
      '#000000',
      '#000000',
      '#404040',
      '#808080',
      '#ffffff',
      '#ffffff'
    ])
  })
})

test('a heatmap of columns and components is symmetric about zero, and prints what fits', () => {
  const model = {
    rows: ['a', 'b'],
    columns: ['PC1', 'PC2'],
    values: [0.5, -2, 1, 0],
    limit: 2,
    format: (value: number) => value.toFixed(1),
    chosen: new Set([1])
  }
  const wide = drawComponentHeatmap(model, theme, { width: 400, height: 200 })
  expect(wide.data[0]).toMatchObject({
    zmin: -2,
    zmax: 2,
    z: [
      [0.5, -2],
      [1, 0]
    ]
  })
  expect(wide.data[1]!['text']).toEqual(['0.5', '-2.0', '1.0', '0.0'])
  const narrow = drawComponentHeatmap(model, theme, { width: 90, height: 200 })
  expect(narrow.data).toHaveLength(1)
})
