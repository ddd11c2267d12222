import { randomUUID } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AnalysisKind } from '../contract/analysis.ts'
import { analysisSpecs, type AnySpec } from '../analyses/registry.ts'
import type { EngineEvent } from '../contract/calls.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { DatasetInfo } from '../contract/session.ts'
import type { FinishedAnalysis } from '../session/held-result.ts'
import type { SessionFile } from '../session/session-file.ts'
import { viewOthers } from './view-others.ts'
import { checkParams } from './complete-params.ts'
import type { ComputePool } from './compute-pool.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobControl, JobQueue } from './jobs.ts'

type DatasetCalls = 'dataset.rows' | 'dataset.column' | 'dataset.rename' | 'dataset.remove'
type AnalysisCalls =
  'analysis.run' | 'analysis.get' | 'analysis.array' | 'analysis.list' | 'analysis.rename' | 'analysis.remove'

interface RunRequest {
  datasetId: string
  kind: AnalysisKind
  params: Record<string, unknown>
  replaces?: string | undefined
}

/** Calls about datasets and analyses of the open session. */
export function analysisHandlers(
  desk: Desk,
  jobs: JobQueue,
  pool: ComputePool,
  emit: (event: EngineEvent) => void
): Pick<Handlers, DatasetCalls | AnalysisCalls> {
  const changed = (): Record<string, never> => {
    emit({ event: 'session.changed' })
    return {}
  }
  return {
    'dataset.rows': ({ datasetId, rows }) => desk.session.datasets.rows(datasetId, rows),
    'dataset.column': ({ datasetId, column }) => {
      const [data] = desk.session.datasets.view(datasetId, [column]).columns
      return unshare(data!)
    },
    'dataset.rename': ({ datasetId, name }) => {
      const { datasets, history } = desk.session
      history.record(`rename ${datasets.get(datasetId).name} to ${name}`, () => datasets.rename(datasetId, name))
      return changed()
    },
    'dataset.remove': ({ datasetId }) => {
      for (const job of jobs.list()) if (job.datasetId === datasetId) jobs.cancel(job.id)
      const { datasets, history } = desk.session
      history.record(`remove ${datasets.get(datasetId).name}`, () => datasets.remove(datasetId))
      return changed()
    },
    'analysis.run': (request) => {
      const { session } = desk
      const dataset = session.datasets.get(request.datasetId)
      // Wrong parameters are refused here, before a job exists, so that the form can mark the field.
      const spec = analysisSpecs[request.kind]
      const params = completeParams(spec, dataset, request.params)
      const jobId = jobs.add(
        { kind: 'analysis', name: spec.nameOf(params), datasetId: dataset.id, analysisKind: request.kind },
        async (control) => {
          const analysisId = await runAndStore(pool, session, { ...request, params }, control)
          if (request.replaces !== undefined) cancelStudies(jobs, request.replaces)
          emit({ event: 'session.changed' })
          return { analysisId, ...(request.replaces !== undefined && { replaced: request.replaces }) }
        }
      )
      return { jobId }
    },
    'analysis.get': ({ analysisId }) => desk.session.analyses.get(analysisId),
    'analysis.array': ({ analysisId, name, columns }) => desk.session.analyses.array(analysisId, name, columns),
    'analysis.list': ({ analysisId, name }) => desk.session.analyses.items(analysisId, name),
    'analysis.rename': ({ analysisId, name }) => {
      const { analyses, history } = desk.session
      history.record(`rename ${analyses.get(analysisId).name} to ${name}`, () => analyses.rename(analysisId, name))
      return changed()
    },
    'analysis.remove': ({ analysisId }) => {
      cancelStudies(jobs, analysisId)
      const { analyses, history } = desk.session
      history.record(`remove ${analyses.get(analysisId).name}`, () => analyses.remove(analysisId))
      return changed()
    }
  }
}

/** What is being computed of a result that goes out of sight would have no place. */
function cancelStudies(jobs: JobQueue, analysisId: string): void {
  for (const job of jobs.list()) if (job.kind === 'study' && job.analysisId === analysisId) jobs.cancel(job.id)
}

/** Shared memory cannot leave the engine: the same column in memory of its own. */
function unshare<T extends { kind: string }>(data: T): T {
  const copy: Record<string, unknown> = { ...data }
  for (const [key, value] of Object.entries(copy)) {
    if (value instanceof Float64Array || value instanceof Int32Array) copy[key] = value.slice()
  }
  return copy as T
}

/** The defaults of the spec under what was asked, validated.
 * @throws INVALID_PARAMETER naming the field */
function completeParams(spec: AnySpec, dataset: DatasetInfo, asked: Record<string, unknown>): Record<string, unknown> {
  const labelOf = (key: string): string => spec.fields.find((field) => field.key === key)?.label ?? key
  return checkParams(spec.params, spec.defaults(dataset, asked), labelOf)
}

/** Runs an analysis in a worker and stores its result whole; returns its id. */
export async function runAndStore(
  pool: ComputePool,
  session: SessionFile,
  request: RunRequest,
  control: JobControl
): Promise<string> {
  const spec = analysisSpecs[request.kind]
  const dataset = session.datasets.get(request.datasetId)
  const params = completeParams(spec, dataset, request.params)
  const columns = spec.columnsNeeded(params, dataset)
  control.progress('Reading the columns', 0)
  const table = session.datasets.view(dataset.id, columns)
  const others = viewOthers(session, spec.datasetsNeeded?.(params) ?? [], columns)
  const started = performance.now()
  const running = pool.start({ task: 'run', kind: request.kind, params, table, others }, (message) => {
    if (message.type === 'progress') control.progress(message.phase, message.fraction, message.point)
  })
  control.onCancel(running.cancel)
  try {
    const message = await running.done
    if (message.type !== 'ran') throw new EigendeskError('INTERNAL', { reason: `the run answered ${message.type}` })
    // Removed meanwhile: a result in sight of a dataset out of sight would be nobody's.
    session.datasets.get(dataset.id)
    const { replaces } = request
    const finished: FinishedAnalysis = {
      id: randomUUID(),
      datasetId: dataset.id,
      kind: request.kind,
      name: nameFor(session, dataset.id, replaces, spec, params),
      params,
      milliseconds: performance.now() - started,
      result: message.result,
      replaces
    }
    await showAndStore(session, finished, control)
    return finished.id
  } finally {
    running.release()
  }
}

/** Bytes of a result that is stored before a picture of it could be asked for. */
const SMALL_BYTES = 4 * 2 ** 20

/** A large result takes longer to store than to compute: it is looked at meanwhile, and answered from memory. */
async function showAndStore(session: SessionFile, finished: FinishedAnalysis, control: JobControl): Promise<void> {
  const { id, name, replaces } = finished
  const steps = session.analyses.hold(finished, (mutate) => session.history.record(`run ${name}`, mutate))
  const bytes = Object.values(finished.result.arrays).reduce((sum, { data }) => sum + data.byteLength, 0)
  try {
    const isLarge = bytes >= SMALL_BYTES
    if (isLarge) await control.show({ analysisId: id, ...(replaces !== undefined && { replaced: replaces }) })
    for (const step of steps) if (isLarge) await nextTurn(step)
  } finally {
    if (session.isOpen) session.analyses.drop(id)
  }
}

/** What the run is called: as its parameters say, unless it replaces one that a person gave a name of its own. */
function nameFor(
  session: SessionFile,
  datasetId: string,
  replaces: string | undefined,
  spec: AnySpec,
  params: Record<string, unknown>
): string {
  const replaced = session.analyses.list().find((a) => a.id === replaces)
  if (replaced && !isNumbered(spec.nameOf(replaced.params), replaced.name)) return replaced.name
  return uniqueName(session, datasetId, replaces, spec.nameOf(params))
}

/** Whether a name is one that uniqueName makes of another: "PCA, unscaled" or "PCA, unscaled 2". */
const isNumbered = (base: string, name: string): boolean =>
  name.startsWith(base) && /^( \d+)?$/.test(name.slice(base.length))

/** "PCA, unscaled", or "PCA, unscaled 2" where the dataset has one of that name already. */
function uniqueName(session: SessionFile, datasetId: string, replaces: string | undefined, name: string): string {
  const taken = new Set(
    session.analyses
      .list()
      .filter((a) => a.datasetId === datasetId && a.id !== replaces)
      .map((a) => a.name)
  )
  if (!taken.has(name)) return name
  let n = 2
  while (taken.has(`${name} ${n}`)) n++
  return `${name} ${n}`
}
