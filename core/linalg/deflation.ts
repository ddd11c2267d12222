import { kernels } from './kernels/kernels.ts'
import type { Panel } from './panel.ts'

const EPS = 2 ** -53

/** What is left to solve when two halves of a tridiagonal eigenproblem are put together: D + ρ z zᵀ with k poles dᵢ that
 * differ and weights zᵢ that are not negligible. */
export interface Deflation {
  k: number
  rho: number
  /** row numbers: those not 0 in the left half only, in both, in the right half only, then the deflated ones, ascending */
  rows: Int32Array
  /** how many rows are of the first three kinds */
  counts: readonly [left: number, both: number, right: number]
  /** where the row of the i-th pole stands in rows */
  places: Int32Array
}

/** Where a merge does its bookkeeping: arrays in the memory of the kernels, as long as the largest merge. */
export interface DeflationSpace {
  /** k poles, ascending */
  poles: Float64Array
  /** the weight of each */
  weights: Float64Array
  z: Float64Array
  rows: Int32Array
  places: Int32Array
}

const LEFT = 0
const BOTH = 1
const RIGHT = 2

/** What the coupling of two halves looks like in their eigenvectors, z/√2: the last entries of the left half's vectors and
 * the first of the right one's. Written to space.z.
 * @param q rows are the eigenvectors of both halves, first … first + m @param cut where the right half begins */
export function readWeights(
  q: Panel,
  first: number,
  cut: number,
  m: number,
  coupling: number,
  { z }: DeflationSpace
): void {
  const { run } = kernels()
  const half = cut - first
  const at = (row: number, column: number): number => q.at + 8 * (row * q.rowStride + column)
  run.transposeInto(half, 1, at(first, cut - 1), q.rowStride, z.byteOffset, 1)
  run.transposeInto(m - half, 1, at(cut, cut), q.rowStride, z.byteOffset + 8 * half, 1)
  for (let i = 0; i < m; i++) z[i]! *= coupling < 0 && i >= half ? -Math.SQRT1_2 : Math.SQRT1_2
}

/** Rows whose eigenvalue and eigenvector the coupling of two halves does not change are set aside: those with a
 * negligible weight, and one of each two whose eigenvalues are so close that a rotation makes its weight 0.
 * @param d eigenvalues by row; changed where rows are rotated @param q rows are the eigenvectors of both halves
 * @param order the m rows in question, ascending by eigenvalue; rows first … cut − 1 are of the left half
 * @param coupling between row cut − 1 and row cut of the tridiagonal matrix @param space.z as readWeights leaves it
 * @returns null where the coupling as a whole is negligible
 * Source: Dongarra & Sorensen, "A fully parallel algorithm for the symmetric eigenvalue problem", SIAM J. Sci. Stat.
 * Comput. 8 (1987), §4. */
export function deflate(
  d: Float64Array,
  q: Panel,
  order: Int32Array,
  first: number,
  cut: number,
  coupling: number,
  space: DeflationSpace
): Deflation | null {
  const m = order.length
  const { run } = kernels()
  const { z, poles, weights } = space
  const row = (r: number): number => q.at + 8 * (r * q.rowStride + first)
  const rho = 2 * Math.abs(coupling)
  let largest = 0
  let heaviest = 0
  for (let i = 0; i < m; i++) {
    heaviest = Math.max(heaviest, Math.abs(z[i]!))
    largest = Math.max(largest, Math.abs(d[first + i]!))
  }
  const negligible = 8 * EPS * Math.max(largest, heaviest)
  if (rho * heaviest <= negligible) return null
  const kinds = new Uint8Array(m).fill(RIGHT, cut - first)
  const kept: number[] = []
  const deflated: number[] = []
  let waiting = -1
  for (const r of order) {
    if (rho * Math.abs(z[r - first]!) <= negligible) {
      deflated.push(r)
      continue
    }
    if (waiting >= 0) {
      const zi = z[waiting - first]!
      const zj = z[r - first]!
      const length = Math.sqrt(zi * zi + zj * zj)
      const c = zj / length
      const s = -zi / length
      const low = d[waiting]!
      const high = d[r]!
      if (Math.abs((high - low) * c * s) <= negligible) {
        z[r - first] = length
        if (kinds[waiting - first] !== kinds[r - first]) kinds[r - first] = BOTH
        run.rotate(m, row(waiting), row(r), c, s)
        d[waiting] = low * c * c + high * s * s
        d[r] = low * s * s + high * c * c
        deflated.push(waiting)
      } else kept.push(waiting)
    }
    waiting = r
  }
  if (waiting >= 0) kept.push(waiting)
  kept.forEach((r, i) => {
    poles[i] = d[r]!
    weights[i] = z[r - first]!
  })
  deflated.sort((x, y) => d[x]! - d[y]! || x - y)
  const counts: [number, number, number] = [0, 0, 0]
  for (const r of kept) counts[kinds[r - first]!]!++
  const next = [0, counts[LEFT], counts[LEFT] + counts[BOTH]]
  const { rows, places } = space
  kept.forEach((r, i) => {
    const place = next[kinds[r - first]!]!++
    places[i] = place
    rows[place] = r
  })
  rows.set(deflated, kept.length)
  return { k: kept.length, rho, rows, counts, places }
}
