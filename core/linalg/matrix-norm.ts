import { EigendeskError } from '../contract/errors.ts'
import { requireFinite, type Matrix } from './matrix.ts'
import { euclideanNorm } from './norms.ts'
import { oneNorm } from './one-norm.ts'
import { inPieces } from './passes.ts'
import { singularValues } from './singular-values.ts'
import { unwatched, type Watch } from './watch.ts'

/** frobenius: root of the sum of squares; one: largest sum of magnitudes in a column; infinity: in a row; spectral: the
 * largest singular value; nuclear: the sum of the singular values. */
export type MatrixNorm = 'frobenius' | 'one' | 'infinity' | 'spectral' | 'nuclear'

/** The norm of a matrix; 0 for one without entries.
 * @throws NON_FINITE naming row and column | OUT_OF_RANGE where the norm exceeds the largest double; for spectral and
 * nuclear also what singularValues throws
 * Cost: 2mn flops; for spectral and nuclear that of the singular values. */
export function matrixNorm(a: Matrix, norm: MatrixNorm, watch: Watch = unwatched): number {
  const result = finiteNorm(a, norm, watch)
  if (result === Infinity) throw new EigendeskError('OUT_OF_RANGE', { field: `${norm} norm` })
  return result
}

function finiteNorm(a: Matrix, norm: MatrixNorm, watch: Watch): number {
  if (norm === 'spectral') return singularValues(a, watch)[0] ?? 0
  if (norm === 'nuclear') return singularValues(a, watch).reduce((sum, value) => sum + value, 0)
  requireFinite(a, watch)
  if (norm === 'frobenius') return euclideanNorm(a.data, watch)
  return norm === 'one' ? oneNorm(a.data, a.rows, a.columns, watch) : infinityNorm(a, watch)
}

function infinityNorm({ rows, columns, data }: Matrix, watch: Watch): number {
  let largest = 0
  inPieces(rows, columns, watch, (from, to) => {
    for (let i = from, at = from * columns; i < to; i++) {
      let sum = 0
      for (let j = 0; j < columns; j++, at++) sum += Math.abs(data[at]!)
      largest = Math.max(largest, sum)
    }
  })
  return largest
}
