import { parentPort, type MessagePort, type Transferable } from 'node:worker_threads'
import { analysisRuns, studyRuns } from '../analyses/runs.ts'
import type { AnalysisResult, RunContext } from '../contract/analysis.ts'
import { EigendeskError, toErrorData } from '../contract/errors.ts'
import {
  CONTROL,
  type ComputeMessage,
  type ComputeStart,
  type ImportTask,
  type PreviewTask,
  type RunTask,
  type StudyTask
} from './compute-protocol.ts'
import { kernels } from '../linalg/kernels/kernels.ts'
import { byColumns } from './by-columns.ts'
import { compareStored } from './compare-task.ts'
import { ComputeTeam } from './compute-team.ts'
import { prepareTable } from './prepare-task.ts'
import { answerQuestion } from './recommend-task.ts'
import { carryAway } from './carry-task.ts'
import { carrySvd } from './carry-svd-task.ts'
import { exportTable } from './export-task.ts'
import { look, type LookOutside } from './look-task.ts'
import { LaneTeam } from './lane-team.ts'
import { importTyped, previewTyped } from './typed-import.ts'
import { importFile, previewFile } from './import-task.ts'
import { previewMovieLens } from './movielens-preview.ts'
import { reading } from './session-reader.ts'
import type { TaskOutside } from './task-outside.ts'

/** The compute worker: one task at a time, over shared memory, without SQL and without a window. */
const port: MessagePort = parentPort!
/** The files of the threads lie beside this one, as source and as built. */
const beside = (name: string): URL => new URL(import.meta.url.replace(/compute(\.\w+)$/, `${name}$1`))
const team = new ComputeTeam(beside('team-member'))
const lanes = new LaneTeam(beside('lane-member'))
const unpacker = beside('unpack-member')

port.on('message', ({ task, control }: ComputeStart) => {
  const flags = new Int32Array(control)
  const post = (message: ComputeMessage, transfer: Transferable[] = []): void => port.postMessage(message, transfer)
  const outside: TaskOutside = {
    post,
    flags,
    checkpoint: () => {
      if (Atomics.load(flags, CONTROL.cancel) === 1) throw new EigendeskError('CANCELLED')
    }
  }
  try {
    if (task.task === 'preview') void answer(post, previewAny(task, outside))
    else if (task.task === 'warm') post(withTeam(() => warm(task.bytes)))
    else if (task.task === 'import') void answer(post, importAny(task, outside))
    else if (task.task === 'previewMovieLens') {
      post({ type: 'previewed-movielens', preview: previewMovieLens(task, outside.checkpoint) })
    } else if (task.task === 'prepare') post(withTeam(() => prepareTable(task, outside)))
    else if (task.task === 'compare') {
      post({ type: 'compared', difference: compareStored(task, outside) })
    } else if (task.task === 'recommend') post({ type: 'recommended', answer: answerQuestion(task, outside) })
    else if (task.task === 'carry') post({ type: 'carried', ...withTeam(() => carryAway(task, outside)) })
    else if (task.task === 'carrySvd') post({ type: 'carried', bytes: withTeam(() => carrySvd(task, outside)) })
    else if (task.task === 'export') post({ type: 'exported', bytes: exportTable(task, outside) })
    else if (task.task === 'look') post({ type: 'looked', answer: withTeam(() => look(task, lookOutside(outside))) })
    else
      giveResult(
        withTeam(() => (task.task === 'study' ? runStudy(task, outside) : runAnalysis(task, outside))),
        post
      )
  } catch (thrown) {
    post({ type: 'failed', error: toErrorData(thrown) })
  }
})

/** Work that waits now and then, and its end. */
async function answer(post: (message: ComputeMessage) => void, work: Promise<ComputeMessage>): Promise<void> {
  post(await work.catch((thrown: unknown) => ({ type: 'failed' as const, error: toErrorData(thrown) })))
}

/** A file in which types stand, or else a text. */
async function previewAny(task: PreviewTask, outside: TaskOutside): Promise<ComputeMessage> {
  return {
    type: 'previewed',
    preview: (await previewTyped(task.path)) ?? previewFile(task, unpacker, outside.checkpoint)
  }
}

/** Memory that the system has found before a run asks for it. */
function warm(bytes: number): ComputeMessage {
  const { memory } = kernels()
  memory.frame(() => memory.allocate(bytes / Float64Array.BYTES_PER_ELEMENT).fill(0))
  return { type: 'warmed' }
}

async function importAny(task: ImportTask, outside: TaskOutside): Promise<ComputeMessage> {
  return { type: 'imported', table: (await importTyped(task, outside)) ?? importFile(task, lanes, unpacker, outside) }
}

/** The arrays of a result are given away, not copied: a hundred megabytes of scores take a tenth of a second. An array whose
 * memory it does not have to itself is copied all the same. */
function giveResult(
  result: AnalysisResult<Record<string, unknown>>,
  post: (message: ComputeMessage, transfer: Transferable[]) => void
): void {
  const arrays = Object.fromEntries(Object.entries(result.arrays).map(([name, array]) => [name, byColumns(array)]))
  const own = Object.values(arrays)
    .filter(({ data }) => data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength)
    .map(({ data }) => data.buffer as ArrayBuffer)
  const lends = Object.values(arrays).some(({ data }) => data.buffer instanceof SharedArrayBuffer)
  post({ type: 'ran', result: { ...result, arrays }, lends }, [...new Set(own)])
}

function runAnalysis({ kind, params, table, others }: RunTask, outside: TaskOutside) {
  return analysisRuns[kind](table, params as never, { ...contextOf(outside), lend: true }, others)
}

function runStudy({ kind, params, table, others, before, analysis }: StudyTask, outside: TaskOutside) {
  return reading(outside, (reader) => {
    const { array } = reader.result(analysis)
    const input = {
      table,
      others,
      before,
      params: analysis.params,
      summary: analysis.summary,
      array: (name: string) => (Object.hasOwn(analysis.arrays, name) ? array(name) : undefined)
    }
    const keep = (summary: Record<string, unknown>): void => outside.post({ type: 'kept', summary })
    return studyRuns[kind](input as never, params as never, { ...contextOf(outside), keep })
  })
}

function contextOf({ post, checkpoint }: TaskOutside): RunContext {
  return {
    checkpoint,
    progress: (phase, fraction, point) =>
      post(point ? { type: 'progress', phase, fraction, point } : { type: 'progress', phase, fraction })
  }
}

function lookOutside({ post, checkpoint }: TaskOutside): LookOutside {
  return { post, checkpoint, progress: (phase, fraction) => post({ type: 'progress', phase, fraction }) }
}

/** Work that uses the linear algebra, with the threads that share it. */
function withTeam<T>(work: () => T): T {
  team.assemble()
  try {
    return work()
  } finally {
    team.rest()
  }
}
