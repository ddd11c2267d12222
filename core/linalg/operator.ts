import { kernels } from './kernels/kernels.ts'
import { multiplyInto, multiplyVectorInto, panelOf, transposed, type Panel } from './panel.ts'
import { inPieces } from './passes.ts'
import type { Watch } from './watch.ts'

/** A matrix known by what it does to blocks of b vectors, b small: all that an iterative solver asks of it.
 * Blocks lie in the memory of the kernels and are row-major: columnStride is 1, rowStride at least b. What the target
 * held before is overwritten; source and target do not overlap. */
export interface LinearOperator {
  readonly rows: number
  readonly columns: number
  /** y = A·x @param x columns × b @param y rows × b */
  multiply: (x: Panel, y: Panel, watch: Watch) => void
  /** x = Aᵀ·y @param y rows × b @param x columns × b */
  multiplyTransposed: (y: Panel, x: Panel, watch: Watch) => void
  /** lower triangle of c += that of the smaller of AᵀA and A·Aᵀ; left out where products with blocks are all there is */
  gram?: (c: Panel, watch: Watch) => void
}

/** Aᵀ as an operator. */
export function transposedOperator(a: LinearOperator): LinearOperator {
  return { ...a, rows: a.columns, columns: a.rows, multiply: a.multiplyTransposed, multiplyTransposed: a.multiply }
}

/** A dense matrix as an operator.
 * @param a rows × columns, row-major, in the memory of the kernels and valid as long as the operator is used */
export function denseOperator(a: Float64Array, rows: number, columns: number): LinearOperator {
  const panel = panelOf(a, rows, columns)
  return {
    rows,
    columns,
    multiply: (x, y, watch) => {
      assignProduct(y, panel, x, watch)
    },
    multiplyTransposed: (y, x, watch) => {
      assignProduct(x, transposed(panel), y, watch)
    },
    gram: (c, watch) => {
      const [left, right] = rows < columns ? [panel, transposed(panel)] : [transposed(panel), panel]
      multiplyInto(c, 1, left, right, watch, 'lower')
    }
  }
}

/** A = (X − 1·meanᵀ)·diag(factor): columns centred, then scaled, without a centred copy, so that a sparse X stays sparse.
 * A·x = X·(f∘x) − 1·(meanᵀ(f∘x)) and Aᵀ·y = f∘(Xᵀy − mean·(1ᵀy)).
 * @param inner X @param mean X.columns entries @param factor X.columns entries; where left out, all 1
 * Accuracy: the two terms cancel, so errors are of the order of ulp·‖X·diag(factor)‖, not of the centred matrix. Where
 * means exceed the spread of their columns by more than a few powers of ten, centre first.
 * Memory: mean and factor are copied into the memory of the kernels, in the caller's frame; a product takes another
 * columns · b doubles for its time where there are factors. */
export function centredOperator(inner: LinearOperator, mean: Float64Array, factor?: Float64Array): LinearOperator {
  const { rows, columns } = inner
  const { memory } = kernels()
  const means = panelOf(memory.place(mean), 1, columns)
  const factors = factor && memory.place(factor).byteOffset
  const one = memory.allocate(1).fill(1)
  // A stride of 0 makes a column of any length of the one number.
  const ones: Panel = { at: one.byteOffset, rows, columns: 1, rowStride: 0, columnStride: 1 }

  return {
    rows,
    columns,
    multiply: (x, y, watch) => {
      memory.frame(() => {
        const scaled = factors === undefined ? x : panelOf(memory.allocate(columns * x.columns), columns, x.columns)
        if (factors !== undefined) scaleRows(factors, x, scaled)
        inner.multiply(scaled, y, watch)
        const shift = panelOf(memory.zeros(x.columns), 1, x.columns)
        multiplyInto(shift, 1, means, scaled, watch)
        multiplyInto(y, -1, ones, shift, watch)
      })
    },
    multiplyTransposed: (y, x, watch) => {
      memory.frame(() => {
        inner.multiplyTransposed(y, x, watch)
        const sums = panelOf(memory.zeros(y.columns), 1, y.columns)
        multiplyInto(sums, 1, transposed(ones), y, watch)
        multiplyInto(x, -1, transposed(means), sums, watch)
        if (factors !== undefined) scaleRows(factors, x, x)
      })
    },
    ...(inner.gram && factors === undefined ? { gram: centredGram(inner, inner.gram, means) } : {})
  }
}

/** The smaller of the two products of X − 1·meanᵀ with itself. With m the mean as a column,
 * (X − 1mᵀ)ᵀ(X − 1mᵀ) = XᵀX + umᵀ + muᵀ, u = n/2·m − Xᵀ1, and
 * (X − 1mᵀ)(X − 1mᵀ)ᵀ = XXᵀ + u1ᵀ + 1uᵀ, u = mᵀm/2·1 − Xm. */
function centredGram(
  inner: LinearOperator,
  gram: NonNullable<LinearOperator['gram']>,
  means: Panel
): NonNullable<LinearOperator['gram']> {
  const { rows, columns } = inner
  return (c, watch) => {
    const { memory, run } = kernels()
    gram(c, watch)
    memory.frame(() => {
      const tall = rows >= columns
      const size = tall ? columns : rows
      const mean = transposed(means)
      const one = panelOf(memory.allocate(rows).fill(1), rows, 1)
      const [along, weight] = tall ? [mean, rows / 2] : [one, run.dot(columns, means.at, means.at) / 2]
      const u = panelOf(memory.allocate(size), size, 1)
      if (tall) inner.multiplyTransposed(one, u, watch)
      else inner.multiply(mean, u, watch)
      run.scale(size, -1, u.at)
      run.axpy(size, weight, along.at, u.at)
      multiplyInto(c, 1, u, transposed(along), watch, 'lower')
      multiplyInto(c, 1, along, transposed(u), watch, 'lower')
    })
  }
}

/** to = diag(factors)·from for row-major blocks; the two may be the same block. */
function scaleRows(factors: number, from: Panel, to: Panel): void {
  kernels().run.scaleRows(from.rows, from.columns, factors, from.at, from.rowStride, to.at, to.rowStride)
}

/** c = a·b for a row-major block c */
function assignProduct(c: Panel, a: Panel, b: Panel, watch: Watch): void {
  clearBlock(c, watch)
  if (c.columns === 1 && c.rowStride === 1 && b.rowStride === 1) multiplyVectorInto(c.at, 1, a, b.at, watch)
  else multiplyInto(c, 1, a, b, watch)
}

/** Zeros in a row-major block. */
export function clearBlock({ at, rows, columns, rowStride }: Panel, watch: Watch): void {
  inPieces(rows, columns, watch, (from, to) =>
    kernels().run.clearRows(to - from, columns, at + 8 * from * rowStride, rowStride)
  )
}
