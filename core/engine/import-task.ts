import type { Transferable } from 'node:worker_threads'
import type { ColumnChoice, Preview } from '../contract/table.ts'
import { encodeChunk } from '../table/chunks.ts'
import { previewTable, TableBuilder, TableProfiler, TAIL_BYTES } from '../table/read.ts'
import {
  CONTROL,
  PENDING_CHUNK_LIMIT,
  PREVIEW_BYTES,
  type ComputeMessage,
  type ImportedTable,
  type ImportTask,
  type PreviewTask
} from './compute-protocol.ts'
import { startDigest, TableFile } from './table-file.ts'

/** Column position under which the file lines of the rows are stored. */
export const LINES_POSITION = -1

/** How long one wait for the store lasts before cancel is looked at again, ms. */
const WAIT_MS = 100

export interface ImportOutside {
  post: (message: ComputeMessage, transfer?: Transferable[]) => void
  flags: Int32Array
  checkpoint: () => void
}

/** What is understood of the first bytes of a file. */
export function previewFile(task: PreviewTask): Preview {
  const file = new TableFile(task.path)
  try {
    const started = performance.now()
    const head = file.head(PREVIEW_BYTES)
    const tail = file.bytes > head.length ? file.tail(TAIL_BYTES) : undefined
    const preview = previewTable(head, file.bytes, file.name, task.dialect, task.types, task.ragged, {
      ...(tail && { tail }),
      fromLine: task.fromLine ?? 1
    })
    return { ...preview, milliseconds: performance.now() - started }
  } finally {
    file.close()
  }
}

/** Reads a whole file and sends its columns chunk by chunk. Where no types are given it is read twice: the first time
 * to tell them from every row. */
export function importFile(task: ImportTask, outside: ImportOutside): ImportedTable {
  const file = new TableFile(task.path)
  try {
    const columns = task.columns ?? profile(file, task, outside)
    return build(file, columns, task, outside)
  } finally {
    file.close()
  }
}

function profile(file: TableFile, task: ImportTask, outside: ImportOutside): ColumnChoice[] {
  const profiler = new TableProfiler(file.name, task.dialect, task.ragged, { types: task.types })
  let read = 0
  for (const block of file.blocks()) {
    outside.checkpoint()
    profiler.push(block)
    read += block.length
    outside.post({ type: 'progress', phase: 'Telling the types', fraction: (0.4 * read) / file.bytes })
  }
  return profiler.finish().columns.map(({ name, type }, index) => ({ index, name, type }))
}

function build(file: TableFile, columns: ColumnChoice[], task: ImportTask, outside: ImportOutside): ImportedTable {
  const from = task.columns ? 0 : 0.4
  const send = (position: number, chunk: number, data: Uint8Array): void => {
    waitForRoom(outside)
    Atomics.add(outside.flags, CONTROL.pending, 1)
    outside.post({ type: 'chunk', position, chunk, data }, [data.buffer as ArrayBuffer])
  }
  const builder = new TableBuilder(file.name, task.dialect, columns, task.ragged, {
    chunk: (position, index, chunk) => send(position, index, encodeChunk(chunk)),
    lines: (index, lines) => send(LINES_POSITION, index, encodeChunk({ kind: 'codes', codes: lines }))
  })
  const digest = startDigest()
  let read = 0
  for (const block of file.blocks()) {
    outside.checkpoint()
    digest.add(block)
    builder.push(block)
    read += block.length
    const fraction = from + ((1 - from) * read) / file.bytes
    outside.post({ type: 'progress', phase: 'Reading and storing', fraction })
  }
  return { ...builder.finish(), bytes: file.bytes, sha256: digest.finish() }
}

/** Lets the store catch up: what is parsed and not stored stays within bounds. */
export function waitForRoom({ flags, checkpoint }: ImportOutside): void {
  for (;;) {
    checkpoint()
    const pending = Atomics.load(flags, CONTROL.pending)
    if (pending < PENDING_CHUNK_LIMIT) return
    Atomics.wait(flags, CONTROL.pending, pending, WAIT_MS)
  }
}
