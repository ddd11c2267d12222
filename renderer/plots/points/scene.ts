import type { Range } from '../axes.ts'
import type { ScatterGroup } from '../scatter-model.ts'

/** Shapes as the painters number them: the place in this list. */
export const SHAPES: readonly ScatterGroup['symbol'][] = [
  'circle',
  'triangle-up',
  'square',
  'diamond',
  'x',
  'triangle-down',
  'cross',
  'circle-open',
  'diamond-open',
  'cross-thin-open'
]

/** Points as they lie in the data, and how each looks; nothing of where they stand on the screen. */
export interface PointScene {
  x: ArrayLike<number>
  y: ArrayLike<number>
  /** colour of each point: a place in palette */
  paint: Uint8Array
  /** '#rrggbb', at most 256 */
  palette: readonly string[]
  /** place in SHAPES, by point */
  shape: Uint8Array
  /** px; one for all, or one by point */
  diameter: number | Float32Array
  /** opacity by point on top of that of the view: 255 is full */
  strength: Uint8Array | null
  /** points from this number on lie behind all others; as many as there are points: none */
  behind: number
}

/** Which points are drawn, and how they stand out. */
export interface PointLook {
  /** by point: 0 as usual, 1 selected, 2 hidden */
  state: Uint8Array
  /** whether any is selected: the others then step back */
  anySelected: boolean
  /** the points to draw, those that lie behind first, else ascending; null: all that are not hidden, ascending */
  drawn: Int32Array | null
  /** points that are drawn before others where not all can be: those with a label */
  first: ReadonlySet<number>
  /** opacity as usual, and of what is not selected while something is */
  opacity: number
  dim: number
  /** edge of a selected point: px and colour; it is this much wider as well */
  edge: number
  ink: string
  grow: number
}

/** States of a point; 0 is as usual. */
export const USUAL = 0
export const SELECTED = 1
export const HIDDEN = 2

/** Where on its canvas a painter draws: px of the page, and what of the data is there. */
export interface PointFrame {
  left: number
  top: number
  width: number
  height: number
  x: Range
  y: Range
}

/** Draws points on one canvas. Scenes and looks are prepared once and drawn many times: only the frame changes while a
 * picture is moved. */
export interface PointPainter {
  /** whether a graphics card does it, as far as one can know: then no point needs to be left out */
  readonly hardware: boolean
  setScene(scene: PointScene): void
  setLook(look: PointLook): void
  /** Clears the canvas. @param scale device px per px of the page */
  begin(width: number, height: number, scale: number): void
  /** Draws the points in a frame; several frames may follow one begin. */
  paint(frame: PointFrame): void
  /** The same with pauses in which the page may do something else; what stood there stays until the end. */
  paintInSteps(frame: PointFrame): Generator<undefined, void, undefined>
  /** Waits until what was painted is there, for measuring. */
  finish(): void
  dispose(): void
}

/** Red, green and blue of '#rrggbb' or 'rgb(r g b)', 0 … 255. */
export function bytesOf(colour: string): [number, number, number] {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour)
  const parts = hex ? hex.slice(1).map((part) => parseInt(part, 16)) : (colour.match(/[\d.]+/g) ?? []).map(Number)
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0]
}
