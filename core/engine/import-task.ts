import type { ColumnChoice, Preview } from '../contract/table.ts'
import { EigendeskError } from '../contract/errors.ts'
import { chooseChunkRows, storageKind } from '../table/chunks.ts'
import { ChunkTooLarge, previewTable, TableProfiler, TAIL_BYTES } from '../table/read.ts'
import { PREVIEW_BYTES, type ImportedTable, type ImportTask, type PreviewTask } from './compute-protocol.ts'
import type { LaneTeam } from './lane-team.ts'
import { buildTable, type OnBytes } from './build-table.ts'
import type { TableInput } from './byte-source.ts'
import { isGzip, PackedFile } from './packed-file.ts'
import { startDigest, TableFile } from './table-file.ts'
import type { TaskOutside } from './task-outside.ts'

/** Bytes from which the types of the columns are guessed, to be confirmed by the rest. */
const HEAD_BYTES = 256 * 1024
/** Where these show nothing but numbers, they are enough. */
const FIRST_BYTES = 64 * 1024
/** By how much chunks shrink where they were too large. */
const FEWER_ROWS = 16
/** Progress is told at most this often, ms. */
const PROGRESS_MS = 40

/** A table as text, unpacked where it is packed.
 * @param memberUrl the thread that unpacks */
function openTable(path: string, memberUrl: URL, checkpoint: () => void): TableInput {
  return isGzip(path) ? new PackedFile(path, memberUrl, checkpoint) : new TableFile(path)
}

/** What is understood of the first bytes of a file. */
export function previewFile(task: PreviewTask, memberUrl: URL, checkpoint: () => void): Preview {
  const file = openTable(task.path, memberUrl, checkpoint)
  try {
    const started = performance.now()
    const head = file.head(PREVIEW_BYTES)
    const bytes = head.length < PREVIEW_BYTES ? head.length : file.unpackedBytes(head.length)
    const tail = bytes > head.length ? file.tail(TAIL_BYTES) : null
    const preview = previewTable(head, bytes, file.name, task.dialect, task.types, task.ragged, {
      ...(tail && { tail }),
      fromLine: task.fromLine ?? 1
    })
    return { ...preview, milliseconds: performance.now() - started }
  } finally {
    file.close()
  }
}

/** Reads a whole file and sends its columns chunk by chunk. Where no types are given they are told from the head of the
 * file; where the rest of it speaks for another type, it is read again with the types of every row. */
export function importFile(task: ImportTask, team: LaneTeam, memberUrl: URL, outside: TaskOutside): ImportedTable {
  const file = openTable(task.path, memberUrl, outside.checkpoint)
  try {
    const columns = task.columns ?? profileHead(file, task, outside)
    const first = read(file, columns, task, team, outside)
    if (task.columns || first.mistyped.every(({ index }) => task.types[String(index)] !== undefined)) return first
    outside.post({ type: 'restart' })
    return read(file, profile(Infinity, file, task, outside), task, team, outside)
  } finally {
    file.close()
  }
}

/** The types as the beginning of the file shows them: enough of it to have a row, but for a file that has none. */
function profileHead(file: TableInput, task: ImportTask, outside: TaskOutside): ColumnChoice[] {
  for (let bytes = FIRST_BYTES; bytes < file.bytes; bytes = bytes < HEAD_BYTES ? HEAD_BYTES : 32 * bytes) {
    try {
      const columns = profile(bytes, file, task, outside)
      if (bytes >= HEAD_BYTES || columns.every(({ type }) => type === 'number')) return columns
    } catch (thrown) {
      if (!(thrown instanceof EigendeskError && thrown.data.code === 'NO_ROWS')) throw thrown
    }
  }
  return profile(Infinity, file, task, outside)
}

/** The types of the columns, as the first bytes show them. */
function profile(limit: number, file: TableInput, task: ImportTask, outside: TaskOutside): ColumnChoice[] {
  const profiler = new TableProfiler(file.name, task.dialect, task.ragged, { types: task.types })
  const onBytes = teller('Telling the types', outside)
  let done = 0
  for (const block of file.blocks(limit)) {
    outside.checkpoint()
    profiler.push(block)
    done += block.length
    onBytes(Math.min(done, file.bytes), file.bytes)
  }
  return profiler.finish(done < limit).columns.map(({ name, type }, index) => ({ index, name, type }))
}

function read(
  file: TableInput,
  columns: readonly ColumnChoice[],
  task: ImportTask,
  team: LaneTeam,
  outside: TaskOutside
): ImportedTable {
  const onBytes = teller('Reading and storing', outside)
  for (let chunkRows = chunkRowsFor(file, columns); ; chunkRows = Math.max(1, chunkRows / FEWER_ROWS)) {
    const digest = startDigest()
    try {
      const built = buildTable(file.source(digest), columns, task, chunkRows, team, outside, onBytes)
      return { ...built, chunkRows, bytes: file.bytes, sha256: digest.finish() }
    } catch (thrown) {
      if (!(thrown instanceof ChunkTooLarge) || chunkRows === 1) throw thrown
      outside.post({ type: 'restart' })
    }
  }
}

/** Texts in memory are several times as large as in the file, while they are made and sent. */
const TEXT_FACTOR = 4

/** Numbers take eight bytes, texts about as many as in the file. */
function chunkRowsFor(file: TableInput, columns: readonly ColumnChoice[]): number {
  const head = file.head(HEAD_BYTES)
  let lines = 0
  for (const byte of head) if (byte === 10 || byte === 13) lines++
  const factor = columns.some(({ type }) => storageKind(type) === 'text') ? TEXT_FACTOR : 1
  return chooseChunkRows(Math.max(8 * columns.length, (factor * head.length) / Math.max(1, lines)))
}

/** Tells how far it is, as often as is of use to anybody. */
function teller(phase: string, { post }: TaskOutside): OnBytes {
  let last = -Infinity
  return (done, total) => {
    const now = performance.now()
    if (now - last < PROGRESS_MS && done < total) return
    last = now
    post({ type: 'progress', phase, fraction: done / total, bytes: { done, total } })
  }
}
