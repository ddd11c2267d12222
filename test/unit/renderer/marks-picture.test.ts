import { expect, it } from 'vitest'
import { RINGS, withMarks } from '../../../renderer/analyses/factorization/map/marks-picture.ts'
import type { MapMarks } from '../../../renderer/analyses/factorization/map/marks.ts'
import type { ScatterDrawing, ScatterModel } from '../../../renderer/plots/scatter.ts'
import type { PlotTheme } from '../../../renderer/plots/theme.ts'

const theme = { accent: '#4b4acf', ink: '#111111', axis: '#888888', surface: '#ffffff', text: '#222222' } as PlotTheme
const model = {
  x: [1, 2, 3],
  y: [4, 5, 6],
  diameters: [6, 8, 10],
  groups: [],
  labels: [],
  ellipses: false,
  axisNames: ['', '']
} as ScatterModel
const lasso = { type: 'path' }
const drawing = {
  data: [],
  layout: { shapes: [lasso], annotations: [{ text: 'axis' }] },
  frame: {},
  hits: []
} as unknown as ScatterDrawing
const marks: MapMarks = {
  rated: [0, 1],
  listed: [1],
  people: [
    { x: 0.5, y: 0.25, name: 'You', you: true },
    { x: 1, y: 1, name: '', you: false }
  ],
  links: { from: 0, to: [2] }
}

interface Shape {
  type: string
  xanchor: number
  x1: number
  fillcolor?: string
  line: { color?: string; width: number }
}

it('a picture of a map has the links, rings and people of the screen, and what it had', () => {
  const { layout } = withMarks(drawing, model, marks, theme)
  const [first, link, rated, listed, edge, core, ...others] = layout['shapes'] as Shape[]
  expect(first).toBe(lasso)
  expect(link).toMatchObject({ type: 'line', x0: 1, y0: 4, x1: 3, y1: 6 })
  // what is listed has one ring, not two
  expect([rated!.xanchor, rated!.x1]).toEqual([1, 3 + RINGS.rated.air])
  expect([listed!.xanchor, listed!.x1, listed!.line.color]).toEqual([2, 4 + RINGS.listed.air, theme.ink])
  expect([edge!.line.color, core!.fillcolor]).toEqual([theme.accent, theme.accent])
  expect(others).toHaveLength(2)
  expect((layout['annotations'] as { text: string }[]).map(({ text }) => text)).toEqual(['axis', 'You'])
})
