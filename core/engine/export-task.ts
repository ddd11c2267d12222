import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { ExportChoices, ExportFormat } from '../contract/export.ts'
import { writeCsv } from '../export/csv.ts'
import { writeJson } from '../export/json.ts'
import { writeNpy, writeNpz } from '../export/numpy.ts'
import { writeParquet } from '../export/parquet.ts'
import { countChunks, selectRows, tableSource, type ExportSource } from '../export/source.ts'
import type { ZipTools } from '../formats/zip.ts'
import { decodeChunk, storageKind } from '../table/chunks.ts'
import { Asker } from './requests.ts'
import type { ChunkRequest, ExportTask } from './export-request.ts'
import type { TaskOutside } from './task-outside.ts'
import { writeWhole } from './write-whole.ts'

/** Writes a table to a file, whole or not at all. Returns its bytes.
 * @throws CANCELLED | FILE_NOT_WRITABLE | what the format refuses */
export function exportTable({ path, format, choices, from }: ExportTask, outside: TaskOutside): number {
  if ('table' in from) return write(path, format, choices, watch(tableSource(from.table), outside))
  const { stored } = from
  const chunks = new Asker<ChunkRequest, Uint8Array>(outside.checkpoint)
  outside.post({ type: 'reading', requests: chunks.requests }, [chunks.requests.port])
  try {
    const whole: ExportSource = {
      ...stored,
      label: stored.name,
      chunk: (column, chunk) => {
        const { position, type } = stored.columns[column]!
        return decodeChunk(storageKind(type), chunks.ask({ position, chunk }))
      }
    }
    const source = watch(stored.rows ? selectRows(whole, stored.rows) : whole, outside)
    const bytes = write(path, format, choices, source)
    if (choices.metadata && (format === 'csv' || format === 'tsv')) {
      writeWhole(`${path}.meta.json`, [`${JSON.stringify(stored.provenance, null, 2)}\n`])
    }
    return bytes
  } finally {
    chunks.close()
  }
}

function write(path: string, format: ExportFormat, choices: ExportChoices, source: ExportSource): number {
  return writeWhole(path, writers[format](source, choices))
}

type Writer = (source: ExportSource, choices: ExportChoices) => Iterable<string | Uint8Array>

const writers: Record<ExportFormat, Writer> = {
  csv: writeCsv,
  tsv: (source, choices) => writeCsv(source, { ...choices, delimiter: '\t' }),
  json: writeJson,
  npy: writeNpy,
  npz: (source, { compress }) => writeNpz(source, compress ? deflated : stored),
  parquet: writeParquet
}

/** A deflate stream in pieces: each ends at a whole byte, and only the last one ends the stream. */
const deflated: ZipTools = {
  crc32,
  deflate: (bytes, last) =>
    deflateRawSync(bytes, { finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH, level: 6 })
}
const stored: ZipTools = { crc32, deflate: null }

/** The same source, which tells how far it is and stops where it was cancelled. */
function watch(source: ExportSource, { post, checkpoint }: TaskOutside): ExportSource {
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
