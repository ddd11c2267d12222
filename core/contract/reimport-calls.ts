import { z } from 'zod'
import { call } from './call.ts'
import { fileTokenSchema } from './file-token.ts'
import { differenceSchema } from './reimport.ts'

const comparison = z.object({ comparisonId: z.string().min(1) })

/** Calls that read the file of a dataset again. */
export const reimportCalls = {
  /** looks whether the file a dataset came from is there and has changed, and if so begins to read it; file: where it is
   * now. The job ends with a comparison, or with none where what it read is the same */
  'reimport.start': call(
    z.object({ datasetId: z.string().min(1), file: fileTokenSchema.optional() }),
    z.object({ state: z.enum(['reading', 'same', 'missing']), jobId: z.string().optional() })
  ),
  'reimport.difference': call(comparison, differenceSchema),
  /** the new reading takes the place of the old one, which goes out of sight with its analyses; can be undone */
  'reimport.accept': call(comparison, z.object({ datasetId: z.string() })),
  'reimport.discard': call(comparison, z.object({}))
}
