import { z } from 'zod'
import { call } from './call.ts'

/** Calls that put a result together for people to read elsewhere. */
export const reportCalls = {
  /** a result as one page of HTML that needs nothing else; the same result gives the same text */
  'report.make': call(z.object({ analysisId: z.string().min(1) }), z.object({ html: z.string() }))
}
