import type { Matrix } from './matrix.ts'
import { singularValues } from './singular-values.ts'
import { unwatched, type Watch } from './watch.ts'

const ULP = Number.EPSILON

export interface NumericalRank {
  /** how many singular values exceed the tolerance */
  rank: number
  /** max(m, n)·ulp·σ₁, or what was asked for */
  tolerance: number
}

/** The number of singular values that rounding cannot have made: those above max(m, n)·ulp·σ₁ (ulp = 2⁻⁵²), the default of
 * MATLAB and NumPy. A matrix without rows or columns has rank 0.
 * @param tolerance another limit, in the unit of the entries
 * @throws NON_FINITE | NO_CONVERGENCE | OUT_OF_RANGE | OUT_OF_MEMORY, as of singularValues(). Cost: that of the values
 * Source: Golub & Van Loan, Matrix Computations, §5.4.1. */
export function rank(a: Matrix, tolerance?: number, watch: Watch = unwatched): NumericalRank {
  return rankOf(singularValues(a, watch), a, tolerance)
}

/** The same from singular values that are known, in descending order. */
export function rankOf(values: Float64Array, { rows, columns }: Matrix, tolerance?: number): NumericalRank {
  const limit = tolerance ?? Math.max(rows, columns) * ULP * (values[0] ?? 0)
  return { rank: values.reduce((count, value) => (value > limit ? count + 1 : count), 0), tolerance: limit }
}
