import { commaDialect } from '../../core/contract/table.ts'
import { SessionFile } from '../../core/session/session-file.ts'
import { chooseChunkRows, encodeChunk, LINES_POSITION } from '../../core/table/chunks.ts'
import { fillNormal } from './data.ts'

/** A session with one dataset of numbers, stored as an import stores it. Every column has the same values. */
export function storeTable(file: string, nRows: number, nColumns: number): SessionFile {
  const session = SessionFile.create(file)
  const chunkRows = chooseChunkRows(8 * nColumns)
  session.datasets.begin('wide', 'wide')
  for (let from = 0, chunk = 0; from < nRows; from += chunkRows, chunk++) {
    const rows = Math.min(chunkRows, nRows - from)
    const data = encodeChunk({ kind: 'number', values: fillNormal(new Float64Array(rows), chunk + 1) })
    const lines = encodeChunk({ kind: 'codes', codes: Int32Array.from({ length: rows }, (_, i) => from + i + 2) })
    const columns = Array.from({ length: nColumns }, (_, position) => ({ position, chunk, data }))
    session.datasets.addChunks('wide', [...columns, { position: LINES_POSITION, chunk, data: lines }])
  }
  const columns = Array.from({ length: nColumns }, (_, i) => ({
    name: `x${i}`,
    type: 'number' as const,
    missing: 0
  }))
  const dialect = commaDialect
  session.datasets.finish('wide', {
    nRows,
    chunkRows,
    columns,
    dictionaries: columns.map(() => null),
    ratings: null,
    source: { fileName: 'wide.csv', bytes: 0, sha256: '', dialect },
    problems: { kept: [], counts: {}, total: 0 },
    nRowsLeftOut: 0
  })
  return session
}
