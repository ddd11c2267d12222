import type { PointFrame } from './points/scene.ts'

/** The mark nearest to a place in a small plot, among those within so many px of it. One look at every point: for a pointer that rests.
 * @param at px, as the frame has them
 * @param accepts leaves points out (hidden ones)
 * @returns −1 where there is none */
export function nearestMark(
  { left, top, width, height, x: [lowX, highX], y: [lowY, highY] }: PointFrame,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  at: { x: number; y: number },
  reach: number,
  accepts: (point: number) => boolean
): number {
  const [unitX, unitY] = [width / (highX - lowX), height / (highY - lowY)]
  const x = lowX + (at.x - left) / unitX
  const y = highY - (at.y - top) / unitY
  let best = -1
  let least = reach * reach
  for (let point = 0; point < xs.length; point++) {
    const distance = ((xs[point]! - x) * unitX) ** 2 + ((ys[point]! - y) * unitY) ** 2
    // Of two on one spot the later one is drawn above.
    if (distance <= least && accepts(point)) {
      least = distance
      best = point
    }
  }
  return best
}
