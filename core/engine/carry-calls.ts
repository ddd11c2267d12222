import { basename } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'
import type { carryCalls } from '../contract/carry-calls.ts'
import { plainExport } from '../contract/export.ts'
import { FACTOR_MODEL_SCHEMA_ID } from '../contract/factor-model.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { SvdOrigin } from '../export/svd/svd-model.ts'
import type { CarrySvdTask, CarryTask } from './carry-request.ts'
import type { Handlers } from './dispatch.ts'
import { storedTable } from './export-stored.ts'
import type { EngineParts } from './parts.ts'
import { provenanceOf } from './provenance.ts'
import { referToModel, referToSvd } from './refer-to-model.ts'
import { serveSession } from './session-requests.ts'
import { software } from './software.ts'

/** Calls that carry a factorization or a truncated SVD away. */
export function carryHandlers({
  desk,
  grants,
  jobs,
  pool
}: Omit<EngineParts, 'emit'>): Pick<Handlers, keyof typeof carryCalls> {
  const start = (session: SessionFile, analysisId: string, path: string, what: CarryTask['what']): { jobId: string } =>
    begin(session, analysisId, {
      task: 'carry',
      path,
      model: referToModel(session, analysisId),
      head: headOf(session, analysisId),
      what
    })
  const begin = (session: SessionFile, analysisId: string, task: CarryTask | CarrySvdTask): { jobId: string } => {
    const { path } = task
    const { datasetId } = session.analyses.get(analysisId)
    const jobId = jobs.add({ kind: 'export', name: `Export ${basename(path)}`, datasetId }, async (control) => {
      const running = pool.start(task, (message) => {
        if (message.type === 'progress') control.progress(message.phase, message.fraction)
        else if (message.type === 'reading') serveSession(session, message.requests)
      })
      control.onCancel(running.cancel)
      const message = await running.done
      if (message.type !== 'carried') throw new EigendeskError('INTERNAL', { reason: `carry: ${message.type}` })
      const { bytes, unknown } = message
      return { bytes, ...(unknown && { unknown }) }
    })
    return { jobId }
  }
  return {
    'carry.model': async ({ analysisId, format, file }) =>
      start(desk.session, analysisId, await grants.path(file, 'write'), { kind: 'model', format }),
    'carry.svd': async ({ analysisId, format, file }) => {
      const path = await grants.path(file, 'write')
      const { session } = desk
      return begin(session, analysisId, {
        task: 'carrySvd',
        path,
        format,
        ...referToSvd(session, analysisId),
        origin: originOf(session, analysisId)
      })
    },
    'carry.recommendations': async ({ analysisId, users, n, filter, format, choices = plainExport, file }) => {
      const what = { kind: 'lists' as const, format, choices, users, n, filter }
      return start(desk.session, analysisId, await grants.path(file, 'write'), what)
    },
    'carry.predictions': async ({ analysisId, datasetId, user, item, format, choices = plainExport, file }) => {
      const path = await grants.path(file, 'write')
      const { session } = desk
      const dataset = session.datasets.get(datasetId)
      for (const name of [user, item]) {
        if (dataset.columns.some((column) => column.name === name)) continue
        throw new EigendeskError('COLUMN_UNKNOWN', { value: name })
      }
      const stored = storedTable(session, dataset, null, null)
      return start(session, analysisId, path, { kind: 'predictions', format, choices, stored, user, item })
    }
  }
}

function headOf(session: SessionFile, analysisId: string): CarryTask['head'] {
  return { $schema: FACTOR_MODEL_SCHEMA_ID, kind: 'factorization', version: 1, ...originOf(session, analysisId) }
}

/** Which program made a result, what was asked of it, and where its table comes from. */
function originOf(session: SessionFile, analysisId: string): SvdOrigin {
  const { name, params, datasetId } = session.analyses.get(analysisId)
  const { dataset, source, steps } = provenanceOf(session.datasets.get(datasetId))
  const { fileName, bytes, sha256 } = source
  // Parameters of a result are what JSON can say: they stand in the session as such.
  const parameters = params as SvdOrigin['parameters']
  return { software, name, parameters, provenance: { dataset, source: { fileName, bytes, sha256 }, steps } }
}
