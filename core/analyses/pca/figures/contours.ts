import type { DensityGrid } from './density.ts'

/** A closed line, first point = last. */
export interface Outline {
  x: number[]
  y: number[]
}

/** Lines of equal height of a grid, by marching squares with linear interpolation along the edges. A saddle is joined by
 * the mean of its four corners. Beyond the grid everything counts as lower than any height, so every line closes.
 * @returns each line with the higher side on its left
 * Source: Lorensen & Cline (1987), Marching cubes, in two dimensions. */
export function traceContours(grid: DensityGrid, height: number): Outline[] {
  const { columns, rows } = grid
  const at = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= columns || row >= rows ? -Infinity : grid.values[row * columns + column]!
  // A crossing is named by the lower or left node of its edge: 2 · node for horizontal edges, + 1 for vertical ones.
  const wide = columns + 2
  const horizontal = (column: number, row: number): number => 2 * ((row + 1) * wide + column + 1)
  const vertical = (column: number, row: number): number => horizontal(column, row) + 1
  const next = new Map<number, number[]>()
  const join = (from: number, to: number): void => {
    const there = next.get(from)
    if (there) there.push(to)
    else next.set(from, [to])
  }
  for (let row = -1; row < rows; row++) {
    for (let column = -1; column < columns; column++) {
      const a = at(column, row)
      const b = at(column + 1, row)
      const c = at(column + 1, row + 1)
      const d = at(column, row + 1)
      const which = (a >= height ? 1 : 0) + (b >= height ? 2 : 0) + (c >= height ? 4 : 0) + (d >= height ? 8 : 0)
      if (which === 0 || which === 15) continue
      const south = horizontal(column, row)
      const north = horizontal(column, row + 1)
      const west = vertical(column, row)
      const east = vertical(column + 1, row)
      const high = (a + b + c + d) / 4 >= height
      for (const [from, to] of segments(which, high)) {
        const edges = { s: south, n: north, w: west, e: east }
        join(edges[from], edges[to])
      }
    }
  }
  return chain(next).map((crossings) => place(grid, crossings, height, at, wide))
}

type Side = 's' | 'n' | 'w' | 'e'

/** Where lines enter and leave a cell, by which corners are high (1 south-west, 2 south-east, 4 north-east, 8 north-west). */
function segments(which: number, saddleHigh: boolean): [Side, Side][] {
  const table: Record<number, [Side, Side][]> = {
    1: [['s', 'w']],
    2: [['e', 's']],
    3: [['e', 'w']],
    4: [['n', 'e']],
    6: [['n', 's']],
    7: [['n', 'w']],
    8: [['w', 'n']],
    9: [['s', 'n']],
    11: [['e', 'n']],
    12: [['w', 'e']],
    13: [['s', 'e']],
    14: [['w', 's']]
  }
  // Two opposite corners are high: one band through the middle, or two caps.
  if (which === 5) {
    return saddleHigh
      ? [
          ['n', 'w'],
          ['s', 'e']
        ]
      : [
          ['s', 'w'],
          ['n', 'e']
        ]
  }
  if (which === 10) {
    return saddleHigh
      ? [
          ['w', 's'],
          ['e', 'n']
        ]
      : [
          ['e', 's'],
          ['w', 'n']
        ]
  }
  return table[which]!
}

/** Joins segments end to end until each line comes back to its beginning. */
function chain(next: Map<number, number[]>): number[][] {
  const lines: number[][] = []
  for (const start of next.keys()) {
    while (next.get(start)!.length > 0) {
      const line = [start]
      let current = next.get(start)!.pop()!
      while (current !== start) {
        line.push(current)
        const following = next.get(current)?.pop()
        if (following === undefined) break
        current = following
      }
      line.push(start)
      lines.push(line)
    }
  }
  return lines
}

/** Crossings as points: between the two nodes of their edge, on the node that is there where the other is outside. */
function place(
  grid: DensityGrid,
  crossings: readonly number[],
  height: number,
  at: (column: number, row: number) => number,
  wide: number
): Outline {
  const line: Outline = { x: [], y: [] }
  for (const crossing of crossings) {
    const node = crossing >> 1
    const column = (node % wide) - 1
    const row = Math.floor(node / wide) - 1
    const isVertical = crossing % 2 === 1
    const from = at(column, row)
    const to = isVertical ? at(column, row + 1) : at(column + 1, row)
    const share = from === -Infinity ? 1 : to === -Infinity ? 0 : (height - from) / (to - from)
    line.x.push(grid.x0 + (column + (isVertical ? 0 : share)) * grid.stepX)
    line.y.push(grid.y0 + (row + (isVertical ? share : 0)) * grid.stepY)
  }
  return line
}
