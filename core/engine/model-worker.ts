import { EigendeskError } from '../contract/errors.ts'
import type { SessionFile } from '../session/session-file.ts'
import { ComputePool } from './compute-pool.ts'
import type { Answers, RecommendTask } from './recommend-request.ts'
import { serveSession } from './session-requests.ts'
import type { WorkControl } from './slow-work.ts'

/** A compute worker of its own that keeps the models it was asked about: no fit has it, and one question follows another. It is
 * started with the first. */
export class ModelWorker {
  readonly #url: URL
  #pool: ComputePool | undefined
  #before: Promise<unknown> = Promise.resolve()

  constructor(url: URL) {
    this.#url = url
  }

  /** @throws CANCELLED; what the worker throws */
  ask<A extends keyof Answers>(
    task: RecommendTask<A>,
    session: SessionFile,
    control: WorkControl
  ): Promise<Answers[A]> {
    const answer = this.#before.then(async () => {
      control.checkpoint()
      this.#pool ??= new ComputePool(this.#url)
      const running = this.#pool.start(task, (message) => {
        if (message.type === 'progress') control.progress(message.phase, message.fraction)
        else if (message.type === 'reading') serveSession(session, message.requests)
      })
      control.follow(running)
      const message = await running.done
      if (message.type !== 'recommended') {
        throw new EigendeskError('INTERNAL', { reason: `a question was answered ${message.type}` })
      }
      return message.answer as Answers[A]
    })
    this.#before = answer.catch(() => undefined)
    return answer
  }

  async close(): Promise<void> {
    await this.#pool?.close()
  }
}
