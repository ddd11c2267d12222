import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import { EigendeskError, toErrorData, type ErrorData } from '../contract/errors.ts'

/** How a worker that does not return until it is done asks for what only the engine can read: a request on a port, and a
 * count of the answers to wait for. */
export interface ChunkRequests {
  port: MessagePort
  answered: Int32Array
}

interface Request {
  position: number
  chunk: number
}

type Answer = { bytes: Uint8Array } | { error: ErrorData }

/** How long one wait lasts before cancel is looked at again, ms. */
const WAIT_MS = 100

/** The worker's side: a reader of chunks, and what the engine needs to serve it.
 * @param checkpoint throws CANCELLED */
export function createChunkReader(checkpoint: () => void): {
  requests: ChunkRequests
  read: (position: number, chunk: number) => Uint8Array
  close: () => void
} {
  const { port1, port2 } = new MessageChannel()
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const read = (position: number, chunk: number): Uint8Array => {
    const before = Atomics.load(answered, 0)
    port1.postMessage({ position, chunk } satisfies Request)
    for (;;) {
      checkpoint()
      const received = receiveMessageOnPort(port1) as { message: Answer } | undefined
      if (received) {
        if ('error' in received.message) throw EigendeskError.from(received.message.error)
        return received.message.bytes
      }
      Atomics.wait(answered, 0, before, WAIT_MS)
    }
  }
  return { requests: { port: port2, answered }, read, close: () => port1.close() }
}

/** The engine's side: answers each request in a turn of its own, so that other calls are answered in between. */
export function serveChunks(
  { port, answered }: ChunkRequests,
  read: (position: number, chunk: number) => Uint8Array
): void {
  port.on('message', ({ position, chunk }: Request) => {
    let answer: Answer
    try {
      answer = { bytes: read(position, chunk) }
    } catch (thrown) {
      answer = { error: toErrorData(thrown) }
    }
    port.postMessage(answer)
    Atomics.add(answered, 0, 1)
    Atomics.notify(answered, 0)
  })
}
