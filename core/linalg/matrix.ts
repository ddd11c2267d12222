import { EigendeskError } from '../contract/errors.ts'
import { inPieces, ordinaryArray } from './passes.ts'
import type { Watch } from './watch.ts'

/** A dense matrix, row-major. Routines do not modify what they are given unless they say so. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  /** rows · columns entries; may live in the memory of the kernels, which saves a copy */
  readonly data: Float64Array
}

/** A matrix over data, or of zeros.
 * @throws SHAPE_MISMATCH where data has another length | OUT_OF_MEMORY */
export function createMatrix(
  rows: number,
  columns: number,
  data: Float64Array = ordinaryArray(rows * columns)
): Matrix {
  if (data.length !== rows * columns) {
    throw new EigendeskError('SHAPE_MISMATCH', { value: `${rows} × ${columns}`, wanted: `${data.length} entries` })
  }
  return { rows, columns, data }
}

/** A matrix from its rows. */
export function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  return createMatrix(rows.length, rows[0]?.length ?? 0, Float64Array.from(rows.flat()))
}

/** '3 × 4' */
export const describeShape = ({ rows, columns }: Matrix): string => `${rows} × ${columns}`

/** @throws SHAPE_MISMATCH naming the shape */
export function requireSquare(a: Matrix): void {
  if (a.rows === a.columns) return
  throw new EigendeskError('SHAPE_MISMATCH', { value: describeShape(a), wanted: `a square matrix` })
}

/** @param name of the matrix, for the error
 * @throws NON_FINITE naming the first offending row and column, counted from 1 */
export function requireFinite({ columns, data }: Matrix, watch: Watch, name?: string): void {
  inPieces(data.length, 1, watch, (from, to) => {
    for (let at = from; at < to; at++) {
      if (Number.isFinite(data[at])) continue
      const row = Math.floor(at / columns)
      refuseEntry(row, at - row * columns, name)
    }
  })
}

/** The same of the entries in and below the diagonal alone. */
export function requireFiniteLower({ rows, columns, data }: Matrix, watch: Watch): void {
  inPieces(rows, columns, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = 0; j <= i; j++) if (!Number.isFinite(data[i * columns + j])) refuseEntry(i, j)
    }
  })
}

function refuseEntry(row: number, column: number, name = 'the matrix'): never {
  const place = `row ${row + 1}, column ${column + 1}`
  throw new EigendeskError('NON_FINITE', { value: `The entry in ${place} of ${name}` })
}
