import { z } from 'zod'
import { call } from './call.ts'
import { studyKindSchema } from './study.ts'

const id = z.string().min(1)

/** A stored study. Its arrays are read by analysis.array under "<kind>.<name>". */
export const studyRecordSchema = z.object({
  kind: studyKindSchema,
  params: z.record(z.string(), z.json()),
  summary: z.record(z.string(), z.json()),
  milliseconds: z.number(),
  createdAt: z.string()
})
export type StudyRecord = z.infer<typeof studyRecordSchema>

/** Calls about what is computed of a stored result on demand. A result keeps one study of each kind: the last. */
export const studyCalls = {
  'study.run': call(
    z.object({ analysisId: id, kind: studyKindSchema, params: z.record(z.string(), z.unknown()).optional() }),
    z.object({ jobId: z.string() })
  ),
  'study.get': call(z.object({ analysisId: id, kind: studyKindSchema }), studyRecordSchema.nullable())
}
