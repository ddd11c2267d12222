import { studySpecs } from '../analyses/registry.ts'
import type { AnalysisResult } from '../contract/analysis.ts'
import type { EngineEvent } from '../contract/calls.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { AnalysisRecord } from '../contract/session.ts'
import type { studyCalls } from '../contract/study-calls.ts'
import type { StudyKind } from '../contract/study.ts'
import type { SessionFile } from '../session/session-file.ts'
import { checkParams } from './complete-params.ts'
import type { ComputePool } from './compute-pool.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobControl, JobQueue } from './jobs.ts'
import { referToResult, serveSession } from './session-requests.ts'
import { StoredSoFar } from './stored-so-far.ts'
import { viewOthers } from './view-others.ts'

/** Calls about what is computed of a stored result on demand. */
export function studyHandlers(
  desk: Desk,
  jobs: JobQueue,
  pool: ComputePool,
  emit: (event: EngineEvent) => void
): Pick<Handlers, keyof typeof studyCalls> {
  return {
    'study.run': ({ analysisId, kind, params: asked = {} }) => {
      const { session } = desk
      const analysis = session.analyses.get(analysisId)
      const spec = studySpecs[kind]
      if (spec.of !== analysis.kind) {
        throw new EigendeskError('INVALID_CALL', { reason: `${kind} of a result of kind ${analysis.kind}` })
      }
      // Wrong parameters are refused here, before a job exists, so that the form can mark the field.
      const params = checkParams(spec.params, spec.defaults(analysis as never, asked), (key) => key)
      const about = { analysisId, studyKind: kind, datasetId: analysis.datasetId }
      const jobId = jobs.add({ kind: 'study', name: spec.title, ...about }, async (control) => {
        const changed = (): void => emit({ event: 'session.changed' })
        await studyAndStore(pool, session, analysis, kind, params, control, changed)
        return { analysisId, studyKind: kind }
      })
      return { jobId }
    },
    'study.get': ({ analysisId, kind }) => {
      desk.session.analyses.get(analysisId)
      return desk.session.studies.get(analysisId, kind)
    }
  }
}

/** Runs a study in a worker and stores it whole beside its result; what it has found so far also before it ends, however it
 * ends. */
async function studyAndStore(
  pool: ComputePool,
  session: SessionFile,
  analysis: AnalysisRecord,
  kind: StudyKind,
  params: Record<string, unknown>,
  control: JobControl,
  changed: () => void
): Promise<void> {
  const spec = studySpecs[kind]
  control.progress('Reading the columns', 0)
  const dataset = session.datasets.get(analysis.datasetId)
  const columns = [...new Set(spec.columnsNeeded(params, analysis.params as never, dataset))]
  const table = session.datasets.view(dataset.id, columns)
  const others = viewOthers(session, spec.datasetsNeeded?.(params, analysis.params as never) ?? [], columns)
  const before = session.studies.get(analysis.id, kind)
  const started = performance.now()
  const put = (result: AnalysisResult<Record<string, unknown>>): void => {
    session.studies.put({ analysisId: analysis.id, kind, params, milliseconds: performance.now() - started, result })
    changed()
  }
  const notStored: unknown[] = []
  const soFar = new StoredSoFar<Record<string, unknown>>(
    (summary) => put({ summary, arrays: {}, lists: {} }),
    (thrown) => {
      notStored.push(thrown)
      running.cancel()
    }
  )
  const reference = referToResult(session, analysis.id, spec.arraysNeeded)
  const running = pool.start({ task: 'study', kind, params, table, others, before, analysis: reference }, (message) => {
    if (message.type === 'progress') control.progress(message.phase, message.fraction, message.point)
    else if (message.type === 'reading') serveSession(session, message.requests)
    else if (message.type === 'kept') soFar.put(message.summary)
  })
  // The session may be closed the moment its work was stopped.
  control.onCancel(() => {
    soFar.flush()
    running.cancel()
  })
  try {
    const message = await running.done
    if (message.type !== 'ran') throw new EigendeskError('INTERNAL', { reason: `the study answered ${message.type}` })
    soFar.drop()
    put(message.result)
  } catch (thrown) {
    soFar.flush()
    throw notStored[0] ?? thrown
  } finally {
    running.release()
  }
}
