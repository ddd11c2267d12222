import { constants, crc32, deflateRawSync } from 'node:zlib'
import { analysisExports } from '../analyses/exports.ts'
import type { ExportTable } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { ExportChoices, ExportFormat } from '../contract/export.ts'
import { writeCsv } from '../export/csv.ts'
import { writeJson } from '../export/json.ts'
import { writeNpy, writeNpz } from '../export/numpy.ts'
import { writeParquet } from '../export/parquet.ts'
import { countChunks, selectRows, tableSource, type ExportSource } from '../export/source.ts'
import type { ZipTools } from '../formats/zip.ts'
import { FILLED_ARRAYS, type ExportTask, type StoredTable } from './export-request.ts'
import { textsOf } from './row-names.ts'
import { reading, type SessionReader } from './session-reader.ts'
import type { ResultReference } from './session-requests.ts'
import type { TaskOutside } from './task-outside.ts'
import { writeWhole } from './write-whole.ts'

/** Writes a table to a file, whole or not at all. Returns its bytes.
 * @throws CANCELLED | FILE_NOT_WRITABLE | what the format refuses */
export function exportTable({ path, format, choices, from }: ExportTask, outside: TaskOutside): number {
  return reading(outside, (reader) => {
    if ('table' in from)
      return writeSource(path, format, choices, watchSource(tableSource(tableOf(from, reader)), outside))
    const { stored, filled } = from
    const table = storedSource(stored, reader)
    const whole = filled ? fillSource(table, filled, reader) : table
    const source = watchSource(stored.rows ? selectRows(whole, stored.rows) : whole, outside)
    const bytes = writeSource(path, format, choices, source)
    if (choices.metadata && (format === 'csv' || format === 'tsv')) {
      writeWhole(`${path}.meta.json`, [`${JSON.stringify(stored.provenance, null, 2)}\n`])
    }
    return bytes
  })
}

/** One of the tables of a result. @throws ARRAY_UNKNOWN */
function tableOf(from: Extract<ExportTask['from'], { table: string }>, reader: SessionReader): ExportTable {
  const { table, result, label, columns } = from
  const stored = { ...reader.result<never>(result), table: () => columns.map((column) => reader.column(column)) }
  const tables = analysisExports[result.kind](stored, label && textsOf(reader.column(label)))
  const wanted = tables.find(({ name }) => name === table)
  if (!wanted) throw new EigendeskError('ARRAY_UNKNOWN', { value: table })
  return wanted
}

/** A dataset, of which one chunk of one column is in memory at a time. */
export const storedSource = (stored: StoredTable, reader: SessionReader): ExportSource => ({
  ...stored,
  label: stored.name,
  chunk: (column, chunk) => reader.chunk(stored.columns[column]!, chunk)
})

/** The same with the cells in it that a fit filled in. */
function fillSource(source: ExportSource, result: ResultReference, reader: SessionReader): ExportSource {
  if (!FILLED_ARRAYS.every((name) => Object.hasOwn(result.arrays, name))) return source
  const [rows, places, values] = FILLED_ARRAYS.map((name) => reader.array(result, name).data)
  const fitted = result.summary['columns'] as string[]
  return {
    ...source,
    chunk: (column, index) => {
      const chunk = source.chunk(column, index)
      if (chunk.kind !== 'number') return chunk
      const from = index * source.chunkRows
      const { name } = source.columns[column]!
      rows!.forEach((row, at) => {
        const within = row - from
        if (fitted[places![at]!] === name && within >= 0 && within < chunk.values.length) {
          chunk.values[within] = values![at]!
        }
      })
      return chunk
    }
  }
}

export function writeSource(path: string, format: ExportFormat, choices: ExportChoices, source: ExportSource): number {
  return writeWhole(path, writers[format](source, choices))
}

type Writer = (source: ExportSource, choices: ExportChoices) => Iterable<string | Uint8Array>

const writers: Record<ExportFormat, Writer> = {
  csv: writeCsv,
  tsv: (source, choices) => writeCsv(source, { ...choices, delimiter: '\t' }),
  json: writeJson,
  npy: writeNpy,
  npz: (source, { compress }) => writeNpz(source, compress ? deflated : storedAsIs),
  parquet: writeParquet
}

/** A deflate stream in pieces: each ends at a whole byte, and only the last one ends the stream. */
export const deflated: ZipTools = {
  crc32,
  deflate: (bytes, last) =>
    deflateRawSync(bytes, { finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH, level: 6 })
}
export const storedAsIs: ZipTools = { crc32, deflate: null }

/** The same source, which tells how far it is and stops where it was cancelled. */
export function watchSource(source: ExportSource, { post, checkpoint }: TaskOutside): ExportSource {
  const total = Math.max(1, source.columns.length * countChunks(source))
  let done = 0
  return {
    ...source,
    chunk: (column, chunk) => {
      checkpoint()
      // A format may look at a column before it writes it.
      post({ type: 'progress', phase: 'Writing', fraction: Math.min(0.99, done++ / total) })
      return source.chunk(column, chunk)
    }
  }
}
