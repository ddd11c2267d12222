import { basename } from 'node:path'
import { analysisExports } from '../analyses/exports.ts'
import type { ExportTable, StoredResult } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { AnalysisRecord } from '../contract/session.ts'
import type { ColumnData } from '../contract/table.ts'
import { writeCsv } from '../export/csv.ts'
import { writeJson } from '../export/json.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { FileGrants } from './file-grants.ts'
import { writeWhole } from './write-whole.ts'

/** Calls that carry a result away. */
export function exportHandlers(
  desk: Desk,
  grants: FileGrants
): Pick<Handlers, 'export.tables' | 'export.table' | 'export.figure'> {
  return {
    'export.tables': ({ analysisId }) => tablesOf(desk.session, analysisId).map(({ name, label }) => ({ name, label })),
    'export.table': ({ analysisId, table, format, file }) => {
      const path = grants.path(file, 'write')
      const wanted = tablesOf(desk.session, analysisId).find((t) => t.name === table)
      if (!wanted) throw new EigendeskError('ARRAY_UNKNOWN', { value: table })
      return { bytes: writeWhole(path, format === 'csv' ? writeCsv(wanted) : writeJson(wanted)) }
    },
    'export.figure': ({ file, data }) => {
      const path = grants.path(file, 'write')
      if (data.byteLength === 0) {
        throw new EigendeskError('FILE_NOT_WRITABLE', { file: basename(path), reason: 'the picture is empty' })
      }
      return { bytes: writeWhole(path, [data]) }
    }
  }
}

/** Every table a stored result can be exported as. */
function tablesOf(session: SessionFile, analysisId: string): ExportTable[] {
  const record = session.analyses.get(analysisId)
  const stored: StoredResult<never> = {
    summary: record.summary as never,
    array: (name) => session.analyses.array(analysisId, name),
    list: (name) => session.analyses.items(analysisId, name)
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

function textsOf(column: ColumnData): string[] {
  if (column.kind === 'number') return Array.from(column.values, (v) => (Number.isNaN(v) ? '' : String(v)))
  if (column.kind === 'codes') return Array.from(column.codes, (code) => column.dictionary[code] ?? '')
  return column.values.map((v) => v ?? '')
}
