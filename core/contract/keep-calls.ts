import { z } from 'zod'
import { call } from './call.ts'
import { sessionInfoSchema } from './session.ts'

const nothing = z.object({})

/** What a step of the history leads to: the session after it, and the objects it brought back into sight. */
const stepSchema = z.object({
  session: sessionInfoSchema,
  revealed: z.array(z.object({ type: z.enum(['dataset', 'analysis']), id: z.string() }))
})

/** Calls about what has been done in a session, and keeping it. */
export const keepCalls = {
  /** takes the last step back; where there is none, nothing changes */
  'history.undo': call(nothing, stepSchema),
  'history.redo': call(nothing, stepSchema)
}
