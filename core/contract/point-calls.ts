import { z } from 'zod'
import { call } from './call.ts'

const id = z.string().min(1)
const position = z.number().int().min(0)

/** Rows or columns of an array that cross in one call, at most. */
export const MAX_ARRAY_ROWS = 2000
const MAX_PLOTTED_COLUMNS = 8
const MAX_ROW_COLUMNS = 64

/** Calls for pictures and tables of many points: only what is plotted crosses, and only the rows in sight. */
export const pointCalls = {
  /** columns of a two-dimensional array of a result in single precision, one array each, for pixels */
  'analysis.plot': call(
    z.object({ analysisId: id, name: z.string(), columns: z.array(position).min(1).max(MAX_PLOTTED_COLUMNS) }),
    z.custom<Float32Array[]>()
  ),
  /** some rows of a two-dimensional array, the columns asked for, row by row */
  'analysis.rows': call(
    z.object({
      analysisId: id,
      name: z.string(),
      rows: z.array(position).max(MAX_ARRAY_ROWS),
      columns: z.array(position).min(1).max(MAX_ROW_COLUMNS)
    }),
    z.custom<Float64Array>()
  )
}
