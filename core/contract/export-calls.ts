import { z } from 'zod'
import { call } from './call.ts'
import { exportChoicesSchema, exportFormatSchema, exportRowsSchema } from './export.ts'

const id = z.string().min(1)
const fileToken = z.uuid()
const jobId = z.object({ jobId: z.string() })

/** Calls that carry something away. A table is written by a job; its end says how many bytes. */
export const exportCalls = {
  /** what can be exported of a result, in the order of the menu */
  'export.tables': call(z.object({ analysisId: id }), z.array(z.object({ name: z.string(), label: z.string() }))),
  /** writes one table of a result to a file the person chose */
  'export.table': call(
    z.object({
      analysisId: id,
      table: z.string(),
      format: exportFormatSchema,
      choices: exportChoicesSchema.optional(),
      file: fileToken
    }),
    jobId
  ),
  /** writes a dataset, or part of it, to a file the person chose */
  'export.dataset': call(
    z.object({
      datasetId: id,
      format: exportFormatSchema,
      choices: exportChoicesSchema.optional(),
      /** names, in the order wanted; null: all */
      columns: z.array(z.string()).min(1).nullable(),
      rows: exportRowsSchema,
      file: fileToken
    }),
    jobId
  ),
  /** writes a picture the renderer drew */
  'export.figure': call(z.object({ file: fileToken, data: z.instanceof(Uint8Array) }), z.object({ bytes: z.number() }))
}
