import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { EigendeskError } from '../contract/errors.ts'
import type { ColumnType } from '../contract/table.ts'
import type { FinishedImport } from '../session/datasets.ts'
import type { SessionFile } from '../session/session-file.ts'
import { supposeRoles } from '../table/suppose-roles.ts'
import type { ComputeMessage, ImportedTable, ImportTask } from './compute-protocol.ts'
import type { ComputePool } from './compute-pool.ts'
import type { JobControl } from './jobs.ts'

type Progress = Extract<ComputeMessage, { type: 'progress' }>
type Store = (id: string, finished: FinishedImport) => void | Promise<void>

/** A file on its way into a session, as a dataset nobody sees before it is finished. */
export interface BegunImport {
  task: ImportTask
  datasetId: string
  /** what was read, once its last chunk is stored; where it is rejected nothing is left of the dataset */
  read: Promise<ImportedTable>
  cancel: () => void
  /** Hears of its progress from now on, and at once how far it is. */
  onProgress: (listener: (progress: Progress) => void) => void
}

/** Begins to read a file into the session. */
export function beginImport(pool: ComputePool, session: SessionFile, task: ImportTask, name: string): BegunImport {
  const datasetId = randomUUID()
  const { datasets } = session
  datasets.begin(datasetId, name)
  let last: Progress | undefined
  let tell: (progress: Progress) => void = () => undefined
  const running = pool.start(task, (message) => {
    if (message.type === 'chunks') datasets.addChunks(datasetId, message.chunks)
    else if (message.type === 'restart') datasets.removeChunks(datasetId)
    else if (message.type === 'progress') {
      last = message
      tell(message)
    }
  })
  const read = running.done
    .then((message) => {
      if (message.type === 'imported') return message.table
      throw new EigendeskError('INTERNAL', { reason: `import answered ${message.type}` })
    })
    .catch((thrown: unknown) => {
      if (session.isOpen) datasets.discard(datasetId)
      throw thrown
    })
  const onProgress = (listener: (progress: Progress) => void): void => {
    tell = listener
    if (last) listener(last)
  }
  return { task, datasetId, read, cancel: running.cancel, onProgress }
}

/** Brings what was begun to its end. The dataset is visible then; a failure leaves nothing.
 * @param store makes it whole, in one transaction */
export async function finishImport(
  session: SessionFile,
  { task, datasetId, read, cancel, onProgress }: BegunImport,
  control: JobControl,
  store: Store
): Promise<string> {
  onProgress(({ phase, fraction, bytes }) => control.progress(phase, fraction, undefined, bytes))
  control.onCancel(cancel)
  const table = await read
  try {
    await store(datasetId, {
      nRows: table.nRows,
      chunkRows: table.chunkRows,
      columns: table.columns,
      dictionaries: table.dictionaries,
      ratings: table.ratings,
      source: {
        fileName: basename(task.path),
        bytes: table.bytes,
        sha256: table.sha256,
        dialect: task.dialect,
        ...(table.typed && { typed: table.typed }),
        ragged: task.ragged,
        chosenTypes: chosenTypes(task, table)
      },
      problems: table.problems,
      nRowsLeftOut: table.nRowsLeftOut
    })
    return datasetId
  } catch (thrown) {
    if (session.isOpen) session.datasets.discard(datasetId)
    throw thrown
  }
}

/** Reads a file into the session from its beginning to its end. */
export async function importTable(
  pool: ComputePool,
  session: SessionFile,
  task: ImportTask,
  name: string,
  control: JobControl,
  store: Store = storeNamed(session, name)
): Promise<string> {
  return finishImport(session, beginImport(pool, session, task, name), control, store)
}

/** Makes a dataset whole under a name, with the roles its columns seem to have: one step that can be undone. */
export function storeNamed(session: SessionFile, name: string): Store {
  return (id, finished) =>
    session.history.record(`import ${name}`, () => {
      session.datasets.finish(id, finished)
      session.datasets.rename(id, name)
      if (finished.ratings === null) session.preparations.setRoles(id, supposeRoles(finished.columns, finished.nRows))
    })
}

/** The types a person chose, by the names of their columns: a new version of the file may have them elsewhere. */
function chosenTypes({ types }: ImportTask, table: ImportedTable): { name: string; type: ColumnType }[] {
  return Object.entries(types).flatMap(([index, type]) => {
    const column = table.columns[Number(index)]
    return column ? [{ name: column.name, type }] : []
  })
}
