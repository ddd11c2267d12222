import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, describeShape, requireFinite, type Matrix } from './matrix.ts'
import { multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import { inPieces, takeOut, zeros } from './passes.ts'
import { addScaled, isPlain, place, requireInRange, scaleLines } from './scaled-product.ts'
import { unwatched, type Watch } from './watch.ts'

/** To put one scaled sum together takes as long as to copy so many doubles. */
const COST_OF_SUM = 16

export interface GemmOptions {
  /** Aᵀ takes the place of A */
  transposeA?: boolean
  /** Bᵀ takes the place of B */
  transposeB?: boolean
  /** 1 unless told */
  alpha?: number
  /** m × n; nothing is added without it */
  c?: Matrix
  /** 1 unless told; where 0, c is not read */
  beta?: number
}

/** alpha·A·B + beta·C.
 * @param a m × k, or k × m where transposed @param b k × n, or n × k where transposed; neither is modified, nor is c
 * @returns m × n; where k = 0 all of beta·C, or zeros
 * @throws SHAPE_MISMATCH naming both shapes | NON_FINITE naming row and column | OUT_OF_MEMORY | OUT_OF_RANGE where an
 * entry of the result exceeds the largest double: what overflows only on the way to it does not
 * Accuracy: |error| ≤ (k + 2)·ulp·(|alpha|·|A|·|B| + |beta|·|C|), entry by entry, plus the smallest subnormal.
 * Cost: 2mnk flops; mk + kn + mn extra doubles, 2mk + 2kn + mn where lines have to be scaled. The same bits for every number of threads. */
export function gemm(a: Matrix, b: Matrix, options: GemmOptions = {}, watch: Watch = unwatched): Matrix {
  const { transposeA = false, transposeB = false, alpha = 1, c, beta = 1 } = options
  const [m, k] = transposeA ? [a.columns, a.rows] : [a.rows, a.columns]
  const [inner, n] = transposeB ? [b.columns, b.rows] : [b.rows, b.columns]
  if (k !== inner) {
    const shapes = [a, b].map(
      (matrix, i) => describeShape(matrix) + ((i === 0 ? transposeA : transposeB) ? ' transposed' : '')
    )
    throw new EigendeskError('SHAPE_MISMATCH', { value: shapes[0]!, wanted: shapes[1]! })
  }
  if (c && (c.rows !== m || c.columns !== n)) {
    throw new EigendeskError('SHAPE_MISMATCH', { value: describeShape(c), wanted: `${m} × ${n}` })
  }
  requireFactors(alpha, beta)
  const added = beta === 0 ? undefined : c
  if (added) requireFinite(added, watch, 'the matrix that is added')
  const { memory } = kernels()
  memory.require(8 * (m * k + k * n + m * n))
  return memory.frame(() => {
    const left = place(a, watch, 'the first matrix')
    const right = place(b, watch, 'the second matrix')
    const sum = zeros(m * n, watch)
    const out = panelOf(sum, m, n)
    const plain = isPlain(left.exponent, right.exponent, k, alpha) && (!added || canBeAdded(added.data, beta, watch))
    if (plain) {
      if (added) scaledInto(sum, beta, added.data, watch)
      multiplyInto(out, alpha, oriented(left.data, a, transposeA), oriented(right.data, b, transposeB), watch)
    } else {
      memory.require(8 * (m * k + k * n))
      const rows = scaleLines(a, transposeA, watch)
      const columns = scaleLines(b, !transposeB, watch)
      multiplyInto(out, 1, panelOf(rows.data, m, k), transposed(panelOf(columns.data, n, k)), watch)
      inPieces(m, COST_OF_SUM * n, watch, (from, to) => {
        for (let i = from, at = from * n; i < to; i++) {
          for (let j = 0; j < n; j++, at++) {
            const e = rows.exponents[i]! + columns.exponents[j]!
            sum[at] = addScaled(alpha, sum[at]!, e, beta, added?.data[at] ?? 0)
          }
        }
      })
      requireInRange(sum, 'matrix product', watch)
    }
    watch.progress(1)
    return createMatrix(m, n, takeOut(sum, watch))
  })
}

/** @throws NON_FINITE */
export function requireFactors(alpha: number, beta: number): void {
  const factor = Number.isFinite(alpha) ? ([beta, 'beta'] as const) : ([alpha, 'alpha'] as const)
  if (!Number.isFinite(factor[0])) throw new EigendeskError('NON_FINITE', { value: `The factor ${factor[1]}` })
}

/** Whether beta·C is far from the largest double, so that it can be added to a plain product. */
export function canBeAdded(c: Float64Array, beta: number, watch: Watch): boolean {
  const limit = 2 ** 1000
  let largest = 0
  inPieces(c.length, 1, watch, (from, to) => {
    for (let at = from; at < to; at++) largest = Math.max(largest, Math.abs(beta * c[at]!))
  })
  return largest < limit
}

/** Writes beta · C. */
export function scaledInto(to: Float64Array, beta: number, c: Float64Array, watch: Watch): void {
  inPieces(c.length, 1, watch, (from, end) => {
    for (let at = from; at < end; at++) to[at] = beta * c[at]!
  })
}

function oriented(data: Float64Array, { rows, columns }: Matrix, transpose: boolean): Panel {
  const panel = panelOf(data, rows, columns)
  return transpose ? transposed(panel) : panel
}
