import { z } from 'zod'
import { grantSchema } from '../../core/contract/wire.ts'

/** The session an engine begins with: a new one, the one used last, or a certain one. */
const beginningSchema = z.discriminatedUnion('how', [
  z.object({ how: z.enum(['new', 'last']) }),
  z.object({ how: z.literal('path'), path: z.string().min(1) })
])
export type Beginning = z.infer<typeof beginningSchema>

/** Everything main says to the engine process, in the order it is said: start once, then the others as needed.
 * A 'port' message carries one MessagePortMain, whose other end the page holds. */
export const engineMessageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    userDataDir: z.string().min(1),
    resourcesDir: z.string().min(1),
    beginning: beginningSchema
  }),
  z.object({ kind: z.literal('port') }),
  grantSchema,
  z.object({ kind: z.literal('close') })
])

export type EngineMessage = z.infer<typeof engineMessageSchema>

/** The session that is open in an engine, as main needs to know it. */
const openSessionSchema = z.object({ path: z.string().min(1), isEmpty: z.boolean() })
export type OpenSession = z.infer<typeof openSessionSchema>

/** What the engine process says to main: which session is open, which one was asked for that is open elsewhere, and which
 * others windows held when the app was killed. */
export const engineReportSchema = z.discriminatedUnion('kind', [
  openSessionSchema.extend({ kind: z.literal('session') }),
  z.object({ kind: z.literal('busy'), path: z.string().min(1) }),
  z.object({ kind: z.literal('left-open'), paths: z.array(z.string().min(1)) })
])
export type EngineReport = z.infer<typeof engineReportSchema>
