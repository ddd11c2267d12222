import { randomUUID } from 'node:crypto'
import type { CallName, CallParams, CallResult, EngineEvent, JobOutcome } from '../contract/calls.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { Grant, Reply, Request } from '../contract/wire.ts'
import type { Engine } from './engine.ts'

interface Waiting {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/** A client in the engine's own process: the command line and the tests speak to the engine as the window does. */
export class LocalClient {
  readonly #engine: Engine
  readonly #waiting = new Map<number, Waiting>()
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  /** outcomes that came before anybody asked for them */
  readonly #outcomes = new Map<string, JobOutcome>()
  #send: (request: unknown) => void = () => undefined
  #nextId = 1

  constructor(engine: Engine) {
    this.#engine = engine
    engine.attach({
      post: (reply) => this.#receive(reply),
      onRequest: (listener) => {
        this.#send = listener
      }
    })
  }

  #receive(reply: Reply): void {
    if ('event' in reply) {
      if (reply.event === 'job.finished') this.#outcomes.set(reply.job.id, reply.outcome)
      for (const listener of this.#listeners) listener(reply)
      return
    }
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (reply.ok) waiting?.resolve(reply.result)
    else waiting?.reject(EigendeskError.from(reply.error))
  }

  call<N extends CallName>(name: N, params: CallParams<N>): Promise<CallResult<N>> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      this.#send({ id, call: name, params } satisfies Request)
    })
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Makes a path known to the engine and returns its token. */
  grant(path: string, access: Grant['access']): string {
    const token = randomUUID()
    this.#engine.grant({ kind: 'grant', token, path, access })
    return token
  }

  /** Waits for a job's end. @throws what it failed with; CANCELLED where it was cancelled */
  async finish(jobId: string): Promise<Extract<JobOutcome, { state: 'done' }>> {
    const outcome = this.#outcomes.get(jobId) ?? (await this.#outcomeOf(jobId))
    if (outcome.state === 'failed') throw EigendeskError.from(outcome.error)
    if (outcome.state === 'cancelled') throw new EigendeskError('CANCELLED')
    return outcome
  }

  #outcomeOf(jobId: string): Promise<JobOutcome> {
    return new Promise((resolve) => {
      const stop = this.onEvent((event) => {
        if (event.event !== 'job.finished' || event.job.id !== jobId) return
        stop()
        resolve(event.outcome)
      })
    })
  }
}
