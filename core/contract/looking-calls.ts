import { z } from 'zod'
import { call } from './call.ts'
import {
  MOST_CORRELATED,
  tableStatisticsSchema,
  type ColumnDetail,
  type CorrelationTable
} from './column-statistics.ts'
import { rowFilterSchema, sortKeySchema } from './looking.ts'
import type { Cells } from './table.ts'

const id = z.string().min(1)
const position = z.number().int().min(0)
/** an arrangement of the rows that the engine keeps; null: every row, as in the file */
const viewId = z.string().nullable()

/** Cells that cross in one call, at most: many screens full. */
export const MAX_CELLS_PER_CALL = 200_000
/** Characters of a text cell that cross at once; the rest is asked for with table.cell. */
export const CELL_CHARACTERS = 1000
/** Characters of one cell that are ever shown. */
export const WHOLE_CELL_CHARACTERS = 1_000_000
/** Matching rows of a search that are gone to; all are counted. */
export const MAX_FOUND = 100_000

/** What the engine answers a search with. positions: of the matching rows in the arrangement, ascending; columns: position
 * in the dataset of the first matching column of each. */
export interface Found {
  positions: Int32Array
  columns: Int32Array
  /** matching rows, those beyond MAX_FOUND included */
  total: number
}

/** Calls about looking at a table. The order of the rows stays in the engine; what is in sight is asked for. */
export const lookingCalls = {
  /** sorts and filters: the rows that fulfil every filter, in that order */
  'table.arrange': call(
    z.object({ datasetId: id, sort: z.array(sortKeySchema).max(8), filters: z.array(rowFilterSchema).max(64) }),
    z.object({ viewId: z.string(), nRows: z.number().int() })
  ),
  /** the rows of the dataset (from 0) that stand at positions from … from + count − 1 of an arrangement */
  'table.span': call(z.object({ viewId: z.string(), from: position, count: position }), z.custom<Int32Array>()),
  /** where a row stands in an arrangement; −1 where it is not in it */
  'table.position': call(z.object({ viewId: z.string(), row: position }), z.object({ position: z.number().int() })),
  /** cells of the given rows (any order) of the given columns (positions in the dataset), in that order; long texts are cut */
  'table.cells': call(
    z.object({ datasetId: id, rows: z.array(position).max(2000), columns: z.array(position).max(2000) }),
    z.custom<Cells[]>()
  ),
  /** one text cell, whole (up to WHOLE_CELL_CHARACTERS); null where it is missing */
  'table.cell': call(
    z.object({ datasetId: id, row: position, column: position }),
    z.object({ text: z.string().nullable(), isCut: z.boolean() })
  ),
  /** the rows of an arrangement in which a text stands in one of the columns (positions in the dataset) */
  'table.find': call(
    z.object({ datasetId: id, viewId, columns: z.array(position), text: z.string().min(1).max(1000) }),
    z.custom<Found>()
  ),
  /** statistics and flags of every column; computed once, kept with the session */
  'columns.describe': call(z.object({ datasetId: id }), tableStatisticsSchema),
  'columns.detail': call(z.object({ datasetId: id, column: z.string() }), z.custom<ColumnDetail>()),
  'columns.correlate': call(
    z.object({
      datasetId: id,
      columns: z.array(z.string()).min(2).max(MOST_CORRELATED),
      method: z.enum(['pearson', 'spearman'])
    }),
    z.custom<CorrelationTable>()
  )
}
