import { z } from 'zod'
import { columnTypeSchema } from './table.ts'

/** Changed cells that are shown at most. */
export const DIFFERENCE_EXAMPLES = 20

/** How a new reading of a file differs from the one before. Rows are equal where all cells of the
 * columns are equal that both have as numbers, or both as words; the first rows and the last ones are matched in order,
 * those between by what they hold. */
export const differenceSchema = z.object({
  rows: z.object({ before: z.number().int(), after: z.number().int() }),
  rowsAdded: z.number().int(),
  rowsRemoved: z.number().int(),
  rowsChanged: z.number().int(),
  cellsChanged: z.number().int(),
  columnsAdded: z.array(z.string()),
  columnsRemoved: z.array(z.string()),
  columnsRetyped: z.array(z.object({ name: z.string(), before: columnTypeSchema, after: columnTypeSchema })),
  /** the first changed cells, with the line they stand in now */
  examples: z.array(
    z.object({
      line: z.number().int(),
      column: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable()
    })
  )
})
export type Difference = z.infer<typeof differenceSchema>
