import { randomUUID } from 'node:crypto'
import type { EngineEvent, JobOutcome } from '../contract/calls.ts'
import { EigendeskError, toErrorData } from '../contract/errors.ts'
import type { Job, JobBytes } from '../contract/session.ts'

/** Progress is told at most this often; the first word of a phase and every point of a curve are never lost. */
const PROGRESS_INTERVAL_MS = 100

/** Work that runs beside each other at most; the rest waits its turn. */
const CONCURRENT_JOBS = 2

export interface JobControl {
  progress: (phase: string, fraction: number, point?: Record<string, number>, bytes?: JobBytes) => void
  /** called with what stops the work; at once if it was already asked for */
  onCancel: (stop: () => void) => void
  /** What came out can be looked at while it is stored; from here on nothing stops the work. Resolved once those who were told
   * have asked for what they show. */
  show: (done: Done) => Promise<void>
}

type Done = Omit<Extract<JobOutcome, { state: 'done' }>, 'state'>
type Work = (control: JobControl) => Promise<Done>

/** What is said of work when it is added. */
type About = Pick<Job, 'kind' | 'name' | 'datasetId' | 'analysisKind' | 'analysisId' | 'studyKind'> & {
  /** it waits for nothing, and nothing waits for it */
  atOnce?: boolean
}

interface Entry {
  job: Job
  atOnce: boolean
  work: Work
  stop: () => void
  cancelled: boolean
  lastTold: number
  finished: (outcome: JobOutcome) => void
}

/** The work under way: started, told about, cancelled, ended. */
export class JobQueue {
  readonly #emit: (event: EngineEvent) => void
  readonly #pause: () => Promise<void>
  readonly #waiting: Entry[] = []
  readonly #running = new Map<string, Entry>()

  /** @param pause waits until nobody asks for anything, for now */
  constructor(emit: (event: EngineEvent) => void, pause: () => Promise<void> = () => Promise.resolve()) {
    this.#emit = emit
    this.#pause = pause
  }

  list(): Job[] {
    return [...this.#running.values(), ...this.#waiting].map((entry) => entry.job)
  }

  /** Queues work; returns its id. finished hears the outcome before the event goes out. */
  add(
    { atOnce = false, ...about }: About,
    work: Work,
    finished: (outcome: JobOutcome) => void = () => undefined
  ): string {
    const job: Job = { id: randomUUID(), phase: 'Waiting', fraction: 0, startedAt: Date.now(), points: [], ...about }
    const entry: Entry = { job, atOnce, work, stop: () => undefined, cancelled: false, lastTold: 0, finished }
    if (atOnce) this.#begin(entry)
    else this.#waiting.push(entry)
    this.#tell(entry, true)
    this.#next()
    return job.id
  }

  cancel(id: string): void {
    const waiting = this.#waiting.findIndex((entry) => entry.job.id === id)
    if (waiting >= 0) {
      const [entry] = this.#waiting.splice(waiting, 1)
      this.#end(entry!, { state: 'cancelled' })
      return
    }
    const entry = this.#running.get(id)
    // What is looked at already is stored to its end; where that fails it is a failure.
    if (!entry || entry.job.shown) return
    entry.cancelled = true
    entry.stop()
  }

  cancelAll(): void {
    for (const job of this.list()) this.cancel(job.id)
  }

  #next(): void {
    const taken = (): number => [...this.#running.values()].filter((entry) => !entry.atOnce).length
    while (taken() < CONCURRENT_JOBS) {
      const entry = this.#waiting.shift()
      if (!entry) return
      this.#begin(entry)
    }
  }

  #begin(entry: Entry): void {
    this.#running.set(entry.job.id, entry)
    void this.#run(entry)
  }

  async #run(entry: Entry): Promise<void> {
    entry.job.startedAt = Date.now()
    let outcome: JobOutcome
    try {
      const done = await entry.work({
        progress: (phase, fraction, point, bytes) => {
          const newPhase = phase !== entry.job.phase
          entry.job.phase = phase
          entry.job.fraction = Math.min(1, Math.max(0, fraction))
          if (bytes) entry.job.bytes = bytes
          else delete entry.job.bytes
          if (point) entry.job.points = [...entry.job.points, point]
          this.#tell(entry, newPhase && point === undefined)
        },
        onCancel: (stop) => {
          entry.stop = stop
          if (entry.cancelled) stop()
        },
        show: (done) => {
          entry.stop = () => undefined
          entry.job.phase = 'Storing'
          entry.job.shown = true
          this.#emit({ event: 'job.shown', job: entry.job, outcome: { state: 'done', ...done } })
          return this.#pause()
        }
      })
      outcome = { state: 'done', ...done }
    } catch (thrown) {
      // Whatever stops work that was cancelled (its session may be closed by now) is the cancelling.
      const cancelled = entry.cancelled || (thrown instanceof EigendeskError && thrown.data.code === 'CANCELLED')
      outcome = cancelled ? { state: 'cancelled' } : { state: 'failed', error: toErrorData(thrown) }
    }
    this.#running.delete(entry.job.id)
    this.#end(entry, outcome)
    this.#next()
  }

  #tell(entry: Entry, always: boolean): void {
    const now = performance.now()
    if (!always && now - entry.lastTold < PROGRESS_INTERVAL_MS) return
    entry.lastTold = now
    this.#emit({ event: 'job.progress', job: entry.job })
  }

  #end(entry: Entry, outcome: JobOutcome): void {
    entry.finished(outcome)
    this.#emit({ event: 'job.finished', job: entry.job, outcome })
  }
}
