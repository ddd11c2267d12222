import { z } from 'zod'
import { call } from './call.ts'
import { fileTokenSchema } from './file-token.ts'

export const scriptLanguageSchema = z.enum(['python', 'r'])
export type ScriptLanguage = z.infer<typeof scriptLanguageSchema>

/** Calls that carry a result away as a program of its own. */
export const scriptCalls = {
  /** writes a PCA as a script that makes it again and compares; beside it the table, where the script cannot read the file
   * that was imported */
  'export.script': call(
    z.object({ analysisId: z.string().min(1), language: scriptLanguageSchema, file: fileTokenSchema }),
    z.object({ jobId: z.string() })
  )
}
