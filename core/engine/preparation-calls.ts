import { randomUUID } from 'node:crypto'
import type { EngineEvent } from '../contract/calls.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { Role, Roles, Step } from '../contract/preparation.ts'
import type { DatasetInfo } from '../contract/session.ts'
import type { TableView } from '../contract/table.ts'
import { isInRuns } from '../preparation/row-runs.ts'
import type { FinishedImport } from '../session/datasets.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { ComputePool } from './compute-pool.ts'
import type { PreparedTable, PrepareTask } from './compute-protocol.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobControl, JobQueue } from './jobs.ts'
import { attachedTo } from './attached.ts'
import { PreviewTable } from './preview-table.ts'
import { readTable } from './read-table.ts'
import { SlowWork } from './slow-work.ts'

type PreparationCalls =
  'preparation.preview' | 'preparation.derive' | 'preparation.change' | 'dataset.setRoles' | 'dataset.imputed'

/** What is to be made: from which dataset, under which name, and which one it takes the place of. */
interface Order {
  parent: DatasetInfo
  steps: Step[]
  name: string
  replaces?: string
}

/** Calls that derive datasets from others. */
export function preparationHandlers(
  desk: Desk,
  jobs: JobQueue,
  pool: ComputePool,
  emit: (event: EngineEvent) => void
): Pick<Handlers, PreparationCalls> {
  const work = new SlowWork(jobs)
  const previewed = new PreviewTable()
  const start = (order: Order): { jobId: string } => {
    const { session } = desk
    const jobId = jobs.add({ kind: 'prepare', name: `Prepare ${order.name}` }, async (control) => {
      const datasetId = await prepareAndStore(pool, session, order, control)
      emit({ event: 'session.changed' })
      return { datasetId, ...(order.replaces !== undefined && { replaced: order.replaces }) }
    })
    return { jobId }
  }
  return {
    'preparation.preview': ({ datasetId, steps }) => {
      const { session } = desk
      const parent = session.datasets.get(datasetId)
      return work.run('preview', { name: `Look ahead at ${parent.name}`, datasetId }, async (control) => {
        const table = await previewed.read(session, datasetId, parent.source.fileName)
        control.checkpoint()
        const running = pool.start(taskFor(session, parent, table, steps, true), (message) => {
          if (message.type === 'progress') control.progress(message.phase, message.fraction)
        })
        control.follow(running)
        const message = await running.done
        if (message.type !== 'prepare-previewed') throw unexpected(message.type)
        return message.preview
      })
    },
    'preparation.derive': ({ datasetId, steps, name }) =>
      start({ parent: desk.session.datasets.get(datasetId), steps, name }),
    'preparation.change': ({ datasetId, steps, name }) => {
      const { datasets, analyses } = desk.session
      const dataset = datasets.get(datasetId)
      const parentId = dataset.preparation?.parentId
      const all = datasets.list()
      const parent = all.find(({ id }) => id === parentId)
      if (!parent) throw new EigendeskError('PARENT_GONE')
      const used =
        analyses.list().some((analysis) => analysis.datasetId === datasetId) ||
        all.some(({ preparation }) => preparation?.parentId === datasetId)
      const order = { parent, steps, name: name ?? (used ? nextName(dataset.name, all) : dataset.name) }
      return start(used ? order : { ...order, replaces: datasetId })
    },
    'dataset.setRoles': ({ datasetId, roles }) => {
      const dataset = desk.session.datasets.get(datasetId)
      const names = dataset.columns.map((column) => column.name)
      const unknown = Object.keys(roles).find((name) => !names.includes(name))
      if (unknown !== undefined) {
        throw new EigendeskError('COLUMN_UNKNOWN', { value: unknown, limit: names.join(', ') })
      }
      const { history, preparations } = desk.session
      const next = Object.entries({ ...dataset.roles, ...roles }).filter(
        (entry): entry is [string, Role] => entry[1] !== null
      )
      history.record(`change the roles of ${dataset.name}`, () =>
        preparations.setRoles(datasetId, Object.fromEntries(next))
      )
      emit({ event: 'session.changed' })
      return {}
    },
    'dataset.imputed': ({ datasetId, rows }) => {
      const filled = Object.entries(desk.session.preparations.imputed(datasetId))
      return Object.fromEntries(
        filled
          .map(([name, runs]) => [name, rows.filter((row) => isInRuns(runs, row))] as const)
          .filter(([, marked]) => marked.length > 0)
      )
    }
  }
}

const unexpected = (type: string): EigendeskError =>
  new EigendeskError('INTERNAL', { reason: `the preparation answered ${type}` })

function taskFor(
  session: SessionFile,
  parent: DatasetInfo,
  table: TableView,
  steps: Step[],
  previewOnly: boolean
): PrepareTask {
  const { columns, source } = parent
  const imputed = session.preparations.imputed(parent.id)
  const attached = attachedTo(session, parent.id, steps)
  return { task: 'prepare', table, columns, imputed, attached, dialect: source.dialect, steps, previewOnly }
}

/** Derives a dataset in a worker and stores it whole; a failure leaves nothing. Returns its id. */
export async function prepareAndStore(
  pool: ComputePool,
  session: SessionFile,
  order: Order,
  control: JobControl
): Promise<string> {
  const { parent, steps, name, replaces } = order
  const { datasets, preparations } = session
  const id = randomUUID()
  control.progress('Reading the columns', 0)
  let cancelled = false
  control.onCancel(() => (cancelled = true))
  const table = await readTable(session, parent.id, parent.source.fileName, () => {
    if (cancelled) throw new EigendeskError('CANCELLED')
  })
  const task = taskFor(session, parent, table, steps, false)
  datasets.begin(id, name)
  try {
    const running = pool.start(task, (message) => {
      if (message.type === 'chunks') datasets.addChunks(id, message.chunks)
      else if (message.type === 'progress') control.progress(message.phase, message.fraction)
    })
    control.onCancel(running.cancel)
    const message = await running.done
    if (message.type !== 'prepared') throw unexpected(message.type)
    const { table: made } = message
    const prepared = steps.map((step, at) => ({ step, report: made.reports[at]! }))
    const { roles, imputed } = { roles: inheritRoles(parent.roles, made), imputed: made.imputed }
    preparations.describe(id, { parentId: parent.id, steps: prepared, roles, imputed }, replaces)
    const finished: FinishedImport = {
      nRows: made.nRows,
      columns: made.columns,
      dictionaries: made.dictionaries,
      ratings: made.ratings,
      source: parent.source,
      problems: { kept: [], counts: {}, total: 0 },
      nRowsLeftOut: 0,
      ancestors: ancestorsOf(parent)
    }
    session.history.record(replaces === undefined ? `prepare ${name}` : `change the steps of ${name}`, () => {
      datasets.finish(id, finished)
      if (replaces !== undefined) datasets.remove(replaces)
    })
    return id
  } catch (thrown) {
    if (session.isOpen) datasets.discard(id)
    throw thrown
  }
}

/** A column keeps the role it had in the parent, under whatever name. */
function inheritRoles(roles: Roles, { columns, origins }: PreparedTable): Roles {
  const kept: Roles = Object.create(null) as Roles
  columns.forEach(({ name }, position) => {
    const origin = origins[position]
    const role = origin !== null && origin !== undefined && Object.hasOwn(roles, origin) ? roles[origin] : undefined
    if (role) kept[name] = role
  })
  return kept
}

function ancestorsOf({ name, preparation }: DatasetInfo): NonNullable<DatasetInfo['preparation']>['ancestors'] {
  return [...(preparation?.ancestors ?? []), { name, steps: preparation?.steps ?? [] }]
}

/** "iris prepared 2" for a second one beside "iris prepared". */
function nextName(name: string, datasets: readonly DatasetInfo[]): string {
  const taken = new Set(datasets.map((dataset) => dataset.name))
  const stem = name.replace(/ \d+$/, '')
  let n = 2
  while (taken.has(`${stem} ${n}`)) n++
  return `${stem} ${n}`
}
