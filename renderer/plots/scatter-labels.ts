import { CoveredPlaces, measureText, placeLabels } from './labels.ts'
import {
  CANVAS_FROM,
  diameterOf,
  toPixels,
  type PlotFrame,
  type ScatterLook,
  type ScatterModel
} from './scatter-model.ts'
import type { PlotTheme } from './theme.ts'

const placed = new WeakMap<ScatterModel, { key: string; annotations: Record<string, unknown>[] }>()

/** Labels stand where they stand whatever is selected: they are placed anew only for another part of the plane, size or theme. */
export function labelAnnotations(
  model: ScatterModel,
  look: ScatterLook,
  theme: PlotTheme,
  frame: PlotFrame
): Record<string, unknown>[] {
  const key = JSON.stringify([frame, [...look.hidden], theme.textSecondary, theme.font, theme.points])
  const known = placed.get(model)
  if (known?.key === key) return known.annotations
  const annotations = model.labels.length === 0 ? [] : placeAnnotations(model, look, theme, frame)
  placed.set(model, { key, annotations })
  return annotations
}

/** Marks that labels make room for; of more an even part, which covers what is dense. */
const MOST_COVERING = 250_000

function placeAnnotations(
  model: ScatterModel,
  look: ScatterLook,
  theme: PlotTheme,
  frame: PlotFrame
): Record<string, unknown>[] {
  const { x, y } = model
  const many = x.length > CANVAS_FROM
  const covered = new CoveredPlaces(frame.left + frame.width, frame.top + frame.height)
  const perX = frame.width / (frame.x[1] - frame.x[0])
  const perY = frame.height / (frame.y[1] - frame.y[0])
  const inSight = (point: number): boolean =>
    x[point]! > frame.x[0] && x[point]! < frame.x[1] && y[point]! > frame.y[0] && y[point]! < frame.y[1]
  const visible: number[] = []
  const step = Math.max(1, Math.ceil(x.length / MOST_COVERING))
  const hiddenGroups = model.groups.filter((group) => look.hidden.has(group.name))
  for (const group of model.groups) {
    if (look.hidden.has(group.name)) continue
    const { members } = group
    for (let i = 0; i < members.length; i += step) {
      const point = members[i]!
      if (!inSight(point)) continue
      if (!many) visible.push(point)
      else
        covered.cover(
          frame.left + (x[point]! - frame.x[0]) * perX,
          frame.top + frame.height - (y[point]! - frame.y[0]) * perY
        )
    }
  }
  const radius = (point: number): number => diameterOf(model, point, theme) / 2
  const shown = many ? null : new Set(visible)
  const belongsToHidden = (point: number): boolean => hiddenGroups.some(({ members }) => holds(members, point))
  const labels = model.labels.filter(({ point }) =>
    shown ? shown.has(point) : inSight(point) && !belongsToHidden(point)
  )
  const at = (point: number): { x: number; y: number } => toPixels(frame, x[point]!, y[point]!)
  const candidates = labels.map(({ text, point }) => ({
    text,
    ...at(point),
    radius: radius(point),
    width: measureText(text, theme.font)
  }))
  const spots = visible.map(at)
  const right = frame.left + frame.width
  const bottom = frame.top + frame.height
  const places = placeLabels(
    candidates,
    { left: frame.left, top: frame.top, right, bottom },
    { x: spots.map((p) => p.x), y: spots.map((p) => p.y), radius: (i) => radius(visible[i]!) },
    Infinity,
    covered
  )
  return places.map((place) => {
    const { text, point } = labels[place.candidate]!
    return {
      text: escapeText(text),
      x: model.x[point]!,
      y: model.y[point]!,
      xanchor: place.anchorX,
      yanchor: place.anchorY,
      xshift: place.dx,
      yshift: -place.dy,
      showarrow: false,
      borderpad: 0,
      font: { size: 11, color: theme.textSecondary }
    }
  })
}

/** Whether ascending numbers hold one. */
function holds(members: ArrayLike<number>, point: number): boolean {
  let low = 0
  let high = members.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (members[middle]! < point) low = middle + 1
    else high = middle
  }
  return members[low] === point
}

/** Names come from files; Plotly reads some tags and entities in texts. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
