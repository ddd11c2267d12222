import type { ScatterGroup } from './scatter-model.ts'

/** Points that are walked through by arrow keys. */
export interface WalkedPoints {
  x: ArrayLike<number>
  y: ArrayLike<number>
  groups: readonly Pick<ScatterGroup, 'name' | 'members'>[]
  hidden: ReadonlySet<string>
}

export type Step = readonly [dx: -1 | 0 | 1, dy: -1 | 0 | 1]

/** What an arrow key means as a step; null for another key. Upwards is positive. */
export function stepOf(key: string): Step | null {
  const steps: Record<string, Step> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
  return steps[key] ?? null
}

/** The next visible point in a direction: the nearest one within 45° of it; without one the point itself. From none, the
 * first there is.
 * @param unit px of one unit along each axis, where they differ
 * @returns null where no point is visible: hidden ones are not, nor those without a place (NaN) */
export function nextMark(
  { x, y, groups, hidden }: WalkedPoints,
  from: number | null,
  [dx, dy]: Step,
  unit: { x: number; y: number } = { x: 1, y: 1 }
): number | null {
  const visible = groups.filter(({ name }) => !hidden.has(name))
  if (from === null) return firstMark(visible, x, y)
  // A mark that has lost its place is left as from none.
  if (Number.isNaN(x[from]! + y[from]!)) return firstMark(visible, x, y)
  let best = Infinity
  let to = from
  for (const { members } of visible) {
    for (let i = 0; i < members.length; i++) {
      const point = members[i]!
      const right = (x[point]! - x[from]!) * unit.x
      const up = (y[point]! - y[from]!) * unit.y
      const along = right * dx + up * dy
      const across = Math.abs(right * dy) + Math.abs(up * dx)
      if (!(along > 0) || across > along || along + across >= best) continue
      best = along + across
      to = point
    }
  }
  return to
}

/** The first point that has a place. */
function firstMark(groups: WalkedPoints['groups'], x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  for (const { members } of groups) {
    for (let i = 0; i < members.length; i++) if (!Number.isNaN(x[members[i]!]! + y[members[i]!]!)) return members[i]!
  }
  return null
}
