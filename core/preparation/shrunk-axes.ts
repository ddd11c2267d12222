import { eigh } from '../linalg/eigh.ts'
import type { Matrix } from '../linalg/matrix.ts'
import { ordinaryArray } from '../linalg/passes.ts'
import { syrk } from '../linalg/syrk.ts'
import { quiet, type Watch } from '../linalg/watch.ts'

/** The first components of a standardized table, each with how much of it is signal. */
export interface ShrunkAxes {
  /** whether the axes are of the columns (p × kept) or, where the rows are fewer, of the rows (n × kept) */
  byColumns: boolean
  kept: number
  /** row-major, unit columns */
  vectors: Float64Array
  /** eigenvalues of XᵀX / n, kept of them */
  variances: Float64Array
  /** (λ − σ²) / λ by component, σ² the variance of the noise that is left; 0 where there is no variance */
  shares: Float64Array
}

/** @param x n × p, centred, divisor n
 * Source: Josse & Husson, Journal of Statistical Software 70(1), 2016, section 2.2, as missMDA has it. */
export function shrunkAxes(x: Matrix, nComponents: number, watch: Watch): ShrunkAxes {
  const { rows: n, columns: p } = x
  const byColumns = p <= n
  const inner = quiet(watch)
  const products = syrk(x, byColumns ? 'columns' : 'rows', inner)
  for (let at = 0; at < products.data.length; at++) products.data[at]! /= n
  const { w, v } = eigh(products, inner)
  const rank = Math.min(p, n - 1)
  const kept = Math.min(nComponents, rank)
  let left = 0
  for (let k = kept; k < Math.min(rank, w.length); k++) left += Math.max(0, w[k]!)
  const freedom = (n - 1) * p - (n - 1) * kept - p * kept + kept * kept
  const noise = Math.min(((n * p) / rank) * (left / freedom), Math.max(0, w[kept] ?? 0))
  const least = w[0]! * w.length * Number.EPSILON
  const vectors = ordinaryArray(v.rows * kept)
  for (let i = 0; i < v.rows; i++) {
    for (let k = 0; k < kept; k++) vectors[i * kept + k] = v.data[i * v.columns + k]!
  }
  const variances = Float64Array.from({ length: kept }, (_, k) => w[k]!)
  const shares = variances.map((variance) => (variance > least ? (variance - noise) / variance : 0))
  return { byColumns, kept, vectors, variances, shares }
}
