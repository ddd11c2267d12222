/** So few points are sorted at once. */
const SORT_ALL_UP_TO = 64

/** Corners of the convex hull of some points, counter-clockwise from the leftmost; points on an edge are no corners.
 * Points inside the octagon of the furthest in eight directions are left out before the rest is sorted.
 * @param x,y coordinates of all points; members picks those that count
 * @returns point numbers; fewer than three where all lie on one line
 * Source: Andrew (1979), Another efficient algorithm for convex hulls in two dimensions, Inf. Process. Lett. 9(5);
 * Akl & Toussaint (1978), A fast convex hull algorithm. */
export function convexHull(x: ArrayLike<number>, y: ArrayLike<number>, members: ArrayLike<number>): number[] {
  const candidates = members.length > SORT_ALL_UP_TO ? outside(x, y, members) : Array.from(members)
  candidates.sort((a, b) => x[a]! - x[b]! || y[a]! - y[b]!)
  const kept = candidates.filter(
    (point, i) => i === 0 || x[point] !== x[candidates[i - 1]!] || y[point] !== y[candidates[i - 1]!]
  )
  if (kept.length < 3) return kept
  const lower = chain(x, y, kept)
  const upper = chain(x, y, kept.reverse())
  return [...lower.slice(0, -1), ...upper.slice(0, -1)]
}

/** Twice the area of the triangle o, a, b: positive where they turn left. */
const turn = (x: ArrayLike<number>, y: ArrayLike<number>, o: number, a: number, b: number): number =>
  (x[a]! - x[o]!) * (y[b]! - y[o]!) - (y[a]! - y[o]!) * (x[b]! - x[o]!)

function chain(x: ArrayLike<number>, y: ArrayLike<number>, sorted: readonly number[]): number[] {
  const line: number[] = []
  for (const point of sorted) {
    while (line.length >= 2 && turn(x, y, line.at(-2)!, line.at(-1)!, point) <= 0) line.pop()
    line.push(point)
  }
  return line
}

/** Members that are not strictly inside the polygon of the furthest points west, south-west, south … north-west. */
function outside(x: ArrayLike<number>, y: ArrayLike<number>, members: ArrayLike<number>): number[] {
  const directions: [number, number][] = [
    [-1, 0],
    [-1, -1],
    [0, -1],
    [1, -1],
    [1, 0],
    [1, 1],
    [0, 1],
    [-1, 1]
  ]
  const furthest = directions.map(([dx, dy]) => {
    let best = members[0]!
    let most = -Infinity
    for (let i = 0; i < members.length; i++) {
      const point = members[i]!
      const reach = dx * x[point]! + dy * y[point]!
      if (reach > most) {
        most = reach
        best = point
      }
    }
    return best
  })
  const corners = furthest.filter((point, i) => point !== furthest[(i + 7) % 8])
  const kept: number[] = []
  for (let i = 0; i < members.length; i++) {
    const point = members[i]!
    const inside = corners.every((corner, c) => turn(x, y, corner, corners[(c + 1) % corners.length]!, point) > 0)
    if (!inside) kept.push(point)
  }
  return kept
}
