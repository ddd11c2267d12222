import type { ColumnData } from '../contract/table.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { Watch } from '../linalg/watch.ts'
import { applySteps, workingTable } from '../preparation/apply-steps.ts'
import { runsOf } from '../preparation/row-runs.ts'
import { summarizeColumn } from '../preparation/summarize-column.ts'
import { CHUNK_ROWS, type ColumnChunk, encodeChunk, LINES_POSITION } from '../table/chunks.ts'
import { recognizeRatings } from '../table/ratings.ts'
import { ChunkSender } from './chunk-sender.ts'
import type { ComputeMessage, PrepareTask } from './compute-protocol.ts'
import type { TaskOutside } from './task-outside.ts'

/** Share of the work that the steps themselves are taken to be; the rest is counting and storing. */
const STEPS_SHARE = 0.6

/** Carries out the steps of a preparation and sends the columns of the result chunk by chunk.
 * @throws what the step that cannot be done says, with its number; CANCELLED */
export function prepareTable(task: PrepareTask, outside: TaskOutside): ComputeMessage {
  const { post, checkpoint } = outside
  const { steps, table, columns: summaries } = task
  const watch: Watch = {
    checkpoint,
    progress: (fraction) => post({ type: 'progress', phase: 'Preparing', fraction: STEPS_SHARE * fraction })
  }
  const applied = applySteps(workingTable(table, summaries, task.dialect, task.imputed, task.attached), steps, watch)
  if (task.previewOnly) {
    const { stages, reports, failure } = applied
    return { type: 'prepare-previewed', preview: { stages, reports, failure } }
  }
  if (applied.failure) {
    const { step, error } = applied.failure
    throw EigendeskError.from({ ...error, where: { ...error.where, step: step + 1 } })
  }
  const { table: result } = applied
  const sender = new ChunkSender(outside)
  const store = (position: number, data: ColumnData): void => {
    for (let chunk = 0; chunk * CHUNK_ROWS < result.nRows; chunk++) {
      sender.send(position, chunk, encodeChunk(cut(data, chunk * CHUNK_ROWS, (chunk + 1) * CHUNK_ROWS)))
    }
  }
  store(LINES_POSITION, { kind: 'codes', name: '', codes: result.lines, dictionary: [] })
  const before = new Map(summaries.map((summary) => [summary.name, summary]))
  const columns = result.columns.map((column, position) => {
    store(position, column.data)
    const done = (position + 1) / result.columns.length
    post({ type: 'progress', phase: 'Storing', fraction: STEPS_SHARE + (1 - STEPS_SHARE) * done })
    return summarizeColumn(column, before.get(column.origin ?? ''), watch)
  })
  sender.flush()
  return {
    type: 'prepared',
    table: {
      nRows: result.nRows,
      columns,
      dictionaries: result.columns.map(({ data }) => (data.kind === 'codes' ? data.dictionary : null)),
      ratings: recognizeRatings(columns, result.nRows),
      reports: applied.reports,
      origins: result.columns.map((column) => column.origin),
      imputed: Object.fromEntries(
        result.columns.flatMap(({ name, imputed }) => (imputed ? [[name, runsOf(imputed)] as const] : []))
      )
    }
  }
}

function cut(data: ColumnData, from: number, to: number): ColumnChunk {
  if (data.kind === 'number') return { kind: 'number', values: data.values.subarray(from, to) }
  if (data.kind === 'codes') return { kind: 'codes', codes: data.codes.subarray(from, to) }
  return { kind: 'text', values: data.values.slice(from, to) }
}
