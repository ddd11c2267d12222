import { kernels } from './kernels/kernels.ts'
import { blockOf, multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import type { Reflections } from './reflections.ts'
import type { Watch } from './watch.ts'

/** C ← Q·C where C = [X; 0]. With Q = I − V·T·Vᵀ and V₁ the top of V this is C − V·(T·V₁ᵀ·X): the zeros are never
 * multiplied. W = T·V₁ᵀ·X is found by going back through the blocks: W_b = T_b·(V₁_bᵀ·X − Σ V_bᵀ·V_c·W_c), c > b.
 * @param q as factorColumns returns it @param c m × p, 0 from row `order` on; in rows or in columns
 * Cost: about 2m·p·k + m·k² flops for k reflections, where block after block takes 4m·p·k; 2k·p extra doubles. */
export function applyToPadded(q: Reflections, c: Panel, order: number, watch: Watch): void {
  const { memory } = kernels()
  const panel = (rows: number, columns: number): Panel => panelOf(memory.zeros(rows * columns), rows, columns)
  memory.frame(() => {
    const vectors = below(q, order)
    const stacked = panel(vectors.columns, c.columns)
    const weights: Panel[] = []
    for (const [b, { v, t }] of [...q.entries()].reverse()) {
      watch.checkpoint()
      const start = c.rows - v.rows
      const top = blockOf(v, 0, 0, order - start, v.columns)
      const product = panel(v.columns, c.columns)
      multiplyInto(product, 1, transposed(top), blockOf(c, start, 0, top.rows, c.columns), watch)
      for (const [other, { v: w }] of q.entries()) {
        if (other <= b) continue
        memory.frame(() => {
          const shared = panel(v.columns, w.columns)
          multiplyInto(shared, 1, transposed(blockOf(v, v.rows - w.rows, 0, w.rows, v.columns)), w, watch)
          multiplyInto(product, -1, shared, weights[other]!, watch)
        })
      }
      weights[b] = blockOf(stacked, start, 0, v.columns, c.columns)
      multiplyInto(weights[b], 1, t, product, watch)
    }
    for (const [b, { v }] of q.entries()) {
      const start = c.rows - v.rows
      const top = blockOf(v, 0, 0, order - start, v.columns)
      multiplyInto(blockOf(c, start, 0, top.rows, c.columns), -1, top, weights[b]!, watch)
    }
    multiplyInto(blockOf(c, order, 0, c.rows - order, c.columns), -1, vectors, stacked, watch)
  })
}

/** Rows `order` … of all the vectors, which factorColumns leaves side by side. */
function below(q: Reflections, order: number): Panel {
  const first = q[0]!.v
  const columns = q.reduce((sum, { v }) => sum + v.columns, 0)
  return blockOf({ ...first, columns }, order, 0, first.rows - order, columns)
}
