import { SHAPES } from './scene.ts'

/* The shapes of points as a plain processor draws them: the same distances as in shaders.ts, looked up instead of worked out for
 * every point. */

/** How much of each px around a point its mark covers. */
export interface Stamp {
  /** px that are covered at all, by where they lie from the px of the point */
  dx: Int8Array
  dy: Int8Array
  /** 1 … 255: how much of the px is covered, edge included */
  cover: Uint8Array
  /** 0 … 255: how much of that is the mark itself and not its edge */
  inner: Uint8Array
}

/** Furthest that a stamp reaches from its px. */
export const MOST_REACH = 96

/** @param shape place in SHAPES @param radius px of the canvas @param edge px around the mark, 0 for none
 * @param scale px of the canvas per px of the page: how thick an open mark is
 * @param right, down where in its px the point lies, 0 … 1 */
export function makeStamp(
  shape: number,
  { radius, edge, scale }: { radius: number; edge: number; scale: number },
  right: number,
  down: number
): Stamp {
  const reach = Math.min(MOST_REACH, Math.ceil(radius * 1.3 + edge + 1))
  const [dx, dy, cover, inner]: number[][] = [[], [], [], []]
  const kind = SHAPES[shape] ?? 'circle'
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      // From the point to the middle of the px, upwards.
      const d = distanceOf(kind, x + 0.5 - right, down - y - 0.5, radius, scale)
      const covered = Math.round(255 * unit(0.5 - (d - edge)))
      if (covered === 0) continue
      dx!.push(x)
      dy!.push(y)
      cover!.push(covered)
      inner!.push(edge > 0 ? Math.round(255 * unit(0.5 - d)) : 255)
    }
  }
  return {
    dx: Int8Array.from(dx!),
    dy: Int8Array.from(dy!),
    cover: Uint8Array.from(cover!),
    inner: Uint8Array.from(inner!)
  }
}

const unit = (value: number): number => Math.max(0, Math.min(1, value))

/** Signed distance to the outline of a mark round the origin, below 0 inside. */
function distanceOf(kind: (typeof SHAPES)[number], x: number, y: number, radius: number, scale: number): number {
  // A mark of two px has no room for a shape.
  if (radius < 2 * scale && kind !== 'cross-thin-open') {
    return kind.endsWith('-open') ? opened(Math.hypot(x, y) - radius, scale) : Math.hypot(x, y) - radius
  }
  switch (kind) {
    case 'triangle-up':
      return triangle(x, y, 1.25 * radius)
    case 'triangle-down':
      return triangle(x, -y, 1.25 * radius)
    case 'square':
      return box(x, y, 0.92 * radius, 0.92 * radius)
    case 'diamond':
      return diamond(x, y, radius)
    case 'diamond-open':
      return opened(diamond(x, y, radius), scale)
    case 'x':
      return cross((x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2, radius)
    case 'cross':
      return cross(x, y, radius)
    case 'cross-thin-open':
      return Math.min(box(x, y, radius, 0.5 * scale), box(x, y, 0.5 * scale, radius))
    case 'circle-open':
      return opened(Math.hypot(x, y) - radius, scale)
    default:
      return Math.hypot(x, y) - radius
  }
}

const box = (x: number, y: number, wide: number, high: number): number =>
  Math.max(Math.abs(x) - wide, Math.abs(y) - high)
const triangle = (x: number, y: number, r: number): number =>
  Math.max(-y - 0.5 * r, Math.abs(x) * 0.8660254 + y * 0.5 - 0.5 * r)
const diamond = (x: number, y: number, r: number): number => (Math.abs(x) + Math.abs(y) - 1.28 * r) * Math.SQRT1_2
const cross = (x: number, y: number, r: number): number =>
  Math.min(box(x, y, 1.1 * r, 0.4 * r), box(x, y, 0.4 * r, 1.1 * r))

/** Nothing but a line along the inside of the outline. */
function opened(d: number, scale: number): number {
  const half = 0.625 * scale
  return Math.abs(d + half) - half
}
