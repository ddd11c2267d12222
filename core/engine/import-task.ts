import type { Transferable } from 'node:worker_threads'
import type { ColumnChoice, Preview } from '../contract/table.ts'
import { previewTable, TableProfiler, TAIL_BYTES } from '../table/read.ts'
import {
  PREVIEW_BYTES,
  type ComputeMessage,
  type ImportedTable,
  type ImportTask,
  type PreviewTask
} from './compute-protocol.ts'
import type { LaneTeam } from './lane-team.ts'
import { buildTable, type OnBytes } from './build-table.ts'
import { startDigest, TableFile } from './table-file.ts'

/** Column position under which the file lines of the rows are stored. */
export const LINES_POSITION = -1

/** Bytes from which the types of the columns are guessed, to be confirmed by the rest. */
const HEAD_BYTES = 512 * 1024
/** Progress is told at most this often, ms. */
const PROGRESS_MS = 40

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

/** Reads a whole file and sends its columns chunk by chunk. Where no types are given they are told from the head of the
 * file; where the rest of it speaks for another type, it is read again with the types of every row. */
export function importFile(task: ImportTask, team: LaneTeam, outside: ImportOutside): ImportedTable {
  const file = new TableFile(task.path)
  try {
    const columns = task.columns ?? profile(file.blocks(Math.min(file.bytes, HEAD_BYTES)), file, task, outside)
    const first = read(file, columns, task, team, outside)
    if (task.columns || first.mistyped.every(({ index }) => task.types[String(index)] !== undefined)) return first
    outside.post({ type: 'restart' })
    return read(file, profile(file.blocks(), file, task, outside), task, team, outside)
  } finally {
    file.close()
  }
}

/** The types of the columns, as the bytes given show them. */
function profile(
  blocks: Iterable<Uint8Array>,
  file: TableFile,
  task: ImportTask,
  outside: ImportOutside
): ColumnChoice[] {
  const profiler = new TableProfiler(file.name, task.dialect, task.ragged, { types: task.types })
  const onBytes = teller('Telling the types', outside)
  let done = 0
  for (const block of blocks) {
    outside.checkpoint()
    profiler.push(block)
    done += block.length
    onBytes(done, file.bytes)
  }
  return profiler.finish(done === file.bytes).columns.map(({ name, type }, index) => ({ index, name, type }))
}

function read(
  file: TableFile,
  columns: readonly ColumnChoice[],
  task: ImportTask,
  team: LaneTeam,
  outside: ImportOutside
): ImportedTable {
  const digest = startDigest()
  const onBytes = teller('Reading and storing', outside)
  const built = buildTable(file.source(digest), columns, task, team, outside, onBytes)
  return { ...built, bytes: file.bytes, sha256: digest.finish() }
}

/** Tells how far it is, as often as is of use to anybody. */
function teller(phase: string, { post }: ImportOutside): OnBytes {
  let last = -Infinity
  return (done, total) => {
    const now = performance.now()
    if (now - last < PROGRESS_MS && done < total) return
    last = now
    post({ type: 'progress', phase, fraction: done / total, bytes: { done, total } })
  }
}
