import { contrast, type PlotTheme } from './theme.ts'

/** of lines and marks against the surface (WCAG 2.2, 1.4.11) */
const READABLE_CONTRAST = 3

/** The part of viridis whose colours can be told from the surface, low to high: thin lines have no edge to help them. */
export function readableViridis({ viridis, surface }: PlotTheme): string[] {
  const readable = viridis.filter((colour) => contrast(colour, surface) >= READABLE_CONTRAST)
  return readable.length > 1 ? readable : viridis
}

/** Edges of marks coloured by a number: the end of viridis that is nearly the surface needs one to be seen.
 * @returns a width in px for each member */
export function edgesOfPale(
  { values, low, high }: { values: ArrayLike<number>; low: number; high: number },
  members: ArrayLike<number>,
  { viridis, surface, textMuted }: PlotTheme
): { color: string; width: number[] } {
  const pale = viridis.map((colour) => contrast(colour, surface) < READABLE_CONTRAST)
  const stepOf = (point: number): number => Math.round(((values[point]! - low) / (high - low || 1)) * (pale.length - 1))
  return { color: textMuted, width: Array.from(members, (point) => (pale[stepOf(point)] ? 1 : 0)) }
}

/** The colour at a place of a scale, 0 … 1, mixed of the two steps next to it. */
export function colourAt(steps: readonly string[], place: number): string {
  const at = Math.max(0, Math.min(1, place)) * (steps.length - 1)
  const step = Math.min(steps.length - 2, Math.floor(at))
  const [from, to] = [steps[step]!, steps[step + 1]!]
  const parts = [1, 3, 5].map((start) => {
    const [low, high] = [from, to].map((colour) => parseInt(colour.slice(start, start + 2), 16)) as [number, number]
    return Math.round(low + (high - low) * (at - step))
      .toString(16)
      .padStart(2, '0')
  })
  return `#${parts.join('')}`
}
