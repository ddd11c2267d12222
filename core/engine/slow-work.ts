import { EigendeskError } from '../contract/errors.ts'
import type { Job } from '../contract/session.ts'
import type { RunningTask } from './compute-pool.ts'
import type { JobControl, JobQueue } from './jobs.ts'

/** Work that is done sooner stands in no list of jobs: it would only flash up. */
const SHOWN_AFTER_MS = 300

export interface WorkControl {
  progress: (phase: string, fraction: number) => void
  /** what has to be stopped where the work is */
  follow: (running: RunningTask) => void
  /** @throws CANCELLED */
  checkpoint: () => void
}

/** Work a call waits for: a new request of a kind takes the place of the one under way, whose answer nobody wants any more;
 * what lasts is a job that can be watched and cancelled. */
export class SlowWork {
  readonly #jobs: JobQueue
  readonly #current = new Map<string, () => void>()

  constructor(jobs: JobQueue) {
    this.#jobs = jobs
  }

  /** @throws CANCELLED where it was cancelled, or another one took its place; what the work throws */
  async run<T>(
    kind: string,
    about: Pick<Job, 'name' | 'datasetId'>,
    work: (control: WorkControl) => Promise<T>
  ): Promise<T> {
    this.#current.get(kind)?.()
    let cancelled = false
    let running: RunningTask | undefined
    let job: JobControl | undefined
    let last: [string, number] | undefined
    const cancel = (): void => {
      cancelled = true
      running?.cancel()
    }
    this.#current.set(kind, cancel)
    const checkpoint = (): void => {
      if (cancelled) throw new EigendeskError('CANCELLED')
    }
    const result = work({
      checkpoint,
      follow: (task) => {
        running = task
        if (cancelled) task.cancel()
      },
      progress: (phase, fraction) => {
        last = [phase, fraction]
        job?.progress(phase, fraction)
      }
    })
    const timer = setTimeout(() => {
      const settled = result.then(
        () => ({}),
        () => {
          // Its failure is the answer of the call; as a job it has only ended.
          throw new EigendeskError('CANCELLED')
        }
      )
      this.#jobs.add(
        { kind: 'look', ...about },
        (control) => {
          job = control
          if (last) control.progress(...last)
          control.onCancel(cancel)
          return settled
        },
        (outcome) => {
          if (outcome.state === 'cancelled') cancel()
        }
      )
    }, SHOWN_AFTER_MS)
    try {
      const answer = await result
      checkpoint()
      return answer
    } finally {
      clearTimeout(timer)
      if (this.#current.get(kind) === cancel) this.#current.delete(kind)
    }
  }
}
