import { isChosen, within, type Limits, type Range } from './axes.ts'

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

/** Coordinates on the picture; of points that are left out, none (NaN).
 * @param into two arrays as long as x, written */
export function projectPoints(
  matrix: Float64Array,
  [x, y, z]: readonly [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>],
  into: { x: Float32Array; y: Float32Array },
  { middle, kept }: Pick<SpacePart, 'middle' | 'kept'> = { middle: [0, 0, 0], kept: null }
): void {
  const [a, b, c, d, e, f] = matrix as unknown as [number, number, number, number, number, number]
  const [right, up] = placeOf(matrix, middle)
  for (let i = 0; i < into.x.length; i++) {
    into.x[i] = a * x[i]! + b * y[i]! + c * z[i]! - right
    into.y[i] = d * x[i]! + e * y[i]! + f * z[i]! - up
  }
  for (let i = 0; kept && i < kept.length; i++) if (kept[i] === 0) into.x[i] = into.y[i] = NaN
}

function placeOf(matrix: Float64Array, at: readonly number[]): [number, number] {
  const sum = (row: number): number => at.reduce((so, value, k) => so + matrix[row + k]! * value, 0)
  return [sum(0), sum(3)]
}

/** The part of space that is looked at. */
export interface SpacePart {
  /** what lies in the middle of the picture */
  middle: readonly number[]
  /** of the three axes */
  ends: readonly Range[]
  /** from the middle: a circle of this radius holds every turn of what is shown */
  reach: number
  /** 1 by point within all the ends that were chosen; null: none was */
  kept: Uint8Array | null
}

/** The whole of space round the origin, or what lies within chosen ends: in the middle of the picture, and as large as fits. */
export function partOf(coordinates: readonly ArrayLike<number>[], limits: readonly Limits[]): SpacePart {
  const whole = reachOf(coordinates) || 1
  if (!limits.some(isChosen)) {
    return { middle: [0, 0, 0], ends: limits.map(() => [-whole, whole] as const), reach: whole, kept: null }
  }
  const wide = limits.map((own) => within([-whole, whole], own))
  const middle = wide.map(([low, high], k) => (isChosen(limits[k]) ? low + (high - low) / 2 : 0))
  const kept = new Uint8Array(coordinates[0]?.length ?? 0)
  let squares = 0
  for (let i = 0; i < kept.length; i++) {
    let distance = 0
    let inside = true
    for (let k = 0; k < wide.length; k++) {
      const value = coordinates[k]![i]!
      inside &&= value >= wide[k]![0] && value <= wide[k]![1]
      distance += (value - middle[k]!) ** 2
    }
    if (!inside) continue
    kept[i] = 1
    if (distance > squares) squares = distance
  }
  // The axes cross somewhere else than in the middle then, and are to be in sight as well.
  const aside = wide.map((own, k) => (isChosen(limits[k]) ? nearZero(own) - middle[k]! : 0))
  const crossing = Math.hypot(...aside)
  const halves = wide.map(([low, high], k) => (isChosen(limits[k]) ? (high - low) / 2 : 0))
  const tips = halves.map((half, k) => Math.hypot(half, ...aside.filter((_, j) => j !== k)))
  const reach = Math.max(Math.sqrt(squares), ...tips, AROUND_CROSSING * crossing)
  const free = Math.sqrt(reach ** 2 - crossing ** 2)
  return { middle, ends: wide.map((own, k): Range => (isChosen(limits[k]) ? own : [-free, free])), reach, kept }
}

/** What is seen round the place where the axes cross: so many times as far as that is from the middle. */
const AROUND_CROSSING = 1.25

/** Where an axis is crossed by the others: at zero, or at the end next to it. */
const nearZero = ([low, high]: Range): number => Math.max(low, Math.min(high, 0))

/** The three axes on the picture, each from its lower to its upper end: through the origin, or past it where that is out of sight. */
export function axisLines(
  matrix: Float64Array,
  { middle, ends }: SpacePart
): { from: readonly [number, number]; to: readonly [number, number] }[] {
  const crossing = ends.map(nearZero)
  const at = (k: number, value: number): [number, number] =>
    placeOf(
      matrix,
      crossing.map((other, j) => (j === k ? value : other) - middle[j]!)
    )
  return ends.map(([low, high], k) => ({ from: at(k, low), to: at(k, high) }))
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
