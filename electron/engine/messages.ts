import { z } from 'zod'
import { grantSchema } from '../../core/contract/wire.ts'

/** Everything main says to the engine process, in the order it is said: start once, then the others as needed.
 * A 'port' message carries one MessagePortMain, whose other end the page holds. */
export const engineMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), userDataDir: z.string().min(1), resourcesDir: z.string().min(1) }),
  z.object({ kind: z.literal('port') }),
  grantSchema,
  z.object({ kind: z.literal('close') })
])

export type EngineMessage = z.infer<typeof engineMessageSchema>
