/** A density on a regular grid: values[row * columns + column], row 0 at the lowest y. */
export interface DensityGrid {
  columns: number
  rows: number
  /** coordinates of the first node, and the distance to the next */
  x0: number
  y0: number
  stepX: number
  stepY: number
  values: Float64Array
}

/** Nodes along the longer side: a bandwidth spans several of them, and a million points are counted in a moment. */
const NODES = 96
/** Beyond this many bandwidths a normal kernel is below 1e-7 of its top. */
const REACH = 5.7

/** Bandwidth of a normal kernel in two dimensions by the normal reference rule: sd · n^(−1/6), sd with divisor n − 1.
 * Source: Scott, Multivariate Density Estimation, 2nd ed., eq. 6.43 with d = 2. */
export function referenceBandwidth(values: ArrayLike<number>, members: ArrayLike<number>): number {
  const n = members.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += values[members[i]!]! / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += (values[members[i]!]! - mean) ** 2
  return n < 2 ? 0 : Math.sqrt(squares / (n - 1)) * n ** (-1 / 6)
}

/** Kernel density of points in a plane: a product of two normal kernels, on a grid that reaches three bandwidths beyond
 * the points. Points are shared out among the four nodes round them (linear binning), then each direction is smoothed
 * on its own: O(n + nodes) instead of O(n · nodes).
 * @param x,y coordinates of all points; members picks those that count
 * @returns null where there are fewer than three points, or no spread along an axis
 * Source: Wand (1994), Fast computation of multivariate kernel estimators, J. Comput. Graph. Stat. 3(4), 433–445. */
export function estimateDensity(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  members: ArrayLike<number>,
  nodes = NODES
): DensityGrid | null {
  const n = members.length
  if (n < 3) return null
  const bandX = referenceBandwidth(x, members)
  const bandY = referenceBandwidth(y, members)
  if (!(bandX > 0) || !(bandY > 0)) return null
  const [lowX, highX] = extent(x, members)
  const [lowY, highY] = extent(y, members)
  const width = highX - lowX + 6 * bandX
  const height = highY - lowY + 6 * bandY
  const columns = nodes
  const rows = nodes
  const grid: DensityGrid = {
    columns,
    rows,
    x0: lowX - 3 * bandX,
    y0: lowY - 3 * bandY,
    stepX: width / (columns - 1),
    stepY: height / (rows - 1),
    values: new Float64Array(columns * rows)
  }
  shareOut(grid, x, y, members)
  smooth(grid.values, columns, rows, columns, 1, kernel(bandX, grid.stepX))
  smooth(grid.values, rows, columns, 1, columns, kernel(bandY, grid.stepY))
  return grid
}

function extent(values: ArrayLike<number>, members: ArrayLike<number>): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < members.length; i++) {
    const value = values[members[i]!]!
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}

/** Counts as shares of the whole, so that what is smoothed from them integrates to one. */
function shareOut(grid: DensityGrid, x: ArrayLike<number>, y: ArrayLike<number>, members: ArrayLike<number>): void {
  const { columns, rows, values } = grid
  const share = 1 / members.length
  for (let i = 0; i < members.length; i++) {
    const u = (x[members[i]!]! - grid.x0) / grid.stepX
    const v = (y[members[i]!]! - grid.y0) / grid.stepY
    const column = Math.min(columns - 2, Math.floor(u))
    const row = Math.min(rows - 2, Math.floor(v))
    const right = u - column
    const above = v - row
    const at = row * columns + column
    values[at]! += share * (1 - right) * (1 - above)
    values[at + 1]! += share * right * (1 - above)
    values[at + columns]! += share * (1 - right) * above
    values[at + columns + 1]! += share * right * above
  }
}

/** Half of a normal kernel at the nodes, from its middle outwards; per unit of the axis. */
function kernel(bandwidth: number, step: number): Float64Array {
  const reach = Math.ceil((REACH * bandwidth) / step)
  const scale = 1 / (bandwidth * Math.sqrt(2 * Math.PI))
  return Float64Array.from({ length: reach + 1 }, (_, i) => scale * Math.exp(-0.5 * ((i * step) / bandwidth) ** 2))
}

/** Convolves each line of a grid in place. @param along nodes of a line; stride from line to line, step along it */
function smooth(
  values: Float64Array,
  along: number,
  lines: number,
  stride: number,
  step: number,
  half: Float64Array
): void {
  const line = new Float64Array(along)
  for (let l = 0; l < lines; l++) {
    for (let i = 0; i < along; i++) line[i] = values[l * stride + i * step]!
    for (let i = 0; i < along; i++) {
      let sum = 0
      const first = Math.max(0, i - half.length + 1)
      const last = Math.min(along - 1, i + half.length - 1)
      for (let j = first; j <= last; j++) sum += line[j]! * half[Math.abs(i - j)]!
      values[l * stride + i * step] = sum
    }
  }
}

/** The heights at which a density encloses given shares of its mass: its highest density regions.
 * Source: Hyndman (1996), Computing and graphing highest density regions, The American Statistician 50(2), 120–126. */
export function heightsOfShares(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort().reverse()
  const total = sorted.reduce((sum, value) => sum + value, 0)
  return shares.map((share) => {
    let sum = 0
    for (const value of sorted) {
      sum += value
      if (sum >= share * total) return value
    }
    return 0
  })
}
