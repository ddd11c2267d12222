import type { EngineEvent } from '../contract/calls.ts'
import type { EnginePort, Grant } from '../contract/wire.ts'
import { analysisHandlers } from './analysis-calls.ts'
import { CallTimes, waitForStoring } from './calls-beside-storing.ts'
import { ComputePool } from './compute-pool.ts'
import { Copying } from './copying.ts'
import { Desk, type Beginning } from './desk.ts'
import { answer, type Handlers } from './dispatch.ts'
import { carryHandlers } from './carry-calls.ts'
import { exportHandlers } from './export-calls.ts'
import { FileGrants } from './file-grants.ts'
import { importHandlers } from './import-calls.ts'
import { JobQueue } from './jobs.ts'
import { preparationHandlers } from './preparation-calls.ts'
import { keepHandlers } from './keep-calls.ts'
import { lookingHandlers } from './looking-calls.ts'
import { readingHandlers } from './reading-calls.ts'
import { comparisonHandlers } from './comparison-calls.ts'
import { ratingsHandlers } from './ratings-calls.ts'
import { modelHandlers } from './model-calls.ts'
import { movieLensHandlers } from './movielens-calls.ts'
import { RowViews } from './row-views.ts'
import { reimportHandlers } from './reimport-calls.ts'
import { ModelWorker } from './model-worker.ts'
import { recommendHandlers } from './recommend-calls.ts'
import { reportHandlers } from './report-calls.ts'
import { scriptHandlers } from './script-calls.ts'
import { sessionHandlers } from './session-calls.ts'
import { pointHandlers } from './point-calls.ts'
import { ReadingAhead } from './reading-ahead.ts'
import { svdHandlers } from './svd-calls.ts'
import { studyHandlers } from './study-calls.ts'

export interface EngineOptions {
  /** where untitled sessions and the library of recent ones live */
  userDataDir: string
  /** holds samples/ */
  resourcesDir: string
  /** the compute worker's module */
  computeUrl: URL
  /** the session to begin with; the one used last where nothing is said */
  beginning?: Beginning
  /** hears which session is open, and whether it holds anything, whenever either changes */
  onSession?: (open: { path: string; isEmpty: boolean }) => void
  /** hears of a session that was asked for and is open in another place */
  onBusy?: (path: string) => void
  /** hears, at a first start, of the other sessions that windows held when the app was killed */
  onLeftOpen?: (paths: string[]) => void
}

export interface Engine {
  /** Serves calls that arrive on a port, and tells it events from now on. */
  attach: (port: EnginePort) => void
  /** Makes a file known by its token. */
  grant: (grant: Grant) => void
  close: () => Promise<void>
}

/** The engine: one open session, a job queue, compute workers, any number of ports. Runs under Electron's utility
 * process and under plain Node alike. */
export function createEngine(options: EngineOptions): Engine {
  const ports = new Set<EnginePort>()
  const emit = (event: EngineEvent): void => {
    for (const port of ports) port.post(event)
    if (event.event === 'session.changed') desk.noteChange()
  }
  const grants = new FileGrants()
  const desk = new Desk(options)
  const pool = new ComputePool(options.computeUrl)
  const models = new ModelWorker(options.computeUrl)
  const callTimes = new CallTimes()
  const jobs = new JobQueue(emit, () => callTimes.pause())
  const copying = new Copying(jobs)
  const ahead = new ReadingAhead(pool, jobs)
  const views = new RowViews()
  const handlers: Handlers = {
    ...sessionHandlers(desk, grants, jobs, copying),
    ...importHandlers({ desk, grants, jobs, pool, emit, ahead, resourcesDir: options.resourcesDir }),
    ...analysisHandlers(desk, jobs, pool, emit),
    ...pointHandlers(desk),
    ...studyHandlers(desk, jobs, pool, emit),
    ...movieLensHandlers({ desk, grants, jobs, pool, emit }),
    ...exportHandlers({ desk, grants, jobs, pool, views }),
    ...comparisonHandlers(desk, jobs, pool),
    ...ratingsHandlers(desk, jobs, pool),
    ...modelHandlers({ desk, grants, jobs, pool, emit }),
    ...scriptHandlers({ desk, grants, jobs, pool }),
    ...reportHandlers(desk, jobs, pool),
    ...recommendHandlers(desk, jobs, models),
    ...carryHandlers({ desk, grants, jobs, pool }),
    ...svdHandlers({ desk, grants, jobs, pool }),
    ...preparationHandlers(desk, jobs, pool, emit),
    ...keepHandlers(desk, jobs, copying, emit),
    ...reimportHandlers({ desk, grants, jobs, pool, emit }),
    ...readingHandlers(desk),
    ...lookingHandlers(desk, jobs, pool, views)
  }
  return {
    attach: (port) => {
      ports.add(port)
      port.onClose?.(() => ports.delete(port))
      port.onRequest((message) => {
        callTimes.note()
        void answer(handlers, message, (call) => waitForStoring(desk, call)).then((reply) => port.post(reply))
      })
    },
    grant: (grant) => grants.add(grant),
    close: async () => {
      jobs.cancelAll()
      ports.clear()
      desk.release()
      await Promise.all([pool.close(), models.close()])
      desk.close()
    }
  }
}
