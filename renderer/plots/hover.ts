/** What a tooltip says: a name, then name–value lines. */
export interface PlotNote {
  title: string
  lines: [string, string][]
}

/** A mark under the pointer, as the drawing numbers it, and its middle in px of the plot. */
export interface PlotMark {
  curve: number
  index: number
  x: number
  y: number
}

/** A tooltip waits this long, so that it does not flicker under a moving pointer. */
export const TOOLTIP_DELAY_MS = 300
