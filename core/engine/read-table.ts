import { setImmediate as turn } from 'node:timers/promises'
import { EigendeskError } from '../contract/errors.ts'
import type { ColumnData, TableView } from '../contract/table.ts'
import { describeBytes } from '../linalg/kernels/memory.ts'
import type { SessionFile } from '../session/session-file.ts'
import { decodeChunk, LINES_POSITION } from '../table/chunks.ts'

/** A larger table is not held in memory whole, as preparing does. */
const LARGEST_TABLE_BYTES = 2 ** 30

/** Every column of a dataset, whole, on shared memory where it can be. Read chunk by chunk: other calls are answered in
 * between, and checkpoint may stop it.
 * @throws TABLE_TOO_LARGE | CANCELLED where the session was left meanwhile */
export async function readTable(
  session: SessionFile,
  id: string,
  fileName: string,
  checkpoint: () => void
): Promise<TableView> {
  const { cells } = session
  const { nRows } = cells.sizeOf(id)
  const { nChunks } = cells.describe(id, 0)
  const nColumns = session.datasets.get(id).columns.length
  const bytes = session.preparations.bytesOf(id)
  if (bytes > LARGEST_TABLE_BYTES) {
    throw new EigendeskError('TABLE_TOO_LARGE', {
      value: describeBytes(bytes),
      limit: describeBytes(LARGEST_TABLE_BYTES)
    })
  }
  const read = async (position: number, data: ColumnData): Promise<ColumnData> => {
    for (let index = 0, at = 0; index < nChunks; index++) {
      await turn()
      checkpoint()
      if (!session.isOpen) throw new EigendeskError('CANCELLED')
      const chunk = decodeChunk(data.kind, cells.chunk(id, position, index))
      if (data.kind === 'number' && chunk.kind === 'number') data.values.set(chunk.values, at)
      else if (data.kind === 'codes' && chunk.kind === 'codes') data.codes.set(chunk.codes, at)
      else if (data.kind === 'text' && chunk.kind === 'text') for (const text of chunk.values) data.values.push(text)
      at += chunk.kind === 'codes' ? chunk.codes.length : chunk.values.length
    }
    return data
  }
  const lines = codesOf(nRows)
  await read(LINES_POSITION, { kind: 'codes', name: '', codes: lines, dictionary: [] })
  const columns: ColumnData[] = []
  for (let position = 0; position < nColumns; position++) {
    const { name, kind, dictionary } = cells.describe(id, position).column
    if (kind === 'number') {
      const values = new Float64Array(new SharedArrayBuffer(nRows * Float64Array.BYTES_PER_ELEMENT))
      columns.push(await read(position, { kind, name, values }))
    } else if (kind === 'codes') {
      columns.push(await read(position, { kind, name, codes: codesOf(nRows), dictionary: dictionary ?? [] }))
    } else columns.push(await read(position, { kind, name, values: [] }))
  }
  return { fileName, nRows, lines, columns }
}

const codesOf = (nRows: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(nRows * Int32Array.BYTES_PER_ELEMENT))
