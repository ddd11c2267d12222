import { drawScatter, type ScatterDrawing, type ScatterLook, type ScatterModel, type Size } from '../scatter.ts'
import { colourOf } from '../scatter-model.ts'
import type { PointFrame } from './scene.ts'
import type { PlotTheme } from '../theme.ts'
import { CanvasPainter } from './canvas-painter.ts'
import { lookOf, sceneOf } from './scatter-scene.ts'
import { behindFirst } from './thin.ts'
import { WebglPainter } from './webgl-painter.ts'

/** Dots of a picture per px: 300 to the inch at 96 px. */
const DOTS_PER_PX = 300 / 96

/** A scatter plot of many points for an export: every point drawn, as one picture under axes and labels that stay text
 * and lines. A million marks as lines would make a file nobody can open. */
export function scatterPicture(model: ScatterModel, look: ScatterLook, theme: PlotTheme, size: Size): ScatterDrawing {
  const drawing = drawScatter(model, look, theme, size, 'apart')
  const { frame } = drawing
  const names = groupNames(model, look, theme)
  return {
    ...drawing,
    data: [...drawing.data, ...names],
    layout: { ...drawing.layout, images: [{ ...WHOLE, source: pointsImage(model, look, theme, frame) }] },
    hits: [...drawing.hits, ...names.map(() => null)]
  }
}

const WHOLE = { xref: 'paper', yref: 'paper', x: 0, y: 1, sizex: 1, sizey: 1, sizing: 'stretch', layer: 'above' }

/** All points in a frame, as the address of a PNG. @param model what is drawn, at its x and y */
export function pointsImage(model: ScatterModel, look: ScatterLook, theme: PlotTheme, frame: PointFrame): string {
  const canvas = document.createElement('canvas')
  // Nobody waits for the next frame: a driver without a card does as well.
  const painter = WebglPainter.on(canvas) ?? new CanvasPainter(canvas)
  // What grows with the text is drawn larger later, with all of this picture; marks are not to.
  const scene = sceneOf(model, { ...theme, points: (theme.points ?? 1) / (theme.enlarged ?? 1) })
  painter.setScene(scene)
  painter.setLook({ ...lookOf(model, look, theme), drawn: behindFirst(null, scene.x.length, scene.behind) })
  painter.begin(frame.width, frame.height, DOTS_PER_PX * (theme.enlarged ?? 1))
  painter.paint({ ...frame, left: 0, top: 0 })
  const source = canvas.toDataURL('image/png')
  painter.dispose()
  return source
}

/** A trace without points for each group that is shown: its name for the legend of a picture. None where numbers are colours. */
export function groupNames(model: ScatterModel, look: ScatterLook, theme: PlotTheme): Record<string, unknown>[] {
  if (model.scale) return []
  return model.groups
    .filter((group) => !look.hidden.has(group.name))
    .map((group) => ({
      type: 'scatter',
      mode: 'markers',
      name: group.name,
      x: [null],
      y: [null],
      marker: {
        symbol: group.symbol,
        size: 6,
        color: colourOf(group, theme)
      },
      hoverinfo: 'skip'
    }))
}
