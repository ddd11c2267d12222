import { EigendeskError } from '../contract/errors.ts'
import { requireFinite, type Matrix } from './matrix.ts'
import { singularValues } from './singular-values.ts'
import { vectorNorm } from './vector-norm.ts'
import { unwatched, type Watch } from './watch.ts'

/** frobenius: root of the sum of squares; one: largest sum of magnitudes in a column; infinity: in a row; spectral: the
 * largest singular value; nuclear: the sum of the singular values. */
export type MatrixNorm = 'frobenius' | 'one' | 'infinity' | 'spectral' | 'nuclear'

/** The norm of a matrix; 0 for one without entries.
 * @throws NON_FINITE naming row and column | OUT_OF_RANGE where the norm exceeds the largest double; for spectral and
 * nuclear also what singularValues throws
 * Cost: 2mn flops; for spectral and nuclear that of the singular values. */
export function matrixNorm(a: Matrix, norm: MatrixNorm, watch: Watch = unwatched): number {
  requireFinite(a)
  const result = finiteNorm(a, norm, watch)
  if (result === Infinity) throw new EigendeskError('OUT_OF_RANGE', { field: `${norm} norm` })
  return result
}

function finiteNorm(a: Matrix, norm: MatrixNorm, watch: Watch): number {
  if (norm === 'frobenius') return vectorNorm(a.data, 'L2')
  if (norm === 'spectral') return singularValues(a, watch)[0] ?? 0
  if (norm === 'nuclear') return singularValues(a, watch).reduce((sum, value) => sum + value, 0)
  const { rows, columns, data } = a
  const sums = new Float64Array(norm === 'one' ? columns : rows)
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) sums[norm === 'one' ? j : i]! += Math.abs(data[at]!)
  }
  return sums.reduce((most, sum) => Math.max(most, sum), 0)
}
