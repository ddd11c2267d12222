import { escapeText, type ScatterDrawing, type ScatterModel } from '../../../plots/scatter.ts'
import { diameterOf } from '../../../plots/scatter-model.ts'
import type { PlotTheme } from '../../../plots/theme.ts'
import type { MapMarks, PersonMark } from './marks.ts'

/** px of the marks over a map, on the screen and in pictures. */
export const RINGS = {
  rated: { air: 1.5, line: 1 },
  listed: { air: 2, line: 1.5 }
}
export const PERSON = { edge: 9, core: 5, line: 1.5, name: 14 }

/** A picture of a map with what stands over it on the screen: links below, then rings, then people with their names. */
export function withMarks(
  drawing: ScatterDrawing,
  model: ScatterModel,
  marks: MapMarks,
  theme: PlotTheme
): ScatterDrawing {
  const { layout } = drawing
  const listed = new Set(marks.listed)
  const ring = (point: number, kind: keyof typeof RINGS, colour: string): Record<string, unknown> =>
    circle(
      { x: model.x[point]!, y: model.y[point]! },
      diameterOf(model, point, theme) / 2 + RINGS[kind].air,
      { color: colour, width: RINGS[kind].line },
      null
    )
  const shapes = [
    ...linkLines(model, marks, theme),
    ...marks.rated.filter((point) => !listed.has(point)).map((point) => ring(point, 'rated', theme.axis)),
    ...marks.listed.map((point) => ring(point, 'listed', theme.ink)),
    ...marks.people.flatMap((person) => {
      const colour = person.you ? theme.accent : theme.ink
      return [
        circle(person, PERSON.edge, { color: colour, width: PERSON.line }, theme.surface),
        circle(person, PERSON.core, { width: 0 }, colour)
      ]
    })
  ]
  const names = marks.people.filter(({ name }) => name !== '').map((person) => nameOf(person, theme))
  return {
    ...drawing,
    layout: {
      ...layout,
      shapes: [...((layout['shapes'] as unknown[] | undefined) ?? []), ...shapes],
      annotations: [...((layout['annotations'] as unknown[] | undefined) ?? []), ...names]
    }
  }
}

function circle(
  at: { x: number; y: number },
  radius: number,
  line: Record<string, unknown>,
  fill: string | null
): Record<string, unknown> {
  return {
    type: 'circle',
    xsizemode: 'pixel',
    ysizemode: 'pixel',
    xanchor: at.x,
    yanchor: at.y,
    x0: -radius,
    x1: radius,
    y0: -radius,
    y1: radius,
    line,
    ...(fill !== null && { fillcolor: fill }),
    layer: 'above'
  }
}

function linkLines({ x, y }: ScatterModel, { links }: MapMarks, theme: PlotTheme): Record<string, unknown>[] {
  if (!links) return []
  const { from, to } = links
  return to.map((point) => ({
    type: 'line',
    x0: x[from],
    y0: y[from],
    x1: x[point],
    y1: y[point],
    line: { color: theme.axis, width: 1 },
    layer: 'above'
  }))
}

const nameOf = ({ x, y, name }: PersonMark, theme: PlotTheme): Record<string, unknown> => ({
  text: escapeText(name),
  x,
  y,
  xanchor: 'left',
  yanchor: 'middle',
  xshift: PERSON.name,
  showarrow: false,
  borderpad: 0,
  font: { size: 11, color: theme.text, weight: 600 }
})
