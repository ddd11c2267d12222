/** Three coordinates seen from somewhere: turned about the vertical, then tipped towards the eye; no perspective, so that
 * equal distances stay equal wherever they are. */
export interface Turn {
  /** radians about the vertical axis */
  around: number
  /** radians of the tip: 0 looks along the horizon, π/2 from above */
  tip: number
}

/** The 2 × 3 matrix from coordinates to the picture (right, up), row by row. The first component runs to the right, the
 * second up and the third towards the eye where nothing is turned. */
export function projection({ around, tip }: Turn): Float64Array {
  const [c, s] = [Math.cos(around), Math.sin(around)]
  const [ct, st] = [Math.cos(tip), Math.sin(tip)]
  return Float64Array.of(c, 0, s, s * st, ct, -c * st)
}

/** Coordinates on the picture.
 * @param into two arrays as long as x, written */
export function projectPoints(
  matrix: Float64Array,
  [x, y, z]: readonly [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>],
  into: { x: Float32Array; y: Float32Array }
): void {
  const [a, b, c, d, e, f] = matrix as unknown as [number, number, number, number, number, number]
  for (let i = 0; i < into.x.length; i++) {
    into.x[i] = a * x[i]! + b * y[i]! + c * z[i]!
    into.y[i] = d * x[i]! + e * y[i]! + f * z[i]!
  }
}

/** The largest distance from the origin: a circle that holds every turn of the points. */
export function reachOf(coordinates: readonly ArrayLike<number>[]): number {
  let reach = 0
  const n = coordinates[0]?.length ?? 0
  for (let i = 0; i < n; i++) {
    let squares = 0
    for (const values of coordinates) squares += values[i]! ** 2
    if (squares > reach) reach = squares
  }
  return Math.sqrt(reach)
}
