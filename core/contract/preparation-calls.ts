import { z } from 'zod'
import { call } from './call.ts'
import { roleSchema, stepsSchema, type PreparationPreview } from './preparation.ts'

const id = z.string().min(1)
const name = z.string().trim().min(1).max(200)
const jobId = z.object({ jobId: z.string() })
const steps = stepsSchema.min(1)

/** Calls that derive datasets from others, and say what columns are for. */
export const preparationCalls = {
  /** what steps would do with a dataset; the answer to an earlier question still open is CANCELLED */
  'preparation.preview': call(z.object({ datasetId: id, steps: stepsSchema }), z.custom<PreparationPreview>()),
  /** another dataset, made from this one */
  'preparation.derive': call(z.object({ datasetId: id, steps, name }), jobId),
  /** the same from the same parent with other steps. A dataset with analyses, or from which others were derived, stays, and
   * another one is made beside it; any other is replaced (undo brings it back) */
  'preparation.change': call(z.object({ datasetId: id, steps, name: name.optional() }), jobId),
  /** roles of the columns named; null takes a role away, the others keep theirs */
  'dataset.setRoles': call(
    z.object({ datasetId: id, roles: z.record(z.string(), roleSchema.nullable()) }),
    z.object({})
  ),
  /** which of some rows (0-based) have a filled-in cell, by column name; columns without one are left out */
  'dataset.imputed': call(
    z.object({ datasetId: id, rows: z.array(z.number().int().min(0)).max(500) }),
    z.custom<Record<string, number[]>>()
  )
}
