import { z } from 'zod'
import { call } from './call.ts'
import { exportChoicesSchema, exportFormatSchema } from './export.ts'
import { fileTokenSchema } from './file-token.ts'
import { listFilterSchema } from './recommending.ts'

const id = z.string().min(1)
const jobId = z.object({ jobId: z.string() })

/** As what a model of users and items can be carried away: 'libmf' is the text form of that library, 'python' a script with the
 * model as NPZ beside it. */
export const factorModelFormatSchema = z.enum(['json', 'npz', 'libmf', 'python'])
export type FactorModelFormat = z.infer<typeof factorModelFormatSchema>

/** As what a truncated SVD can be carried away: 'python' is a script with model and matrix as NPZ beside it. */
export const svdModelFormatSchema = z.enum(['json', 'npz', 'python'])
export type SvdModelFormat = z.infer<typeof svdModelFormatSchema>

export const listFormatSchema = z.enum(['csv', 'tsv', 'json', 'npz'])
export type ListFormat = z.infer<typeof listFormatSchema>

/** Calls that carry a factorization or a truncated SVD away. Each is written by a job; its end says how many bytes. */
export const carryCalls = {
  /** the model itself: names, numbers, training ratings, and how to score from them */
  'carry.model': call(z.object({ analysisId: id, format: factorModelFormatSchema, file: fileTokenSchema }), jobId),
  /** a truncated SVD: names, U, σ, V, of text the weights of terms, and how rows are placed */
  'carry.svd': call(z.object({ analysisId: id, format: svdModelFormatSchema, file: fileTokenSchema }), jobId),
  /** lists for all users, or some of them */
  'carry.recommendations': call(
    z.object({
      analysisId: id,
      users: z.union([z.literal('all'), z.array(z.number().int().min(0)).min(1)]),
      n: z.number().int().min(1).max(1000),
      filter: listFilterSchema.default({ seen: 'exclude' }),
      format: listFormatSchema,
      choices: exportChoicesSchema.optional(),
      file: fileTokenSchema
    }),
    jobId
  ),
  /** a table of pairs with what is predicted of each; the end of the job counts those who are not known */
  'carry.predictions': call(
    z.object({
      analysisId: id,
      datasetId: id,
      /** columns that name users and items */
      user: z.string(),
      item: z.string(),
      format: exportFormatSchema,
      choices: exportChoicesSchema.optional(),
      file: fileTokenSchema
    }),
    jobId
  )
}
