import { z } from 'zod'
import type { EngineEvent } from './calls.ts'
import type { ErrorData } from './errors.ts'

/** A call on its way to the engine. id grows by one a call; the answer carries it back. */
export const requestSchema = z.object({ id: z.number().int(), call: z.string(), params: z.unknown() })
export type Request = z.infer<typeof requestSchema>

/** What comes back on the port: an answer to a request, or an event. */
export type Reply =
  { id: number; ok: true; result: unknown } | { id: number; ok: false; error: ErrorData } | EngineEvent

/** The port as the engine sees it: Electron's MessagePortMain, a worker_threads MessagePort and a test double all fit. */
export interface EnginePort {
  post: (reply: Reply) => void
  onRequest: (listener: (request: unknown) => void) => void
  /** the other end is gone: a page that was loaded again has another port */
  onClose?: (listener: () => void) => void
}

/** From main to the engine: which file a token stands for. Only main can say it. */
export const grantSchema = z.object({
  kind: z.literal('grant'),
  token: z.uuid(),
  path: z.string().min(1),
  access: z.enum(['read', 'write'])
})
export type Grant = z.infer<typeof grantSchema>
