/** Numbers of the points inside a closed outline, ascending: an odd number of its edges lies to their right.
 * @param outline corners, the last joined to the first */
export function pointsInside(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  outline: { x: readonly number[]; y: readonly number[] }
): number[] {
  const corners = outline.x.length
  const [left, right] = [Math.min(...outline.x), Math.max(...outline.x)]
  const [low, high] = [Math.min(...outline.y), Math.max(...outline.y)]
  const found: number[] = []
  for (let point = 0; point < x.length; point++) {
    const [px, py] = [x[point]!, y[point]!]
    if (px < left || px > right || py < low || py > high) continue
    let inside = false
    for (let i = 0, j = corners - 1; i < corners; j = i++) {
      const [ay, by] = [outline.y[i]!, outline.y[j]!]
      if (ay > py === by > py) continue
      if (px < outline.x[i]! + ((py - ay) / (by - ay)) * (outline.x[j]! - outline.x[i]!)) inside = !inside
    }
    if (inside) found.push(point)
  }
  return found
}
