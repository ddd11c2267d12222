import { describe, expect, it, vi } from 'vitest'
import type { AxisLimits } from '../../../renderer/plots/axes.ts'
import { drawPairs, layPanels, rangesOf } from '../../../renderer/plots/pairs-picture.ts'
import type { ScatterModel } from '../../../renderer/plots/scatter.ts'
import { drawSpace, drawTurnable, type SpaceModel } from '../../../renderer/plots/space-picture.ts'
import type { PlotTheme } from '../../../renderer/plots/theme.ts'

vi.stubGlobal('document', { createElement: () => ({ getContext: () => null }) })

const theme = {
  surface: '#ffffff',
  text: '#1a1e25',
  textSecondary: '#4d5561',
  zero: '#b9c0ca',
  grid: '#eceef2',
  accent: '#4a4ec7',
  ink: '#1a1e25',
  dim: 0.28,
  mark: '#4b6584',
  categories: ['#0067a3', '#cf8000'],
  viridis: ['#440154', '#fde725'],
  font: 'Arial'
} as PlotTheme
const size = { width: 600, height: 500 }
const model: ScatterModel = {
  x: [0, 0, 0],
  y: [0, 0, 0],
  groups: [
    { name: 'a', colour: 0, symbol: 'circle', members: [0, 1] },
    { name: 'supplementary', colour: 'mark', symbol: 'circle-open', members: [2] }
  ],
  ellipses: true,
  axisNames: ['', ''],
  labels: []
}
const coordinates = [
  [3, 0, -1],
  [0, 2, -1],
  [1, 1, 1]
] as const
const shared = { model, coordinates, hidden: new Set<string>(), selected: [1] }
const space: SpaceModel = { ...shared, names: ['PC1', 'PC2', 'PC3'], turn: { around: 0, tip: 0 }, zoomed: 1 }
const markers = (data: Record<string, unknown>[]) =>
  data.filter(({ mode, x }) => mode === 'markers' && (x as unknown[])[0] !== null)

describe('three dimensions on paper', () => {
  it('are the coordinates as they are turned, with the hollow marks and the selection', () => {
    const drawn = markers(drawSpace(space, theme, size).data)
    expect(drawn.map(({ x }) => x)).toEqual([[3, 0], [-1], [0]])
    expect((drawn[1]!['marker'] as { symbol: string }).symbol).toBe('circle-open')
    expect((drawn[2]!['marker'] as { line: { color: string } }).line.color).toBe(theme.ink)
    // A quarter about the vertical: what came out of the plane lies to the right.
    const turned = drawSpace({ ...space, turn: { around: Math.PI / 2, tip: 0 } }, theme, size)
    expect(markers(turned.data)[0]!['x']).toEqual([1, 1])
  })

  it('name their axes at their ends', () => {
    const { layout } = drawSpace(space, theme, size)
    const names = layout['annotations'] as { text: string; x: number; y: number }[]
    expect(names.map(({ text }) => text)).toEqual(['PC1', 'PC2', 'PC3'])
    expect(names[0]!.x).toBeCloseTo(Math.hypot(3, 0, 1), 10)
    expect(names[0]!.y).toBeCloseTo(0, 10)
  })

  it('can be turned elsewhere: all three coordinates, seen from where the screen is', () => {
    const { data, layout } = drawTurnable(space, theme, size)
    expect(data.map(({ type, name, z }) => [type, name, z])).toEqual([
      ['scatter3d', 'a', [1, 1]],
      ['scatter3d', 'supplementary', [1]]
    ])
    const { camera } = layout['scene'] as { camera: { eye: Record<string, number>; up: Record<string, number> } }
    expect(camera).toMatchObject({ eye: { x: -0, y: 0, z: 2 }, up: { x: 0, y: 1, z: 0 } })
    expect(drawTurnable({ ...space, hidden: new Set(['a']) }, theme, size).data).toHaveLength(1)
  })
})

describe('chosen ends of three axes', () => {
  const limits: AxisLimits = {
    x: [null, null],
    y: [null, null],
    own: { PC1: { name: 'Size', low: -0.5, high: 3.5 }, PC3: { name: '', low: null, high: null } }
  }

  it('leave out what lies beyond them, and put what is left in the middle of the picture', () => {
    const { data, layout } = drawSpace(space, theme, size, limits)
    // (3, 0, 1) and (0, 2, 1) seen from the middle of the first axis, 1.5; the third row lies before −0.5.
    expect(markers(data)[0]!['x']).toEqual([1.5, -1.5])
    expect(markers(data)[1]!['x']).toEqual([NaN])
    const texts = (layout['annotations'] as { text: string }[]).map(({ text }) => text)
    expect(texts).toEqual(['Size', 'PC2'])
    const [first] = layout['shapes'] as { x0: number; x1: number }[]
    expect([first!.x0, first!.x1]).toEqual([-2, 2])
    // All that is left, and the whole of the axis that was asked for, within the picture.
    const { range } = layout['xaxis'] as { range: [number, number] }
    expect(range[0]).toBeLessThanOrEqual(-Math.hypot(1.5, 2, 1))
  })

  it('hold where the picture is turned by another program', () => {
    const { data, layout } = drawTurnable(space, theme, size, limits)
    expect(data.map(({ x }) => x)).toEqual([[3, 0], []])
    const { xaxis, yaxis } = layout['scene'] as Record<string, { range?: number[]; title: { text: string } }>
    expect([xaxis!.range, xaxis!.title.text, yaxis!.range]).toEqual([[-0.5, 3.5], 'Size', undefined])
  })

  it('hold in every small plot of their coordinate, and in no other', () => {
    const { data, layout } = drawPairs({ ...shared, names: ['PC1', 'PC2', 'PC3'] }, theme, size, limits)
    expect((layout['xaxis2'] as { range: number[] }).range).not.toEqual([-0.5, 3.5])
    expect((layout['yaxis2'] as { range: number[] }).range).toEqual([-0.5, 3.5])
    const of = (axis: string) => markers(data).filter(({ xaxis, name, y }) => xaxis === axis && (name ?? true) && y)
    // Second plot of the first row: PC2 to the right, PC1 upwards; sixth: PC3 against PC2, where every row is.
    expect(of('x2').map(({ y }) => y)).toEqual([[3, 0], [NaN], [0]])
    expect(of('x6').map(({ y }) => y)).toEqual([[0, 2], [-1], [2]])
    expect((layout['annotations'] as { text: string }[]).map(({ text }) => text)).toEqual(['Size', 'PC2'])
  })
})

describe('pairs', () => {
  it('lie in a square of small plots that fill the picture', () => {
    const panels = layPanels(rangesOf(coordinates), size)
    expect(panels.map(({ row, column }) => [row, column])).toEqual(
      [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => [row, column]))
    )
    const last = panels.at(-1)!.frame
    expect(last.left + last.width).toBeCloseTo(size.width - 16, 10)
    expect(last.top + last.height).toBeCloseTo(size.height - 16, 10)
    expect(panels[1]!.frame.x).toEqual(panels[4]!.frame.x)
  })

  it('show each coordinate against each other one, the legend once', () => {
    const { data, layout } = drawPairs({ ...shared, names: ['PC1', 'PC2', 'PC3'] }, theme, size)
    const drawn = markers(data)
    // Six plots of two groups and the selected mark again.
    expect(drawn).toHaveLength(6 * 3)
    expect(drawn.filter(({ name }) => name !== undefined).map(({ name }) => name)).toEqual(['a', 'supplementary'])
    const [first] = drawn
    expect([first!['x'], first!['y'], first!['xaxis']]).toEqual([[0, 2], [3, 0], 'x2'])
    expect((layout['annotations'] as { text: string }[]).map(({ text }) => text)).toEqual(['PC1', 'PC2', 'PC3'])
  })
})
