import { z } from 'zod'

/** One column of an order; the first named counts most, rows equal in all of them stay as in the file. Missing comes last,
 * whichever the direction. */
export const sortKeySchema = z.object({ column: z.string(), direction: z.enum(['ascending', 'descending']) })
export type SortKey = z.infer<typeof sortKeySchema>

/** A bound of a range: a number, or the text of a date. */
const boundSchema = z.union([z.number(), z.string()]).nullable()

/** What the cell of one column must fulfil. Texts are compared without regard to case. */
export const columnFilterSchema = z.discriminatedUnion('kind', [
  /** the cell is one of these, or (missing) has no value */
  z.object({
    kind: z.literal('values'),
    column: z.string(),
    values: z.array(z.string()).max(10_000),
    missing: z.boolean()
  }),
  /** both bounds included; null: none. A cell without a value is in no range */
  z.object({ kind: z.literal('range'), column: z.string(), from: boundSchema, to: boundSchema }),
  z.object({
    kind: z.literal('text'),
    column: z.string(),
    test: z.enum(['contains', 'equals', 'begins']),
    text: z.string().min(1).max(1000)
  }),
  z.object({ kind: z.literal('missing'), column: z.string(), present: z.boolean() })
])
export type ColumnFilter = z.infer<typeof columnFilterSchema>

/** What a row must fulfil to be shown. */
export const rowFilterSchema = z.union([
  columnFilterSchema,
  /** these rows of the dataset, ascending: what is selected */
  z.object({ kind: z.literal('rows'), rows: z.instanceof(Int32Array) })
])
export type RowFilter = z.infer<typeof rowFilterSchema>
