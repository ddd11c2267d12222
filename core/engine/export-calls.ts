import { basename } from 'node:path'
import { analysisExports } from '../analyses/exports.ts'
import type { ExportTable, StoredResult } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import { plainExport, type ExportRows } from '../contract/export.ts'
import type { exportCalls } from '../contract/export-calls.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { Handlers } from './dispatch.ts'
import type { ExportTask } from './export-request.ts'
import { runExport, storedTable } from './export-stored.ts'
import type { EngineParts } from './parts.ts'
import type { RowViews } from './row-views.ts'
import { referToColumns, referToResult } from './session-requests.ts'
import { writeWhole } from './write-whole.ts'

interface Parts extends Omit<EngineParts, 'emit'> {
  views: RowViews
}

/** Calls that carry a dataset or a result away. */
export function exportHandlers({ desk, grants, jobs, pool, views }: Parts): Pick<Handlers, keyof typeof exportCalls> {
  const start = (session: SessionFile, task: ExportTask, datasetId: string): { jobId: string } => {
    const jobId = jobs.add({ kind: 'export', name: `Export ${basename(task.path)}`, datasetId }, async (control) => ({
      bytes: await runExport(pool, session, task, control)
    }))
    return { jobId }
  }
  return {
    'export.tables': ({ analysisId }) => tablesOf(desk.session, analysisId).map(({ name, label }) => ({ name, label })),
    'export.table': async ({ analysisId, table, format, choices = plainExport, file }) => {
      const path = await grants.path(file, 'write')
      const { session } = desk
      if (!tablesOf(session, analysisId).some(({ name }) => name === table)) {
        throw new EigendeskError('ARRAY_UNKNOWN', { value: table })
      }
      const { datasetId, params } = session.analyses.get(analysisId)
      const asked = params['label']
      const [label = null] = typeof asked === 'string' ? referToColumns(session, datasetId, [asked]) : []
      const names = session.datasets.get(datasetId).columns.map(({ name }) => name)
      const columns = referToColumns(session, datasetId, names)
      const from = { table, result: referToResult(session, analysisId), label, columns }
      return start(session, { task: 'export', path, format, choices, from }, datasetId)
    },
    'export.dataset': async ({ datasetId, format, choices = plainExport, columns, rows, file }) => {
      const path = await grants.path(file, 'write')
      const { session } = desk
      const stored = storedTable(session, session.datasets.get(datasetId), columns, rowsOf(rows, views))
      return start(session, { task: 'export', path, format, choices, from: { stored, filled: null } }, datasetId)
    },
    'export.figure': async ({ file, data }) => {
      const path = await grants.path(file, 'write')
      if (data.byteLength === 0) {
        throw new EigendeskError('FILE_NOT_WRITABLE', { file: basename(path), reason: 'the picture is empty' })
      }
      return { bytes: writeWhole(path, [data]) }
    }
  }
}

const rowsOf = (rows: ExportRows, views: RowViews): Int32Array | null =>
  rows.kind === 'all' ? null : rows.kind === 'view' ? views.order(rows.viewId) : rows.rows

/** Every table a stored result can be exported as: their columns are made when they are asked for, which nobody does here. */
function tablesOf(session: SessionFile, analysisId: string): ExportTable[] {
  const record = session.analyses.get(analysisId)
  const stored: StoredResult<never> = {
    summary: record.summary as never,
    arrays: Object.keys(record.arrays),
    array: (name) => session.analyses.array(analysisId, name),
    list: (name) => session.analyses.items(analysisId, name),
    table: () => []
  }
  return analysisExports[record.kind](stored, null)
}
