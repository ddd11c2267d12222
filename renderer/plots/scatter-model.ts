import type { Outline } from '../../core/analyses/pca/figures/contours.ts'
import type { MarkSymbol } from './categories.ts'
import type { PlotTheme } from './theme.ts'

export interface ScatterGroup {
  name: string
  /** index into theme.categories, or a role of the theme */
  colour: number | 'mark' | 'axis'
  symbol: MarkSymbol | 'cross-thin-open'
  /** point numbers, ascending */
  members: ArrayLike<number>
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
  axisNames: readonly [string, string]
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
  return typeof group.colour === 'number' ? theme.categories[group.colour]! : theme[group.colour]
}
