import { z } from 'zod'
import { call } from './call.ts'

/** Calls that lead from what was said about a file to its rows. */
export const readingCalls = {
  /** the row (from 0) that begins on a line of the file, or the next one, where that line is no row; and the line it begins
   * on. null where no row follows */
  'dataset.rowAtLine': call(
    z.object({ datasetId: z.string().min(1), line: z.number().int().min(1) }),
    z.object({ row: z.number().int(), line: z.number().int() }).nullable()
  )
}
