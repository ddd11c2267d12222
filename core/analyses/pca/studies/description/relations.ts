import { inPieces } from '../../../../linalg/passes.ts'
import type { Watch } from '../../../../linalg/watch.ts'
import { fTail, studentTail } from '../../../../stats/distributions.ts'
import { shownShare } from '../../../../stats/shown-share.ts'

/** Rows with a value that a relation is told of at least. */
export const FEWEST_ROWS = 3

/** Scores of the rows of a fit on the components that are described. */
export interface Axes {
  /** n × stride row-major; of each row the first `count` are used */
  scores: ArrayLike<number>
  stride: number
  /** components that are described; each has a variance */
  count: number
  /** n, of mean 1; null where rows count alike */
  weights: ArrayLike<number> | null
}

export interface NumberRelation {
  /** rows in which the column has a value */
  rows: number
  /** count: with each component; */
  correlations: Float64Array<ArrayBuffer>
  /** of no correlation, two-sided: Student's t with rows − 2 degrees of freedom */
  pValues: Float64Array<ArrayBuffer>
}

/** Pearson's correlation of a column with each component, over the rows in which it has a value.
 * @param values n; NaN where missing
 * @returns null where fewer than three rows have a value, or all the same one
 * Source: FactoMineR's condes (Husson, Lê & Pagès, Exploratory Multivariate Analysis by Example Using R, §1.6). */
export function relateNumber(values: ArrayLike<number>, axes: Axes, watch: Watch): NumberRelation | null {
  const { scores, stride, count, weights } = axes
  const n = values.length
  let [rows, mass, mean, low, high] = [0, 0, 0, Infinity, -Infinity]
  const middle = new Float64Array(count)
  const each = (visit: (i: number, weight: number) => void): void =>
    inPieces(n, count, watch, (from, to) => {
      for (let i = from; i < to; i++) if (!Number.isNaN(values[i]!)) visit(i, weights?.[i] ?? 1)
    })
  // Of the largest size 1, so that squares stay in the range of doubles.
  let size = 0
  each((i) => {
    rows++
    low = Math.min(low, values[i]!)
    high = Math.max(high, values[i]!)
    size = Math.max(Math.abs(low), Math.abs(high))
  })
  if (rows < FEWEST_ROWS || low === high) return null
  each((i, weight) => {
    mass += weight
    mean += weight * (values[i]! / size)
    for (let k = 0; k < count; k++) middle[k]! += weight * scores[i * stride + k]!
  })
  mean /= mass
  for (let k = 0; k < count; k++) middle[k]! /= mass
  let squares = 0
  const [products, own] = [new Float64Array(count), new Float64Array(count)]
  each((i, weight) => {
    const x = values[i]! / size - mean
    squares += weight * x * x
    for (let k = 0; k < count; k++) {
      const t = scores[i * stride + k]! - middle[k]!
      products[k]! += weight * x * t
      own[k]! += weight * t * t
    }
  })
  const correlations = products.map((product, k) => correlationOf(product, squares, own[k]!))
  return { rows, correlations, pValues: correlations.map((r) => correlationP(r, rows)) }
}

function correlationOf(product: number, squaresX: number, squaresY: number): number {
  const r = product / (Math.sqrt(squaresX) * Math.sqrt(squaresY))
  return Number.isFinite(r) ? Math.max(-1, Math.min(1, r)) : 0
}

/** Two-sided p-value of a correlation over so many rows. */
function correlationP(r: number, rows: number): number {
  if (rows < 3) return 1
  return Math.min(1, 2 * studentTail(Math.abs(r) * Math.sqrt((rows - 2) / (1 - r * r)), rows - 2))
}

export interface LevelRelation {
  level: string
  rows: number
  /** mean of the scores of the level's rows: its barycentre, on each component */
  coordinates: number[]
  /** coordinate less the mean of the coordinates of all levels: the effect of the level in an analysis of variance */
  estimates: number[]
  /** (m_k − m) / √((W − W_k)/(W − 1) · s²/W_k), W and W_k the rows by their weight: beyond ±1.96 is rare by chance */
  vTests: number[]
  /** of the correlation of being of this level with the component */
  pValues: number[]
  /** share of the barycentre's squared distance from the origin that each component shows */
  cos2: number[]
}

export interface CategoryRelation {
  rows: number
  /** share of the variance of each component that lies between the levels */
  r2: number[]
  /** of equal means: F with g − 1 and rows − g degrees of freedom */
  pValues: number[]
  levels: LevelRelation[]
}

/** Relates a category to each component, over the rows in which it has a value. Levels without a row are left out.
 * @param codes n; a position in names, −1 where missing
 * @param distanceOf squared distance of a level's barycentre from the origin, in the space of all columns
 * @returns null where fewer than three rows have a value, or all the same one
 * Source: FactoMineR's condes and PCA (quali.sup); Lebart, Morineau & Piron, §2.3 (valeur-test). */
export function relateCategory(
  codes: ArrayLike<number>,
  names: readonly string[],
  axes: Axes,
  distanceOf: (level: number) => number,
  watch: Watch
): CategoryRelation | null {
  const { scores, stride, count, weights } = axes
  const n = codes.length
  const counts = new Int32Array(names.length)
  const masses = new Float64Array(names.length)
  const sums = new Float64Array(names.length * count)
  const middle = new Float64Array(count)
  inPieces(n, count, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const level = codes[i]!
      if (level < 0) continue
      const weight = weights?.[i] ?? 1
      counts[level]!++
      masses[level]! += weight
      for (let k = 0; k < count; k++) sums[level * count + k]! += weight * scores[i * stride + k]!
    }
  })
  const present = names.flatMap((_, level) => (masses[level]! > 0 ? [level] : []))
  const rows = counts.reduce((sum, value) => sum + value, 0)
  const mass = masses.reduce((sum, value) => sum + value, 0)
  if (rows < FEWEST_ROWS || present.length < 2) return null
  for (const level of present) for (let k = 0; k < count; k++) middle[k]! += sums[level * count + k]! / mass
  const squares = new Float64Array(count)
  inPieces(n, count, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      if (codes[i]! < 0) continue
      const weight = weights?.[i] ?? 1
      for (let k = 0; k < count; k++) squares[k]! += weight * (scores[i * stride + k]! - middle[k]!) ** 2
    }
  })
  const components = Array.from({ length: count }, (_, k) => k)
  const meanOf = (level: number, k: number): number => sums[level * count + k]! / masses[level]!
  const grand = components.map((k) => present.reduce((sum, level) => sum + meanOf(level, k), 0) / present.length)
  const r2 = components.map((k) => {
    const between = present.reduce((sum, level) => sum + masses[level]! * (meanOf(level, k) - middle[k]!) ** 2, 0)
    return squares[k]! > 0 ? Math.min(1, between / squares[k]!) : 0
  })
  return {
    rows,
    r2,
    pValues: r2.map((share) => varianceP(share, present.length, rows)),
    levels: present.map((level) => {
      const [own, distance] = [masses[level]!, distanceOf(level)]
      const coordinates = components.map((k) => meanOf(level, k))
      const away = components.map((k) => coordinates[k]! - middle[k]!)
      const ratio = (own * (mass - 1)) / (mass - own)
      return {
        level: names[level]!,
        rows: counts[level]!,
        coordinates,
        estimates: components.map((k) => coordinates[k]! - grand[k]!),
        vTests: components.map((k) => finite(away[k]! * Math.sqrt(ratio / (squares[k]! / mass)))),
        // The correlation of a 0/1 column with the component, from the mean of the ones.
        pValues: components.map((k) =>
          correlationP(correlationOf(own * away[k]!, (own * (mass - own)) / mass, squares[k]!), rows)
        ),
        cos2: coordinates.map((value) => shownShare(value ** 2, distance))
      }
    })
  }
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0)

function varianceP(r2: number, levels: number, rows: number): number {
  const [between, within] = [levels - 1, rows - levels]
  if (within < 1) return 1
  return fTail(r2 / between / ((1 - r2) / within), between, within)
}
