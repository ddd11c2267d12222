import type { Outline } from '../../core/analyses/pca/figures/contours.ts'
import type { AxisLimits, Range } from './axes.ts'
import type { MarkSymbol } from './categories.ts'
import type { HexColour, PlotTheme } from './theme.ts'

/** Above this many points marks are drawn on a canvas of their own; below it SVG is sharper, and every mark an element. */
export const CANVAS_FROM = 3000
/** Above this many points marks shrink and what is not selected fades further. */
export const MANY_POINTS = 2000
export const CROWDED_POINTS = 50_000
export interface ScatterGroup {
  name: string
  /** index into theme.categories, a role of the theme, or what a person chose */
  colour: number | 'mark' | 'axis' | HexColour
  symbol: MarkSymbol | 'cross-thin-open'
  /** point numbers, ascending */
  members: ArrayLike<number>
  /** of points that took no part in the fit: no ellipse is drawn round them */
  aside?: true
  /** the column whose value the name is: its colour can be chosen */
  of?: string
}

/** A label for one or several points on one spot. */
export interface ScatterLabel {
  text: string
  point: number
}

/** What a scatter plot shows, whatever size and theme it is drawn in. Points are numbered 0 … n − 1. */
export interface ScatterModel {
  x: ArrayLike<number>
  y: ArrayLike<number>
  groups: readonly ScatterGroup[]
  /** a number per point coloured by viridis instead of the groups' colours */
  scale?: { name: string; values: ArrayLike<number>; low: number; high: number; decimals?: number | undefined }
  /** mark diameters in px; without them all marks are alike */
  diameters?: ArrayLike<number>
  /** place in SHAPES by point instead of the groups' symbols: a second category */
  shapes?: Uint8Array
  /** opacity of each point beside that of all, 0 … 255 */
  strengths?: Uint8Array
  /** 95 % ellipses round the groups */
  ellipses: boolean
  /** further outlines of groups: means, hulls, densities */
  regions?: readonly ScatterRegion[]
  centroids?: readonly Centroid[]
  /** the points that are all in sight at first; left out: all of them */
  framed?: readonly number[] | Int32Array
  /** points from this number on lie behind all others; left out: none */
  behind?: number
  /** points with a ring round them: something about them is to be known */
  ringed?: readonly number[]
  axisNames: readonly [string, string]
  /** the axes measure different things, and each fills its side; logX: x holds decimal logarithms, written as what they are of */
  ownUnits?: { logX: boolean }
  /** most important first */
  labels: readonly ScatterLabel[]
}

/** Outlines that belong to a group and go where it is hidden. */
export interface ScatterRegion {
  group: string
  colour: ScatterGroup['colour']
  /** area: filled; mean: a dashed line; line: a plain one; contour: a faint fill at each height */
  kind: 'area' | 'mean' | 'line' | 'contour'
  outlines: readonly Outline[]
}

/** The middle of a group. */
export interface Centroid {
  group: string
  colour: ScatterGroup['colour']
  x: number
  y: number
}

/** The colour of a group in a theme. */
export function colourOf(group: Pick<ScatterGroup, 'colour'>, theme: PlotTheme): string {
  const { colour } = group
  if (typeof colour === 'number') return theme.categories[colour]!
  return colour === 'mark' || colour === 'axis' ? theme[colour] : colour
}

/** How it is looked at. */
export interface ScatterLook {
  hidden: ReadonlySet<string>
  /** point numbers */
  selected: ArrayLike<number>
  /** the lasso or box a selection came from */
  outline: { x: number[]; y: number[] } | null
  /** zoomed to; null shows everything, or what was chosen */
  range: { x: Range; y: Range } | null
  limits?: AxisLimits | undefined
  tool: 'lasso' | 'select' | 'pan'
}

export interface Size {
  width: number
  height: number
}

/** Where data coordinates lie on the picture, in px. */
export interface PlotFrame {
  left: number
  top: number
  width: number
  height: number
  x: Range
  y: Range
}

export function toPixels(frame: PlotFrame, x: number, y: number): { x: number; y: number } {
  return {
    x: frame.left + ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * frame.width,
    y: frame.top + ((frame.y[1] - y) / (frame.y[1] - frame.y[0])) * frame.height
  }
}

/** Diameter of a plain mark: smaller as points grow many. */
export function plainDiameter(nPoints: number): number {
  return nPoints > CROWDED_POINTS ? 2 : nPoints > MANY_POINTS ? 4 : 6
}

/** px of the mark of a point in a theme. */
export function diameterOf({ x, diameters }: ScatterModel, point: number, theme: PlotTheme): number {
  return (diameters?.[point] ?? plainDiameter(x.length)) * (theme.points ?? 1)
}
