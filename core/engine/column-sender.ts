import { setImmediate as turn } from 'node:timers/promises'
import { EigendeskError } from '../contract/errors.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { StoredColumn } from '../table/stored-column.ts'

/** Bytes of columns that are in memory for one task of a worker. */
export const BATCH_BYTES = 64 * 2 ** 20
/** A column is held twice, here and by the worker. */
const LARGEST_BYTES = 1.5 * 2 ** 30

/** Reads a column chunk by chunk, so that other calls are answered in between.
 * @throws COLUMN_TOO_LARGE */
export async function readStored(session: SessionFile, id: string, position: number): Promise<StoredColumn> {
  const { column, nChunks } = session.cells.describe(id, position)
  if (session.cells.bytesOf(id, position) > LARGEST_BYTES) {
    throw new EigendeskError('COLUMN_TOO_LARGE', { field: column.name })
  }
  const chunks: Uint8Array[] = []
  for (let index = 0; index < nChunks; index++) {
    if (!session.isOpen) throw new EigendeskError('CANCELLED')
    chunks.push(session.cells.chunk(id, position, index))
    await turn()
  }
  return { ...column, chunks }
}

/** Columns in batches that a worker takes at once: as many as fit BATCH_BYTES, one at least. */
export async function* readBatches(
  session: SessionFile,
  id: string,
  positions: readonly number[]
): AsyncGenerator<{ position: number; column: StoredColumn }[]> {
  let batch: { position: number; column: StoredColumn }[] = []
  let bytes = 0
  for (const position of positions) {
    const column = await readStored(session, id, position)
    const size = column.chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
    if (batch.length > 0 && bytes + size > BATCH_BYTES) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push({ position, column })
    bytes += size
  }
  if (batch.length > 0) yield batch
}
