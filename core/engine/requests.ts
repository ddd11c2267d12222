import { setImmediate as nextTurn } from 'node:timers/promises'
import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import { EigendeskError, toErrorData, type ErrorData } from '../contract/errors.ts'

/** How a worker that does not return until it is done asks another thread: requests on a port, and a count of the answers
 * to wait for. */
export interface Requests {
  port: MessagePort
  answered: Int32Array
}

type Answer<R> = { reply: R } | { error: ErrorData }

/** How long one wait lasts before cancel is looked at again, ms. */
const WAIT_MS = 100

/** The side that asks, and waits. */
export class Asker<Q, R> {
  /** to be handed to the side that answers */
  readonly requests: Requests
  readonly #port: MessagePort
  readonly #checkpoint: () => void

  /** @param checkpoint throws CANCELLED */
  constructor(checkpoint: () => void) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.#checkpoint = checkpoint
    this.requests = { port: port2, answered: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) }
  }

  ask(request: Q): R {
    const { answered } = this.requests
    const before = Atomics.load(answered, 0)
    this.#port.postMessage(request)
    for (;;) {
      this.#checkpoint()
      const received = receiveMessageOnPort(this.#port) as { message: Answer<R> } | undefined
      if (received) {
        if ('error' in received.message) throw EigendeskError.from(received.message.error)
        return received.message.reply
      }
      Atomics.wait(answered, 0, before, WAIT_MS)
    }
  }

  close(): void {
    this.#port.close()
  }
}

/** The side that answers, each request in a turn of its own, so that other work is done in between. */
export function serveRequests({ port, answered }: Requests, reply: (request: never) => unknown): void {
  const send = (answer: Answer<unknown>): void => {
    port.postMessage(answer)
    Atomics.add(answered, 0, 1)
    Atomics.notify(answered, 0)
  }
  port.on('message', (request: unknown) => {
    // A port hands on what has come meanwhile in the same turn: a worker that asks fast enough would have all of them.
    void nextTurn()
      .then(() => reply(request as never))
      .then(
        (given) => send({ reply: given }),
        (thrown: unknown) => send({ error: toErrorData(thrown) })
      )
  })
}
