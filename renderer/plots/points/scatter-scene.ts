import { emphasis, plainDiameter, type ScatterLook, type ScatterModel } from '../scatter.ts'
import { colourOf } from '../scatter-model.ts'
import type { PlotTheme } from '../theme.ts'
import { HIDDEN, SELECTED, SHAPES, USUAL, type PointLook, type PointScene } from './scene.ts'

/** Steps of a colour scale beside the colours of groups. */
const SCALE_STEPS = 128

/** The points of a scatter plot as a painter takes them. Groups are colours and shapes by point, so that points are drawn
 * in the order of the rows and no group covers the others. */
export function sceneOf(model: ScatterModel, theme: PlotTheme): PointScene {
  const n = model.x.length
  const paint = new Uint8Array(n)
  const shape = model.shapes ?? new Uint8Array(n)
  const palette = [...theme.categories]
  for (const group of model.groups) {
    const colour = typeof group.colour === 'number' ? group.colour : placeIn(palette, colourOf(group, theme))
    mark(paint, group.members, colour)
    if (!model.shapes) mark(shape, group.members, SHAPES.indexOf(group.symbol))
  }
  if (model.scale) {
    const first = palette.length
    palette.push(...rampOf(theme.viridis, SCALE_STEPS))
    const { values, low, high } = model.scale
    const perUnit = (SCALE_STEPS - 1) / (high > low ? high - low : 1)
    for (let i = 0; i < n; i++) {
      const value = values[i]!
      // Without a number a point is as grey as "missing" among categories.
      paint[i] = Number.isNaN(value)
        ? theme.categories.length - 1
        : first + Math.round(Math.max(0, Math.min(SCALE_STEPS - 1, (value - low) * perUnit)))
    }
  }
  const larger = theme.points ?? 1
  return {
    x: model.x,
    y: model.y,
    paint,
    palette,
    shape,
    diameter: model.diameters ? enlarged(model.diameters, larger) : plainDiameter(n) * larger,
    strength: model.strengths ?? null,
    behind: model.behind ?? n
  }
}

/** In a loop: Float32Array.from goes through an iterator, which takes a hundred times as long. */
function enlarged(diameters: ArrayLike<number>, times: number): Float32Array {
  const px = new Float32Array(diameters.length)
  for (let i = 0; i < px.length; i++) px[i] = diameters[i]! * times
  return px
}

function mark(by: Uint8Array, members: ArrayLike<number>, value: number): void {
  for (let i = 0; i < members.length; i++) by[members[i]!] = value
}

/** Whether two models have the same marks, as whoever made them left the parts alone: names and frames may differ. */
export function haveSameMarks(a: ScatterModel, b: ScatterModel): boolean {
  const parts = ['x', 'y', 'groups', 'scale', 'diameters', 'shapes', 'strengths', 'behind'] as const
  return parts.every((part) => a[part] === b[part])
}

function placeIn(palette: string[], colour: string): number {
  const known = palette.indexOf(colour)
  return known < 0 ? palette.push(colour) - 1 : known
}

/** A colour scale in even steps between the colours it is given. */
function rampOf(colours: readonly string[], steps: number): string[] {
  const parts = colours.map((colour) => (colour.match(/[0-9a-f]{2}/gi) ?? []).map((part) => parseInt(part, 16)))
  return Array.from({ length: steps }, (_, i) => {
    const at = (i / (steps - 1)) * (parts.length - 1)
    const from = Math.min(parts.length - 2, Math.floor(at))
    const mixed = [0, 1, 2].map((c) => {
      const [a, b] = [parts[from]?.[c] ?? 0, parts[from + 1]?.[c] ?? 0]
      return Math.round(a + (at - from) * (b - a))
    })
    return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
  })
}

/** How the points stand out: hidden groups, the selection. */
export function lookOf(
  model: ScatterModel,
  look: Pick<ScatterLook, 'hidden' | 'selected'>,
  theme: PlotTheme
): Omit<PointLook, 'drawn'> {
  const n = model.x.length
  // What is in no group is not shown.
  const state = new Uint8Array(n).fill(HIDDEN)
  const { selected, hidden } = look
  for (const { name, members } of model.groups) {
    if (!hidden.has(name)) mark(state, members, USUAL)
  }
  for (let i = 0; i < selected.length; i++) if (state[selected[i]!] === USUAL) state[selected[i]!] = SELECTED
  const { usual, dim, edge, grow } = emphasis(n, theme)
  return {
    state,
    anySelected: selected.length > 0,
    opacity: usual,
    dim,
    edge,
    ink: theme.ink,
    grow,
    first: new Set(model.labels.map(({ point }) => point))
  }
}
