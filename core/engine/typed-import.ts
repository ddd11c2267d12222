import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'
import { commaDialect, type ColumnData, type ColumnSummary, type Dialect, type Preview } from '../contract/table.ts'
import type { RandomAccess, TypedTable } from '../formats/typed-table.ts'
import { summarizeColumn } from '../preparation/summarize-column.ts'
import { CHUNK_ROWS, type ColumnChunk, encodeChunk, LINES_POSITION } from '../table/chunks.ts'
import { nameColumns } from '../table/names.ts'
import { ProblemLog } from '../table/problems.ts'
import { recognizeRatings } from '../table/ratings.ts'
import { ChunkSender } from './chunk-sender.ts'
import type { ImportedTable, ImportTask } from './compute-protocol.ts'
import type { TaskOutside } from './task-outside.ts'
import { openTyped } from './open-typed.ts'
import { openRandomAccess } from './random-access.ts'
import { startDigest } from './table-file.ts'
import { columnFrom } from './typed-column.ts'

/** Rows a preview looks at, and rows it shows. */
const PREVIEW_ROWS = 20_000
const ROWS_SHOWN = 200
const CELLS_SHOWN = 20_000
const DIGEST_BYTES = 1 << 20

/** What stands for a dialect where a file needs none. */
export const noDialect: Dialect = { ...commaDialect, quote: '', headerRow: null, firstDataRow: 1, missingTokens: [] }

const silent = { checkpoint: () => undefined, progress: () => undefined }

/** What stands in the beginning of a file that holds types; null where it holds none. */
export async function previewTyped(path: string): Promise<Preview | null> {
  return withTable(path, async (table, file) => {
    const started = performance.now()
    const log = new ProblemLog()
    const names = uniqueNames(table, log)
    const nRows = Math.min(table.nRows, PREVIEW_ROWS)
    const nShown = Math.min(nRows, ROWS_SHOWN, Math.max(1, Math.floor(CELLS_SHOWN / table.columns.length)))
    const rows = Array.from({ length: nShown }, (_, i) => ({ line: i + 1, cells: [] as (string | null)[] }))
    const columns: ColumnSummary[] = []
    for (const i of table.columns.keys()) {
      const { type, data, missing } = await columnFrom(table, i, names[i]!, nRows, log, () => undefined)
      columns.push(summarizeColumn({ name: names[i]!, type, data, missing, ...fresh }, undefined, silent))
      rows.forEach((row, at) => row.cells.push(writtenCell(data, at)))
    }
    return {
      fileName: file.name,
      typed: table.kind,
      fileBytes: file.bytes,
      bytesRead: nRows === table.nRows ? file.bytes : Math.floor((file.bytes * nRows) / table.nRows),
      milliseconds: performance.now() - started,
      dialect: noDialect,
      evidence: {},
      nRows,
      columns,
      rows,
      problems: log.report(),
      nRowsLeftOut: 0,
      ragged: 'leaveOut',
      ratings: recognizeRatings(columns, nRows)
    }
  })
}

/** Sends the columns of such a file chunk by chunk; null where it holds no types. */
export async function importTyped(task: ImportTask, outside: TaskOutside): Promise<ImportedTable | null> {
  const { post, checkpoint } = outside
  const sender = new ChunkSender(outside)
  return withTable(task.path, async (table, file) => {
    const log = new ProblemLog()
    const names = uniqueNames(table, log)
    const { nRows } = table
    for (let from = 0; from < nRows; from += CHUNK_ROWS) {
      const codes = Int32Array.from({ length: Math.min(CHUNK_ROWS, nRows - from) }, (_, i) => from + i + 1)
      sender.send(LINES_POSITION, from / CHUNK_ROWS, encodeChunk({ kind: 'codes', codes }))
    }
    const columns: ColumnSummary[] = []
    const dictionaries: (string[] | null)[] = []
    for (const i of table.columns.keys()) {
      checkpoint()
      post({ type: 'progress', phase: 'Reading and storing', fraction: (0.95 * i) / table.columns.length })
      const { type, data, missing } = await columnFrom(table, i, names[i]!, nRows, log, checkpoint)
      for (let from = 0; from < nRows; from += CHUNK_ROWS) {
        sender.send(i, from / CHUNK_ROWS, encodeChunk(cut(data, from, Math.min(nRows, from + CHUNK_ROWS))))
      }
      const watch = { checkpoint, progress: () => undefined }
      columns.push(summarizeColumn({ name: names[i]!, type, data, missing, ...fresh }, undefined, watch))
      dictionaries.push(data.kind === 'codes' ? data.dictionary : null)
    }
    sender.flush()
    return {
      nRows,
      columns,
      dictionaries,
      typed: table.kind,
      mistyped: [],
      chunkRows: CHUNK_ROWS,
      problems: log.report(),
      nRowsLeftOut: 0,
      ratings: recognizeRatings(columns, nRows),
      bytes: file.bytes,
      sha256: digestOf(file, checkpoint)
    }
  })
}

const fresh = { summary: null, origin: null, imputed: null }

async function withTable<T>(
  path: string,
  work: (table: TypedTable, file: RandomAccess) => Promise<T>
): Promise<T | null> {
  // A folder or a pipe is refused by name where text is read; opening a pipe would wait.
  if (!isRegularFile(path)) return null
  const { file, close } = openRandomAccess(path)
  try {
    const table = await openTyped(file)
    return table ? await work(table, file) : null
  } catch (thrown) {
    if (thrown instanceof EigendeskError) throw thrown
    // What a library says of bytes that break its rules.
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new EigendeskError('FILE_CORRUPT', { file: basename(path), reason })
  } finally {
    close()
  }
}

const isRegularFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false

/** Names as those of a text file are: never empty, all different. */
function uniqueNames({ columns }: TypedTable, log: ProblemLog): string[] {
  const { names, problems } = nameColumns(
    columns.map(({ name }) => name),
    columns.length
  )
  for (const problem of problems) log.add(problem)
  return names
}

function writtenCell(data: ColumnData, row: number): string | null {
  if (data.kind === 'text') return data.values[row] ?? null
  if (data.kind === 'codes') return data.dictionary[data.codes[row]!] ?? null
  const value = data.values[row]!
  return Number.isNaN(value) ? null : String(value)
}

function cut(data: ColumnData, from: number, to: number): ColumnChunk {
  if (data.kind === 'number') return { kind: 'number', values: data.values.subarray(from, to) }
  if (data.kind === 'codes') return { kind: 'codes', codes: data.codes.subarray(from, to) }
  return { kind: 'text', values: data.values.slice(from, to) }
}

function digestOf(file: RandomAccess, checkpoint: () => void): string {
  const digest = startDigest()
  for (let at = 0; at < file.bytes; at += DIGEST_BYTES) {
    checkpoint()
    digest.add(file.read(at, Math.min(file.bytes, at + DIGEST_BYTES)))
  }
  return digest.finish()
}
