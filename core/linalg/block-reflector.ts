import { kernels } from './kernels/kernels.ts'
import { multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import { unwatched, type Watch } from './watch.ts'

/** Q = H₁·…·H_k = I − V·T·Vᵀ, a product of reflections.
 * Source: Schreiber & Van Loan, "A storage-efficient WY representation for products of Householder transformations",
 * SIAM J. Scientific and Statistical Computing 10 (1989). */
export interface BlockReflector {
  /** m × k, column j zero above entry j, which is 1; both written out. rowStride 1: each reflector lies in one piece */
  readonly v: Panel
  /** k × k, upper triangular, zeros below written out; columnStride 1 */
  readonly t: Panel
}

/** Columns in a panel of a blocked factorization: wide enough for fast products, narrow against the whole. */
export const panelWidth = (columns: number): number => (columns >= 400 ? 96 : 48)

/** QR of a panel, in place: its upper triangle becomes R, what lies below is of no use afterwards.
 * @param p m × k with m ≥ k, rowStride 1 (each column in one piece)
 * @param v where the reflectors go, m × k, rowStride 1 @param t where their triangle goes, k × k, columnStride 1
 * Cost: about 4mk² flops and k² extra doubles. */
export function factorPanel(p: Panel, v: Panel, t: Panel): BlockReflector {
  const { memory, run } = kernels()
  const k = p.columns
  memory.frame(() => {
    const work = memory.allocate(k * k).byteOffset
    run.factorReflections(p.rows, k, p.at, p.columnStride, v.at, v.columnStride, t.at, t.rowStride, work, 0)
  })
  return { v, t }
}

/** The block reflector of reflections H_j = I − τ_j·v_j·v_jᵀ computed elsewhere.
 * @param v as in BlockReflector @param t k × k, columnStride 1, τ on its diagonal; the rest is written
 * Cost: mk² + k³/3 flops and k² extra doubles. */
export function formBlockReflector(v: Panel, t: Panel): BlockReflector {
  const { memory, run } = kernels()
  const k = v.columns
  memory.frame(() => {
    const work = memory.allocate(k * k).byteOffset
    run.formTriangle(v.rows, k, v.at, v.columnStride, t.at, t.rowStride, work, 0)
  })
  return { v, t }
}

/** C ← Q·C, or C ← Qᵀ·C, in place. For C·Q pass Cᵀ and 'transposed', for C·Qᵀ pass Cᵀ and 'plain'.
 * @param c m × n, rows or columns next to each other
 * Cost: 4mnk + 2nk² flops and 2nk extra doubles. */
export function applyBlockReflector(
  { v, t }: BlockReflector,
  c: Panel,
  which: 'plain' | 'transposed',
  watch: Watch = unwatched
): void {
  const { memory } = kernels()
  const k = v.columns
  const n = c.columns
  if (n === 0 || k === 0) return
  memory.frame(() => {
    const products = panelOf(memory.zeros(k * n), k, n)
    const turned = panelOf(memory.zeros(k * n), k, n)
    multiplyInto(products, 1, transposed(v), c, watch)
    multiplyInto(turned, 1, which === 'plain' ? t : transposed(t), products, watch)
    multiplyInto(c, -1, v, turned, watch)
  })
}
