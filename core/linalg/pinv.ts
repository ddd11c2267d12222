import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { multiplyInto, panelOf, transposed, type Panel } from './panel.ts'
import { inPieces, takeIn, zeros } from './passes.ts'
import { timesPowerOfTwo } from './power-of-two.ts'
import { rankOf, type NumericalRank } from './rank.ts'
import { copyScaled, takeScaled } from './scaled-copy.ts'
import { svd } from './svd.ts'
import { unwatched, type Watch } from './watch.ts'

export interface PseudoInverse extends NumericalRank {
  /** n × m */
  inverse: Matrix
}

/** The Moore–Penrose inverse V·Σ⁺·Uᵀ: the n × m matrix X with AXA = A, XAX = X and AX and XA symmetric.
 * @param a m × n, any shape @param tolerance singular values up to it count as 0; default max(m, n)·ulp·σ₁
 * @returns with the rank used; a zero matrix has a zero inverse
 * @throws OUT_OF_RANGE where the inverse is too large for a double | NON_FINITE | NO_CONVERGENCE | OUT_OF_MEMORY
 * Accuracy: the four conditions hold within n·ulp times ‖A‖·‖X‖. Cost: that of svd() and 2mn·rank flops.
 * Source: Golub & Van Loan, Matrix Computations, §5.5.2. */
export function pinv(a: Matrix, tolerance?: number, watch: Watch = unwatched): PseudoInverse {
  const { memory } = kernels()
  const { rows: m, columns: n } = a
  const short = Math.min(m, n)
  // Beside svd(), which takes more than what follows, a copy of A.
  memory.require(8 * (4 * m * n + 11 * short * short + 400 * (m + n)))
  return memory.frame(() => {
    const factors = pseudoInverseFactors(a, tolerance, watch)
    const data = zeros(n * m, watch)
    multiplyInto(panelOf(data, n, m), 1, factors.right, factors.left, watch)
    const inverse = createMatrix(n, m, takeScaled(data, -factors.exponent, 'a pseudo-inverse', watch))
    return { inverse, rank: factors.rank, tolerance: factors.tolerance }
  })
}

/** A⁺·2^exponent = right · left, in the memory of the kernels. */
interface PseudoInverseFactors extends NumericalRank {
  /** n × rank, V */
  right: Panel
  /** rank × m, Σ⁺·Uᵀ */
  left: Panel
  exponent: number
}

/** The two factors of the pseudo-inverse of the matrix scaled to a largest entry near 1. */
export function pseudoInverseFactors(a: Matrix, tolerance: number | undefined, watch: Watch): PseudoInverseFactors {
  const { memory } = kernels()
  const { rows: m, columns: n } = a
  const { data, exponent } = copyScaled(a, watch)
  const scaled: Matrix = { rows: m, columns: n, data }
  const limit = tolerance === undefined ? undefined : timesPowerOfTwo(tolerance, -exponent)
  const { u, s, vt } = svd(scaled, { vectors: 'thin' }, watch)
  const found = rankOf(s, scaled, limit)
  const { rank } = found
  const left = memory.allocate(m * rank)
  inPieces(m, rank, watch, (from, to) => {
    for (let i = from; i < to; i++)
      for (let k = 0; k < rank; k++) left[i * rank + k] = u.data[i * s.length + k]! / s[k]!
  })
  return {
    rank,
    tolerance: timesPowerOfTwo(found.tolerance, exponent),
    right: transposed(panelOf(takeIn(vt.data.subarray(0, rank * n), watch), rank, n)),
    left: transposed(panelOf(left, m, rank)),
    exponent
  }
}
