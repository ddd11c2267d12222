import type { z } from 'zod'
import { calls, type CallName, type CallResult } from '../contract/calls.ts'
import { describeError, toErrorData } from '../contract/errors.ts'
import { requestSchema, type Reply } from '../contract/wire.ts'

/** One handler a call; parameters are validated before it runs. */
export type Handlers = {
  [N in CallName]: (params: z.output<(typeof calls)[N]['params']>) => CallResult<N> | Promise<CallResult<N>>
}

const isCall = (name: string): name is CallName => Object.hasOwn(calls, name)

/** Answers one message of the port. Never throws: what does not match the contract is refused as data.
 * @param before what a call waits for, if it does */
export async function answer(
  handlers: Handlers,
  message: unknown,
  before: (call: CallName) => Promise<void> | null = () => null
): Promise<Reply> {
  const request = requestSchema.safeParse(message)
  if (!request.success) {
    return { id: -1, ok: false, error: describeError('INVALID_CALL', { reason: 'a message without id and call' }) }
  }
  const { id, call, params } = request.data
  if (!isCall(call)) return { id, ok: false, error: describeError('INVALID_CALL', { reason: `no call "${call}"` }) }
  const parsed = calls[call].params.safeParse(params)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const reason = `${call}: ${issue?.path.join('.') || 'parameters'}: ${issue?.message ?? 'not allowed'}`
    return { id, ok: false, error: describeError('INVALID_CALL', { reason }) }
  }
  try {
    const wait = before(call)
    if (wait) await wait
    const handle = handlers[call] as (params: unknown) => unknown
    return { id, ok: true, result: await handle(parsed.data) }
  } catch (thrown) {
    return { id, ok: false, error: toErrorData(thrown) }
  }
}
