import { EigendeskError } from '../contract/errors.ts'
import type { CopyWatch } from '../session/copy.ts'
import type { JobQueue } from './jobs.ts'

/** Copies of whole sessions, which take as long as a session is large: one after the other, each a job that is followed and
 * can be cancelled, while other calls are answered. */
export class Copying {
  readonly #jobs: JobQueue
  #last: Promise<unknown> = Promise.resolve()

  constructor(jobs: JobQueue) {
    this.#jobs = jobs
  }

  /** Waits until nothing is being copied: the session is not left while it is saved. */
  async settled(): Promise<void> {
    for (let last; last !== this.#last;) {
      last = this.#last
      await last
    }
  }

  /** @param name what is being done, for the status bar
   * @throws CANCELLED | what copy throws */
  async run(name: string, copy: (watch: CopyWatch) => Promise<unknown>): Promise<void> {
    const run = this.#last.then(() => this.#runAsJob(name, copy))
    this.#last = run.catch(() => undefined)
    await run
  }

  #runAsJob(name: string, copy: (watch: CopyWatch) => Promise<unknown>): Promise<void> {
    let failure: unknown
    return new Promise((resolve, reject) => {
      this.#jobs.add(
        { kind: 'copy', name, atOnce: true },
        async (control) => {
          let stopped = false
          control.onCancel(() => (stopped = true))
          const checkpoint = (): void => {
            if (stopped) throw new EigendeskError('CANCELLED')
          }
          control.progress('Copying', 0)
          try {
            await copy({ checkpoint, progress: (fraction) => control.progress('Copying', fraction) })
          } catch (thrown) {
            // Told to whoever asked for the copy, once.
            if (stopped) throw thrown
            failure = thrown
          }
          return {}
        },
        (outcome) => {
          if (outcome.state === 'cancelled') reject(new EigendeskError('CANCELLED'))
          else if (failure instanceof Error) reject(failure)
          else resolve()
        }
      )
    })
  }
}
