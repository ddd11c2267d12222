import { z } from 'zod'
import { call } from './call.ts'
import { checkpointSchema, sessionInfoSchema } from './session.ts'

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
  'history.redo': call(nothing, stepSchema),

  'checkpoint.list': call(nothing, z.array(checkpointSchema)),
  'checkpoint.save': call(z.object({ name: z.string().min(1).max(200) }), z.object({ checkpointId: z.string() })),
  /** what is in sight becomes what was when the checkpoint was saved; can be undone */
  'checkpoint.revert': call(z.object({ checkpointId: z.string() }), stepSchema),
  'checkpoint.remove': call(z.object({ checkpointId: z.string() }), nothing),

  /** goes on in a copy without a name of its own; the session stays as it is */
  'session.duplicate': call(nothing, sessionInfoSchema)
}
