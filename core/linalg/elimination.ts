import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { eliminate } from './lu.ts'
import { requireSquare, type Matrix } from './matrix.ts'
import { estimateOneNorm, oneNorm } from './one-norm.ts'
import { panelOf, transposed, type Panel } from './panel.ts'
import { copyScaled, PRODUCTS } from './scaled-copy.ts'
import { solveTriangularInto } from './triangular-solve.ts'
import type { Watch } from './watch.ts'

/** A square matrix after elimination, in the memory of the kernels: P·A·2^−exponent = L·U. */
export interface Elimination {
  /** n × n: U in and above the diagonal, the unit lower triangle L below */
  factors: Panel
  /** the diagonal of U */
  diagonal: Float64Array
  pivots: Int32Array
  /** determinant of P */
  sign: -1 | 1
  exponent: number
  /** ‖A‖₁·2^−exponent */
  norm: number
}

/** LU of a square matrix, to be solved with until the frame around it ends.
 * @throws SHAPE_MISMATCH | NON_FINITE
 * Cost: ⅔n³ flops, n² + 100n doubles */
export function eliminateSquare(a: Matrix, watch: Watch): Elimination {
  requireSquare(a)
  const n = a.rows
  const { memory } = kernels()
  const { data, exponent } = copyScaled(a, watch, PRODUCTS)
  const norm = oneNorm(data, n, n, watch)
  const factors = panelOf(data, n, n)
  const { pivots, sign } = eliminate(factors, watch)
  const resident = memory.allocateIntegers(n)
  resident.set(pivots)
  const diagonal = Float64Array.from({ length: n }, (_, i) => data[i * n + i]!)
  return { factors, diagonal, pivots: resident, sign, exponent, norm }
}

/** X ← (A·2^−exponent)⁻¹·X in place; infinities where U has a 0 on its diagonal, or too small a pivot.
 * @param x n × p, rows in one piece. Cost: 2n²p flops */
export function solveEliminated({ factors, pivots }: Elimination, x: Panel, watch: Watch): void {
  kernels().run.exchangeRows(x.columns, x.at, x.rowStride, pivots.length, pivots.byteOffset)
  solveTriangularInto(factors, x, { side: 'lower', unit: true }, watch)
  solveTriangularInto(factors, x, { side: 'upper' }, watch)
}

/** x ← (A·2^−exponent)⁻ᵀ·x for one vector. */
function solveTransposed({ factors, pivots }: Elimination, x: Float64Array, watch: Watch): void {
  const panel = panelOf(x, x.length, 1)
  const turned = transposed(factors)
  solveTriangularInto(turned, panel, { side: 'lower' }, watch)
  solveTriangularInto(turned, panel, { side: 'upper', unit: true }, watch)
  for (let i = pivots.length - 1; i >= 0; i--) {
    const kept = x[i]!
    x[i] = x[pivots[i]!]!
    x[pivots[i]!] = kept
  }
}

/** An estimate of 1/(‖A‖₁·‖A⁻¹‖₁), 0 for a singular matrix, 1 for one without rows: seldom more than three times too
 * large. Cost: 8 to 22n² flops. */
export function reciprocalCondition(elimination: Elimination, watch: Watch): number {
  const { diagonal, norm } = elimination
  const n = diagonal.length
  if (n === 0) return 1
  if (diagonal.includes(0)) return 0
  const inverse = estimateOneNorm(n, (x, isTransposed) => {
    watch.checkpoint()
    if (isTransposed) solveTransposed(elimination, x, watch)
    else solveEliminated(elimination, panelOf(x, n, 1), watch)
  })
  return 1 / norm / inverse
}

/** The error that says a matrix is singular: at the first pivot that is 0, or at the smallest one. */
export function singular({ diagonal }: Elimination, condition: number): EigendeskError {
  let at = 0
  for (let i = 1; i < diagonal.length; i++) if (Math.abs(diagonal[i]!) < Math.abs(diagonal[at]!)) at = i
  return new EigendeskError('SINGULAR', { value: at + 1, limit: condition === 0 ? 0 : condition.toExponential(1) })
}
