import { gemm } from '../linalg/gemm.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { svd } from '../linalg/svd.ts'

/** How components of another sample are matched with those of the fit. */
export type Alignment = 'procrustes' | 'permutation'

/** The orthogonal k × k matrix T that brings L·T nearest to a target: T = UVᵀ of the singular value decomposition of LᵀB.
 * @param loadings, target p × k row-major
 * Source: Schönemann, "A generalized solution of the orthogonal Procrustes problem", Psychometrika 31 (1966) 1. */
export function procrustesRotation(loadings: Float64Array, target: Float64Array, k: number): Float64Array {
  const p = loadings.length / k
  const product = gemm(createMatrix(p, k, loadings), createMatrix(p, k, target), { transposeA: true })
  const { u, vt } = svd(product)
  return gemm(u, vt).data
}

/** The signed permutation that takes, of the pairs left, the most alike first: entry (from, to) of T is ±1.
 * @param cosines k × k, row: axis of the sample, column: axis of the fit */
export function signedPermutation(cosines: Float64Array, k: number): Float64Array {
  const turned = new Float64Array(k * k)
  const takenFrom = new Set<number>()
  const takenTo = new Set<number>()
  const pairs = Array.from(cosines.keys()).sort((a, b) => Math.abs(cosines[b]!) - Math.abs(cosines[a]!) || a - b)
  for (const at of pairs) {
    const [from, to] = [Math.floor(at / k), at % k]
    if (takenFrom.has(from) || takenTo.has(to)) continue
    takenFrom.add(from)
    takenTo.add(to)
    turned[at] = cosines[at]! < 0 ? -1 : 1
  }
  return turned
}
