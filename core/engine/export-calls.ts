import { basename } from 'node:path'
import { analysisExports } from '../analyses/exports.ts'
import type { ExportTable, StoredResult } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import { plainExport, type ExportRows } from '../contract/export.ts'
import type { exportCalls } from '../contract/export-calls.ts'
import type { AnalysisRecord, DatasetInfo } from '../contract/session.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { Handlers } from './dispatch.ts'
import type { ChunkRequest, ExportTask, StoredTable } from './export-request.ts'
import type { EngineParts } from './parts.ts'
import { provenanceOf } from './provenance.ts'
import { textsOf } from './row-names.ts'
import type { RowViews } from './row-views.ts'
import { serveRequests } from './requests.ts'
import { writeWhole } from './write-whole.ts'

interface Parts extends Omit<EngineParts, 'emit'> {
  views: RowViews
}

/** Calls that carry a dataset or a result away. */
export function exportHandlers({ desk, grants, jobs, pool, views }: Parts): Pick<Handlers, keyof typeof exportCalls> {
  const start = (session: SessionFile, task: ExportTask, datasetId: string): { jobId: string } => {
    const jobId = jobs.add({ kind: 'export', name: `Export ${basename(task.path)}`, datasetId }, async (control) => {
      const running = pool.start(task, (message) => {
        if (message.type === 'progress') control.progress(message.phase, message.fraction)
        else if (message.type === 'reading') {
          serveRequests(message.requests, ({ position, chunk }: ChunkRequest) =>
            session.cells.chunk(datasetId, position, chunk)
          )
        }
      })
      control.onCancel(running.cancel)
      const message = await running.done
      if (message.type !== 'exported') throw new EigendeskError('INTERNAL', { reason: `export: ${message.type}` })
      return { bytes: message.bytes }
    })
    return { jobId }
  }
  return {
    'export.tables': ({ analysisId }) => tablesOf(desk.session, analysisId).map(({ name, label }) => ({ name, label })),
    'export.table': async ({ analysisId, table, format, choices = plainExport, file }) => {
      const path = await grants.path(file, 'write')
      const { session } = desk
      const wanted = tablesOf(session, analysisId).find((t) => t.name === table)
      if (!wanted) throw new EigendeskError('ARRAY_UNKNOWN', { value: table })
      const task: ExportTask = { task: 'export', path, format, choices, from: { table: wanted } }
      return start(session, task, session.analyses.get(analysisId).datasetId)
    },
    'export.dataset': async ({ datasetId, format, choices = plainExport, columns, rows, file }) => {
      const path = await grants.path(file, 'write')
      const { session } = desk
      const stored = storedTable(session, session.datasets.get(datasetId), columns, rowsOf(rows, views))
      return start(session, { task: 'export', path, format, choices, from: { stored } }, datasetId)
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

/** @throws COLUMN_UNKNOWN | INVALID_CALL */
function storedTable(
  session: SessionFile,
  dataset: DatasetInfo,
  names: string[] | null,
  rows: Int32Array | null
): StoredTable {
  const { cells } = session
  const { nRows, chunkRows } = cells.sizeOf(dataset.id)
  const outside = rows?.find((row) => row < 0 || row >= nRows)
  if (outside !== undefined) {
    throw new EigendeskError('INVALID_CALL', { reason: `row ${outside} of a dataset with ${nRows} rows` })
  }
  const all = dataset.columns.map((column) => column.name)
  const columns = (names ?? all).map((name) => {
    const position = all.indexOf(name)
    if (position < 0) throw new EigendeskError('COLUMN_UNKNOWN', { value: name, limit: all.join(', ') })
    const { type, dictionary } = cells.describe(dataset.id, position).column
    return { name, type, dictionary, position }
  })
  return { name: dataset.name, nRows, chunkRows, columns, rows, provenance: provenanceOf(dataset) }
}

/** Every table a stored result can be exported as. */
function tablesOf(session: SessionFile, analysisId: string): ExportTable[] {
  const record = session.analyses.get(analysisId)
  const stored: StoredResult<never> = {
    summary: record.summary as never,
    arrays: Object.keys(record.arrays),
    array: (name) => session.analyses.array(analysisId, name),
    list: (name) => session.analyses.items(analysisId, name),
    table: () => {
      const names = session.datasets.get(record.datasetId).columns.map(({ name }) => name)
      return session.datasets.view(record.datasetId, names).columns
    }
  }
  return analysisExports[record.kind](stored, rowNames(session, record))
}

/** Names of the dataset's rows, from the column chosen to label them. */
function rowNames(session: SessionFile, record: AnalysisRecord): string[] | null {
  const label = record.params['label']
  if (typeof label !== 'string') return null
  const [column] = session.datasets.view(record.datasetId, [label]).columns
  return column ? textsOf(column) : null
}
