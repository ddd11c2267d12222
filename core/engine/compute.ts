import { parentPort, type MessagePort, type Transferable } from 'node:worker_threads'
import { analysisRuns } from '../analyses/runs.ts'
import { EigendeskError, toErrorData } from '../contract/errors.ts'
import { CONTROL, type ComputeMessage, type ComputeStart, type RunTask } from './compute-protocol.ts'
import { compareVersions } from '../table/difference.ts'
import { ComputeTeam } from './compute-team.ts'
import { prepareTable } from './prepare-task.ts'
import { exportTable } from './export-task.ts'
import { look, type LookOutside } from './look-task.ts'
import { LaneTeam } from './lane-team.ts'
import { importFile, previewFile, type ImportOutside } from './import-task.ts'

/** The compute worker: one task at a time, over shared memory, without SQL and without a window. */
const port: MessagePort = parentPort!
/** The files of the threads lie beside this one, as source and as built. */
const beside = (name: string): URL => new URL(import.meta.url.replace(/compute(\.\w+)$/, `${name}$1`))
const team = new ComputeTeam(beside('team-member'))
const lanes = new LaneTeam(beside('lane-member'))

port.on('message', ({ task, control }: ComputeStart) => {
  const flags = new Int32Array(control)
  const post = (message: ComputeMessage, transfer: Transferable[] = []): void => port.postMessage(message, transfer)
  const outside: ImportOutside = {
    post,
    flags,
    checkpoint: () => {
      if (Atomics.load(flags, CONTROL.cancel) === 1) throw new EigendeskError('CANCELLED')
    }
  }
  try {
    if (task.task === 'preview') post({ type: 'previewed', preview: previewFile(task) })
    else if (task.task === 'import') post({ type: 'imported', table: importFile(task, lanes, outside) })
    else if (task.task === 'prepare') post(withTeam(() => prepareTable(task, outside)))
    else if (task.task === 'compare') {
      post({ type: 'compared', difference: compareVersions(task.before, task.after, outside.checkpoint) })
    } else if (task.task === 'export') post({ type: 'exported', bytes: exportTable(task, outside) })
    else if (task.task === 'look') post({ type: 'looked', answer: withTeam(() => look(task, lookOutside(outside))) })
    else post({ type: 'ran', result: withTeam(() => runAnalysis(task, outside)) })
  } catch (thrown) {
    post({ type: 'failed', error: toErrorData(thrown) })
  }
})

function runAnalysis({ kind, params, table, others }: RunTask, { post, checkpoint }: ImportOutside) {
  const progress = (phase: string, fraction: number, point?: Record<string, number>): void =>
    post(point ? { type: 'progress', phase, fraction, point } : { type: 'progress', phase, fraction })
  return analysisRuns[kind](table, params as never, { progress, checkpoint }, others)
}

function lookOutside({ post, checkpoint }: ImportOutside): LookOutside {
  return { checkpoint, progress: (phase, fraction) => post({ type: 'progress', phase, fraction }) }
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
