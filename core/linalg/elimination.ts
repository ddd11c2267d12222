import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { eliminate } from './lu.ts'
import { createMatrix, requireSquare, type Matrix } from './matrix.ts'
import { estimateOneNorm, oneNorm } from './one-norm.ts'
import { panelOf, transposed, type Panel } from './panel.ts'
import { copyInto, inPieces, largestOf } from './passes.ts'
import { PRODUCTS, scaleInPlace } from './scaled-copy.ts'
import { solveTriangularInto } from './triangular-solve.ts'
import type { Watch } from './watch.ts'

/** Entries near 1 leave all of the range to the growth of U, small ones beside them being lost. */
const GROWN = 0

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
  /** the largest entry was brought down to this exponent of 2 */
  most: number
  /** ‖A‖₁·2^−exponent */
  norm: number
}

/** LU of a square matrix, to be solved with until the frame around it ends.
 * @throws SHAPE_MISMATCH | NON_FINITE | OUT_OF_RANGE where U is too large for a double even for entries near 1
 * Cost: ⅔n³ flops, n² + 100n doubles; twice the flops and 100n doubles more where entries near the end of the range grow
 * beyond it. */
export function eliminateSquare(a: Matrix, watch: Watch): Elimination {
  requireSquare(a)
  const n = a.rows
  const { memory } = kernels()
  const data = memory.allocate(n * n)
  const scaled = createMatrix(n, n, data)
  const factors = panelOf(data, n, n)
  const attempt = (most: number) => {
    copyInto(data, a.data, watch)
    const exponent = scaleInPlace(scaled, watch, most)
    const norm = oneNorm(data, n, n, watch)
    const { pivots, sign } = eliminate(factors, watch)
    return largestOf(data, watch) < Infinity ? { pivots, sign, exponent, most, norm } : undefined
  }
  const found = attempt(PRODUCTS) ?? attempt(GROWN)
  if (!found) throw new EigendeskError('OUT_OF_RANGE', { field: 'U of an LU decomposition' })
  const { pivots } = found
  const resident = memory.allocateIntegers(n)
  resident.set(pivots)
  const diagonal = Float64Array.from({ length: n }, (_, i) => data[i * n + i]!)
  return { ...found, factors, diagonal, pivots: resident }
}

/** X ← (A·2^−exponent)⁻¹·X in place; infinities where U has a 0 on its diagonal, or too small a pivot.
 * @param x n × p, rows in one piece. Cost: 2n²p flops */
export function solveEliminated({ factors, pivots }: Elimination, x: Panel, watch: Watch): void {
  inPieces(x.columns, x.rows, watch, (from, to) => {
    kernels().run.exchangeRows(to - from, x.at + 8 * from, x.rowStride, pivots.length, pivots.byteOffset)
  })
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
