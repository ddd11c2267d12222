import { MAX_ARRAY_ROWS } from '../../../core/contract/point-calls.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { call } from '../../app/api.ts'

/** Columns of an array that cross in one call, at most. */
const MAX_COLUMNS = 64

/** Some rows of a matrix of a result with all its columns, row-major, however many: asked for in parts. */
export async function loadRows(
  { id }: AnalysisInfo,
  name: string,
  rows: readonly number[],
  nColumns: number
): Promise<Float64Array> {
  const whole = new Float64Array(rows.length * nColumns)
  for (let from = 0; from < rows.length; from += MAX_ARRAY_ROWS) {
    const some = rows.slice(from, from + MAX_ARRAY_ROWS)
    for (let first = 0; first < nColumns; first += MAX_COLUMNS) {
      const columns = Array.from({ length: Math.min(MAX_COLUMNS, nColumns - first) }, (_, k) => first + k)
      const part = await call('analysis.rows', { analysisId: id, name, rows: some, columns })
      some.forEach((_, i) =>
        whole.set(part.subarray(i * columns.length, (i + 1) * columns.length), (from + i) * nColumns + first)
      )
    }
  }
  return whole
}
