import { inPieces } from '../../linalg/passes.ts'
import type { Watch } from '../../linalg/watch.ts'
import type { Fit } from './fit-result.ts'
import { cellsOf, type FittedRows } from './fitted-rows.ts'
import type { PcaParams } from './spec.ts'

/** √(Σ_i w_i z_ij² / divisor) of each prepared column: its standard deviation where columns are centred at their means, else its
 * spread about the origin of the components. Over all components, the squares of its loadings sum to its square.
 * @returns p; 0 for a column without spread */
export function columnDeviations(
  { columns, rowsUsed, fill }: FittedRows,
  { centre, divisor }: Pick<PcaParams, 'centre' | 'divisor'>,
  { sd, scale, constant, origin, originRest, weights }: Fit,
  watch: Watch
): Float64Array {
  if (centre === 'mean') return sd.map((value, j) => (constant[j] ? 0 : value / scale[j]!))
  const n = rowsUsed.length
  return Float64Array.from(columns, (column, j) => {
    const values = cellsOf(column, rowsUsed, fill?.[j] ?? NaN)
    const factor = 1 / scale[j]!
    let largest = 0
    inPieces(n, 1, watch, (from, to) => {
      for (let i = from; i < to; i++) {
        values[i] = (values[i]! - origin[j]! - originRest[j]!) * factor
        largest = Math.max(largest, Math.abs(values[i]!))
      }
    })
    if (largest === 0) return 0
    let squares = 0
    inPieces(n, 1, watch, (from, to) => {
      for (let i = from; i < to; i++) squares += (weights?.[i] ?? 1) * (values[i]! / largest) ** 2
    })
    return largest * Math.sqrt(squares / (divisor === 'n' ? n : n - 1))
  })
}
