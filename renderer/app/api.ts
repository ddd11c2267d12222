import type { CallName, CallParams, CallResult, EngineEvent } from '../../core/contract/calls.ts'
import { EigendeskError } from '../../core/contract/errors.ts'
import { ENGINE_PORT_MESSAGE } from '../../core/contract/host.ts'
import type { Reply, Request } from '../../core/contract/wire.ts'

interface Waiting {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

let port: MessagePort | undefined
let nextId = 1
const waiting = new Map<number, Waiting>()
const eventListeners = new Set<(event: EngineEvent) => void>()
let connected: Promise<void>
let announceConnection: () => void

function awaitConnection(): void {
  connected = new Promise((resolve) => {
    announceConnection = resolve
  })
}
awaitConnection()

function onReply(reply: Reply): void {
  if ('event' in reply) {
    for (const listener of eventListeners) listener(reply)
    return
  }
  const call = waiting.get(reply.id)
  if (!call) return
  waiting.delete(reply.id)
  if (reply.ok) call.resolve(reply.result)
  else call.reject(EigendeskError.from(reply.error))
}

/** Takes the port main hands over; called once at start. onConnect runs at the first and at every later connection. */
export function listenForEngine(onConnect: () => void): void {
  window.addEventListener('message', (message) => {
    const { kind } = (message.data ?? {}) as { kind?: unknown }
    if (message.source !== window || kind !== ENGINE_PORT_MESSAGE) return
    const [next] = message.ports
    if (!next) return
    port?.close()
    port = next
    port.onmessage = (event: MessageEvent<Reply>) => onReply(event.data)
    announceConnection()
    onConnect()
  })
  window.host.connect()
}

/** The engine is gone: every call under way fails, later ones wait for the new port. */
export function engineStopped(): void {
  // Where there is no port, calls already wait for the next one: a second stop must not make them wait for another.
  if (port) {
    port.close()
    port = undefined
    awaitConnection()
  }
  for (const call of waiting.values()) call.reject(new EigendeskError('ENGINE_STOPPED'))
  waiting.clear()
}

/** Calls the engine. Rejects with EigendeskError; data is ready to show. */
export async function call<N extends CallName>(name: N, params: CallParams<N>): Promise<CallResult<N>> {
  // The engine may stop between a connection and the call that waited for it.
  while (!port) await connected
  const current = port
  const id = nextId++
  // Svelte's state proxies cannot be cloned; their plain copies can.
  const request: Request = { id, call: name, params: plain(params) }
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
    current.postMessage(request)
  })
}

/** A copy without proxies; typed arrays stay as they are. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}

export function onEngineEvent(listener: (event: EngineEvent) => void): () => void {
  eventListeners.add(listener)
  return () => eventListeners.delete(listener)
}
