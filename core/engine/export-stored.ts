import { EigendeskError } from '../contract/errors.ts'
import type { DatasetInfo } from '../contract/session.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { ComputePool } from './compute-pool.ts'
import type { ExportTask, StoredTable } from './export-request.ts'
import type { JobControl } from './jobs.ts'
import { provenanceOf } from './provenance.ts'
import { referToColumns, serveSession } from './session-requests.ts'

/** Columns and rows of a dataset, as a worker reads them.
 * @param names null: all @param rows 0-based, in the order wanted; null: all
 * @throws COLUMN_UNKNOWN | INVALID_CALL */
export function storedTable(
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
  const wanted = names ?? dataset.columns.map((column) => column.name)
  const columns = referToColumns(session, dataset.id, wanted)
  return { name: dataset.name, nRows, chunkRows, columns, rows, provenance: provenanceOf(dataset) }
}

/** Has a worker write a table, and answers what it asks of the session. Returns the bytes.
 * @throws what the task throws */
export async function runExport(
  pool: ComputePool,
  session: SessionFile,
  task: ExportTask,
  control: JobControl
): Promise<number> {
  const running = pool.start(task, (message) => {
    if (message.type === 'progress') control.progress(message.phase, message.fraction)
    else if (message.type === 'reading') serveSession(session, message.requests)
  })
  control.onCancel(running.cancel)
  const message = await running.done
  if (message.type !== 'exported') throw new EigendeskError('INTERNAL', { reason: `export: ${message.type}` })
  return message.bytes
}
