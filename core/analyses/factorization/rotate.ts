import { eigh } from '../../linalg/eigh.ts'
import { gemm } from '../../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { unwatched, type Watch } from '../../linalg/watch.ts'
import type { FactorModel } from './model.ts'
import type { Pace } from '../../linalg/pace.ts'
import { gramOf } from './wals.ts'

/** Entries within this of the largest count as equally large, so that rounding does not decide a sign. */
const SIGN_TIE = 1e-6

/** Multiplies each row of a row-major matrix by an orthogonal size × size matrix from the right, in place. */
function turnRows(factors: Float64Array, turn: Matrix, pace: Pace): void {
  const size = turn.rows
  pace(factors.length * size)
  factors.set(gemm(createMatrix(factors.length / size, size, factors), turn).data)
}

/** −1 where the largest-magnitude entry of a column (the first of equals) is negative, else 1. */
function signOfColumn(factors: Float64Array, size: number, column: number): number {
  let largest = 0
  for (let j = column; j < factors.length; j += size) largest = Math.max(largest, Math.abs(factors[j]!))
  for (let j = column; j < factors.length; j += size) {
    if (Math.abs(factors[j]!) >= largest * (1 - SIGN_TIE)) return factors[j]! < 0 ? -1 : 1
  }
  return 1
}

function flipColumn(factors: Float64Array, size: number, column: number): void {
  for (let j = column; j < factors.length; j += size) factors[j] = -factors[j]!
}

/** Turns both factor sets to the principal axes of the item factors, in place: Q becomes QV and P becomes PV, where
 * QᵀQ = V diag(w) Vᵀ, w descending, and the largest-magnitude item entry of each axis is positive. V is orthogonal:
 * no prediction, no loss and no fold-in changes, but results that differ only by a rotation become the same.
 * @param turned further nRows × nFactors matrices of the same space, turned with them
 * @returns share of ‖Q‖² on each axis, descending, summing to 1; zeros where all item factors are zero */
export function rotateFactors(
  model: FactorModel,
  pace: Pace,
  checkpoint?: () => void,
  turned: readonly Float64Array[] = []
): number[] {
  const size = model.nFactors
  const watch: Watch = checkpoint === undefined ? unwatched : { ...unwatched, checkpoint }
  const { w, v } = eigh(createMatrix(size, size, gramOf(model.itemFactors, size, pace)), watch)
  turnRows(model.itemFactors, v, pace)
  turnRows(model.userFactors, v, pace)
  for (const factors of turned) turnRows(factors, v, pace)
  for (let k = 0; k < size; k++) {
    if (signOfColumn(model.itemFactors, size, k) > 0) continue
    flipColumn(model.itemFactors, size, k)
    flipColumn(model.userFactors, size, k)
    for (const factors of turned) flipColumn(factors, size, k)
  }
  const clipped = Array.from(w, (value) => Math.max(0, value))
  const total = clipped.reduce((sum, value) => sum + value, 0)
  return clipped.map((value) => (total > 0 ? value / total : 0))
}
