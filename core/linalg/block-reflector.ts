import { kernels } from './kernels/kernels.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import type { Watch } from './watch.ts'

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

/** Multiplications, rows · columns², up to which a panel is left to the kernel alone, which takes about 50 ms for it. */
const WATCHED_WORK = 50_000_000

/** QR of a panel, in place: its upper triangle becomes R, what lies below is of no use afterwards.
 * @param p m × k with m ≥ k, rowStride 1 (each column in one piece)
 * @param v where the reflectors go, m × k, rowStride 1 @param t where their triangle goes, k × k, columnStride 1
 * Cost: about 4mk² flops and k² extra doubles. A very tall panel is halved as the kernel halves it, but with looks at the
 * stop button and products that threads share. */
export function factorPanel(p: Panel, v: Panel, t: Panel, watch: Watch): BlockReflector {
  const { memory, run } = kernels()
  const k = p.columns
  if (k > 1 && p.rows * k * k > WATCHED_WORK) return factorHalves(p, v, t, watch)
  watch.checkpoint()
  memory.frame(() => {
    const work = memory.allocate(k * k).byteOffset
    run.factorReflections(p.rows, k, p.at, p.columnStride, v.at, v.columnStride, t.at, t.rowStride, work, 0)
  })
  return { v, t }
}

/** The two halves of the columns one after the other; with T₁ and T₂ of theirs, T₁₂ = −T₁·(V₁ᵀ·V₂)·T₂. Source: Elmroth &
 * Gustavson (2000), as in the kernel. */
function factorHalves(p: Panel, v: Panel, t: Panel, watch: Watch): BlockReflector {
  const { memory, run } = kernels()
  const m = p.rows
  const k = p.columns >> 1
  const rest = p.columns - k
  const first = factorPanel(blockOf(p, 0, 0, m, k), blockOf(v, 0, 0, m, k), blockOf(t, 0, 0, k, k), watch)
  applyBlockReflector(first, blockOf(p, 0, k, m, rest), 'transposed', watch)
  const below = blockOf(v, k, k, m - k, rest)
  const second = factorPanel(blockOf(p, k, k, m - k, rest), below, blockOf(t, k, k, rest, rest), watch)
  // Each column of V, of which the top is 0, lies in one piece.
  run.clearRows(rest, k, blockOf(v, 0, k, k, rest).at, v.columnStride)
  const corner = blockOf(t, 0, k, k, rest)
  run.clearRows(k, rest, corner.at, t.rowStride)
  run.clearRows(rest, k, blockOf(t, k, 0, rest, k).at, t.rowStride)
  memory.frame(() => {
    const products = panelOf(memory.zeros(k * rest), k, rest)
    const turned = panelOf(memory.zeros(k * rest), k, rest)
    multiplyInto(products, 1, transposed(blockOf(v, k, 0, m - k, k)), below, watch)
    multiplyInto(turned, 1, products, second.t, watch)
    multiplyInto(corner, -1, first.t, turned, watch)
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
  watch: Watch
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
