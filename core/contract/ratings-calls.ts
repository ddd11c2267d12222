import { z } from 'zod'
import { call } from './call.ts'
import { ratingsSummarySchema } from './ratings-summary.ts'

/** Calls about the ratings of a table, before anything is fitted to them. */
export const ratingsCalls = {
  /** params: those of a factorization, as far as they are chosen; which columns, what repeated pairs become, which method */
  'ratings.summary': call(
    z.object({ datasetId: z.string().min(1), params: z.record(z.string(), z.unknown()) }),
    ratingsSummarySchema
  )
}
