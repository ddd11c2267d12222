import type { Watch } from '../../linalg/watch.ts'
import { normalTail } from '../distributions.ts'

/** How the rows of a cluster differ from all in a column of numbers. Standard deviations have the divisor n. */
export interface NumberTrait {
  vTest: number
  p: number
  clusterMean: number
  clusterSd: number
  mean: number
  sd: number
}

interface Sums {
  count: Float64Array
  mean: Float64Array
  squares: Float64Array
}

/** Compares each cluster with all rows in one column; cells that are missing (NaN) do not count.
 * v = (m_q − m) / √( (N − n_q)/(N − 1) · s²/n_q ), with N and n_q the weights of present cells, p = 2 (1 − Φ(|v|)).
 * @param values by row of the dataset @param rows n: which row each point is @param assignment n: its cluster, 0-based
 * @param weights n, of mean 1; null: all 1
 * @returns nClusters traits; null where a column is constant, or a cluster has no value or all of them
 * Source: Lebart, Morineau & Piron, Statistique exploratoire multidimensionnelle, §2.3 (valeur-test); FactoMineR's catdes. */
export function describeNumbers(
  values: ArrayLike<number>,
  rows: ArrayLike<number>,
  assignment: Int32Array,
  nClusters: number,
  weights: Float64Array | null,
  watch: Watch
): (NumberTrait | null)[] {
  const { count, mean, squares } = sumUp(values, rows, assignment, nClusters, weights, watch)
  const total = count.reduce((sum, own) => sum + own, 0)
  if (total === 0 || isConstant(values, rows)) return Array.from({ length: nClusters }, () => null)
  let overall = 0
  for (let q = 0; q < nClusters; q++) overall += (count[q]! / total) * mean[q]!
  let sum = 0
  for (let q = 0; q < nClusters; q++) sum += squares[q]! + count[q]! * (mean[q]! - overall) ** 2
  const variance = sum / total
  return Array.from({ length: nClusters }, (_, q) => {
    const own = count[q]!
    if (!(own > 0) || own >= total || !(variance > 0)) return null
    const error = Math.sqrt((((total - own) / (total - 1)) * variance) / own)
    const vTest = (mean[q]! - overall) / error
    return {
      vTest,
      p: 2 * normalTail(Math.abs(vTest)),
      clusterMean: mean[q]!,
      clusterSd: Math.sqrt(squares[q]! / own),
      mean: overall,
      sd: Math.sqrt(variance)
    }
  })
}

/** Weight, mean and squares about the mean of each cluster, in one pass.
 * Source: West, "Updating mean and variance estimates: an improved method", CACM 22 (1979) 532. */
function sumUp(
  values: ArrayLike<number>,
  rows: ArrayLike<number>,
  assignment: Int32Array,
  nClusters: number,
  weights: Float64Array | null,
  watch: Watch
): Sums {
  const [count, mean, squares] = [new Float64Array(nClusters), new Float64Array(nClusters), new Float64Array(nClusters)]
  for (let i = 0; i < rows.length; i++) {
    if (i % 1_000_000 === 0) watch.checkpoint()
    const value = values[rows[i]!]!
    const weight = weights ? weights[i]! : 1
    if (!Number.isFinite(value) || weight === 0) continue
    const q = assignment[i]!
    count[q]! += weight
    const step = value - mean[q]!
    mean[q]! += (step * weight) / count[q]!
    squares[q]! += weight * step * (value - mean[q]!)
  }
  return { count, mean, squares }
}

function isConstant(values: ArrayLike<number>, rows: ArrayLike<number>): boolean {
  let first = NaN
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]!]!
    if (!Number.isFinite(value)) continue
    if (Number.isNaN(first)) first = value
    else if (value !== first) return false
  }
  return true
}
