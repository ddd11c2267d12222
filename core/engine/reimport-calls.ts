import { statSync } from 'node:fs'
import { EigendeskError } from '../contract/errors.ts'
import type { reimportCalls } from '../contract/reimport-calls.ts'
import type { Difference } from '../contract/reimport.ts'
import type { DatasetInfo } from '../contract/session.ts'
import { plainDialect, type ColumnType } from '../contract/table.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { StoredVersion, VersionRequest } from './compare-request.ts'
import type { ComputePool } from './compute-pool.ts'
import { serveRequests } from './requests.ts'
import type { ImportTask } from './compute-protocol.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import { importTable } from './import-table.ts'
import type { JobControl } from './jobs.ts'
import type { EngineParts } from './parts.ts'

/** A new reading that nobody has decided on: stored out of sight, deleted with the session's closing if it stays there. */
interface Comparison {
  session: SessionFile
  oldId: string
  difference: Difference
}

/** Calls that read the file of a dataset again. The new reading is stored out of sight first, so that the difference can be
 * told and taking it over is one step. */
export function reimportHandlers(parts: EngineParts): Pick<Handlers, keyof typeof reimportCalls> {
  const { desk, grants, jobs, pool, emit } = parts
  const comparisons = new Map<string, Comparison>()
  const comparison = (id: string): Comparison => {
    const found = comparisons.get(id)
    if (found?.session !== desk.session) throw new EigendeskError('DATASET_UNKNOWN')
    return found
  }
  return {
    'reimport.start': async ({ datasetId, file }) => {
      const path = file === undefined ? desk.library.sourceOf(datasetId)?.path : await grants.path(file, 'read')
      const { session } = desk
      const dataset = session.datasets.get(datasetId)
      const state = path === undefined ? 'missing' : stateOf(desk, datasetId, path)
      if (path === undefined || state !== 'reading') return { state }
      const jobId = jobs.add(
        { kind: 'import', name: `Read ${dataset.source.fileName} again`, datasetId },
        async (control) => {
          const newId = await readAgain(pool, session, dataset, path, control)
          if (session.datasets.getKept(newId).source.sha256 === dataset.source.sha256) return {}
          const difference = await compare(pool, session, dataset, newId, control)
          desk.library.rememberSource(newId, path)
          comparisons.set(newId, { session, oldId: datasetId, difference })
          return { comparisonId: newId }
        }
      )
      return { state, jobId }
    },
    'reimport.difference': ({ comparisonId }) => comparison(comparisonId).difference,
    'reimport.accept': ({ comparisonId }) => {
      const { session, oldId } = comparison(comparisonId)
      const { name } = session.datasets.get(oldId)
      session.history.record(`import the new version of ${name}`, () => session.datasets.takePlace(comparisonId, oldId))
      comparisons.delete(comparisonId)
      emit({ event: 'session.changed' })
      return { datasetId: comparisonId }
    },
    'reimport.discard': ({ comparisonId }) => {
      comparisons.delete(comparisonId)
      return {}
    }
  }
}

/** Size and time of the last change tell most files that are as they were; the others are read. */
function stateOf(desk: Desk, datasetId: string, path: string): 'reading' | 'same' | 'missing' {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 'missing'
  const known = desk.library.sourceOf(datasetId)
  return known?.path === path && known.bytes === stat.size && known.modified === stat.mtimeMs ? 'same' : 'reading'
}

/** Reads a file as the dataset was read: its dialect, its policy, and the types a person chose, by the names of columns. */
async function readAgain(
  pool: ComputePool,
  session: SessionFile,
  dataset: DatasetInfo,
  path: string,
  control: JobControl
): Promise<string> {
  const { ragged = 'leaveOut', chosenTypes = [] } = dataset.source
  // what speaks of places is looked for anew: the table may have grown, its columns may stand elsewhere
  const { lastDataRow, dateOrder, dateOrders, ...known } = { ...plainDialect, ...dataset.source.dialect }
  const dialect = {
    ...known,
    ...(lastDataRow === null && { lastDataRow }),
    ...(Object.keys(dateOrders).length === 0 && { dateOrder, dateOrders })
  }
  const looking = pool.start({ task: 'preview', path, dialect, types: {}, ragged }, () => undefined)
  control.onCancel(looking.cancel)
  const message = await looking.done
  if (message.type !== 'previewed') throw new EigendeskError('INTERNAL', { reason: `preview answered ${message.type}` })
  const types: Record<string, ColumnType> = {}
  message.preview.columns.forEach(({ name }, index) => {
    const chosen = chosenTypes.find((column) => column.name === name)
    if (chosen) types[index] = chosen.type
  })
  const task: ImportTask = { task: 'import', path, dialect: message.preview.dialect, columns: null, types, ragged }
  return importTable(pool, session, task, dataset.name, control, (id, finished) =>
    session.datasets.finishOutOfSight(id, finished)
  )
}

async function compare(
  pool: ComputePool,
  session: SessionFile,
  dataset: DatasetInfo,
  newId: string,
  control: JobControl
): Promise<Difference> {
  control.progress('Comparing', 0)
  const version = ({ id, columns }: DatasetInfo): StoredVersion => {
    const { nRows, chunkRows } = session.cells.sizeOf(id)
    const dictionaries = columns.map((_, position) => session.cells.describe(id, position).column.dictionary)
    return { nRows, chunkRows, columns, dictionaries }
  }
  const ids = { before: dataset.id, after: newId }
  const running = pool.start(
    { task: 'compare', before: version(dataset), after: version(session.datasets.getKept(newId)) },
    (message) => {
      if (message.type === 'progress') control.progress(message.phase, message.fraction)
      else if (message.type === 'reading') {
        serveRequests(message.requests, ({ version, position, chunk }: VersionRequest) =>
          session.cells.chunk(ids[version], position, chunk)
        )
      }
    }
  )
  control.onCancel(running.cancel)
  const message = await running.done
  if (message.type !== 'compared')
    throw new EigendeskError('INTERNAL', { reason: `comparing answered ${message.type}` })
  return message.difference
}
