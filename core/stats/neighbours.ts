import { gemm } from '../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import { unwatched, type Watch } from '../linalg/watch.ts'

/** Rows whose distances to all others are computed in one product. */
const BLOCK = 128

/** The nearest rows of each row, nearest first; ties by number. Both m × k, row-major. */
export interface NearestRows {
  rows: Int32Array
  /** Euclidean, or 1 − cosine */
  distances: Float64Array
}

/** The nearest among some distances, nearest first; ties by number.
 * @param self left out; −1 for none
 * @returns at most count numbers */
export function nearestOf(distances: ArrayLike<number>, self: number, count: number): number[] {
  const best: number[] = []
  for (let i = 0; i < distances.length; i++) {
    if (i === self) continue
    if (best.length === count && !(distances[i]! < distances[best[count - 1]!]!)) continue
    let place = best.length
    while (place > 0 && distances[best[place - 1]!]! > distances[i]!) place--
    best.splice(place, 0, i)
    if (best.length > count) best.pop()
  }
  return best
}

/** Calls with the squared Euclidean distances of each row to all rows: |a|² + |b|² − 2ab, of rows about their mean, so that a
 * common offset costs no digits. */
export function eachDistances(
  z: Matrix,
  use: (row: number, squared: Float64Array) => void,
  watch: Watch = unwatched
): void {
  const about = centredCopy(z)
  const lengths = squaredLengths(about)
  eachProducts(
    about,
    (row, products) => {
      for (let j = 0; j < products.length; j++) {
        products[j] = j === row ? 0 : Math.max(0, lengths[row]! + lengths[j]! - 2 * products[j]!)
      }
      use(row, products)
    },
    watch
  )
}

/** Calls with 1 − cosine of each row to all rows, about the origin; a row at the origin is at distance 1 of every other. */
export function eachCosines(
  z: Matrix,
  use: (row: number, distances: Float64Array) => void,
  watch: Watch = unwatched
): void {
  const lengths = squaredLengths(z).map(Math.sqrt)
  eachProducts(
    z,
    (row, products) => {
      for (let j = 0; j < products.length; j++) {
        const both = lengths[row]! * lengths[j]!
        products[j] = both > 0 ? 1 - products[j]! / both : 1
      }
      use(row, products)
    },
    watch
  )
}

function eachProducts(z: Matrix, use: (row: number, products: Float64Array) => void, watch: Watch): void {
  const [m, p] = [z.rows, z.columns]
  for (let first = 0; first < m; first += BLOCK) {
    const height = Math.min(BLOCK, m - first)
    const block = createMatrix(height, p, z.data.slice(first * p, (first + height) * p))
    const products = gemm(block, z, { transposeB: true }, { ...unwatched, checkpoint: watch.checkpoint })
    for (let i = 0; i < height; i++) {
      watch.checkpoint()
      use(first + i, products.data.subarray(i * m, (i + 1) * m))
    }
    watch.progress((first + height) / m)
  }
}

function centredCopy(z: Matrix): Matrix {
  const [m, p] = [z.rows, z.columns]
  const mean = new Float64Array(p)
  for (let i = 0; i < m; i++) for (let j = 0; j < p; j++) mean[j]! += z.data[i * p + j]! / m
  const copy = createMatrix(m, p)
  for (let i = 0; i < m; i++) for (let j = 0; j < p; j++) copy.data[i * p + j] = z.data[i * p + j]! - mean[j]!
  return copy
}

function squaredLengths(z: Matrix): Float64Array {
  const lengths = new Float64Array(z.rows)
  for (let i = 0; i < z.rows; i++) {
    for (let j = 0; j < z.columns; j++) lengths[i]! += z.data[i * z.columns + j]! ** 2
  }
  return lengths
}

/** How far a plane keeps the neighbourhoods of a space. */
export interface Preservation {
  /** by row: share of its k nearest rows in the space that are among its k nearest in the plane */
  kept: Float64Array
  /** 1 where no row is near in the plane that is not near in the space; Venna & Kaski's T(k) */
  trustworthiness: number
  nearest: NearestRows
}

/** Compares the k nearest rows of every row in a space and in a plane.
 * @param z m × p; x,y coordinates of the rows in the plane
 * @param k below m / 2
 * T(k) = 1 − 2/(m k (2m − 3k − 1)) Σᵢ Σⱼ (r(i, j) − k) over the k nearest j of i in the plane that are not among its k nearest in
 * the space, r their rank there.
 * Source: Venna & Kaski (2001), Neighborhood preservation in nonlinear projection methods, ICANN, eq. 1. */
export function comparePlane(
  z: Matrix,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  k: number,
  watch: Watch = unwatched
): Preservation {
  const m = z.rows
  const kept = new Float64Array(m)
  const nearest: NearestRows = { rows: new Int32Array(m * k), distances: new Float64Array(m * k) }
  const inPlane = new Float64Array(m)
  let penalty = 0
  const compare = (row: number, squared: Float64Array): void => {
    for (let j = 0; j < m; j++) inPlane[j] = (x[j]! - x[row]!) ** 2 + (y[j]! - y[row]!) ** 2
    const near = nearestOf(squared, row, k)
    near.forEach((other, i) => {
      nearest.rows[row * k + i] = other
      nearest.distances[row * k + i] = Math.sqrt(squared[other]!)
    })
    const known = new Set(near)
    for (const other of nearestOf(inPlane, row, k)) {
      if (known.has(other)) kept[row]! += 1 / k
      else penalty += rankOf(squared, row, other) - k
    }
  }
  eachDistances(z, compare, watch)
  return { kept, trustworthiness: 1 - (2 * penalty) / (m * k * (2 * m - 3 * k - 1)), nearest }
}

/** 1 for the nearest; ties by number. */
function rankOf(distances: ArrayLike<number>, self: number, other: number): number {
  let rank = 1
  for (let j = 0; j < distances.length; j++) {
    if (j === self || j === other) continue
    if (distances[j]! < distances[other]! || (distances[j] === distances[other] && j < other)) rank++
  }
  return rank
}

/** The k nearest rows of every row, by any distances. */
export function nearestRows(
  each: (use: (row: number, distances: Float64Array) => void) => void,
  m: number,
  k: number,
  scale: (distance: number) => number = (distance) => distance
): NearestRows {
  const found: NearestRows = { rows: new Int32Array(m * k), distances: new Float64Array(m * k) }
  each((row, distances) => {
    nearestOf(distances, row, k).forEach((other, i) => {
      found.rows[row * k + i] = other
      found.distances[row * k + i] = scale(distances[other]!)
    })
  })
  return found
}
