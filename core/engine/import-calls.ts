import { randomUUID } from 'node:crypto'
import { PIECE_ENTRIES } from '../linalg/row-source.ts'
import { basename, join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { samples } from '../contract/samples.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { ColumnType } from '../contract/table.ts'
import type { FinishedImport } from '../session/datasets.ts'
import type { SessionFile } from '../session/session-file.ts'
import { supposeRoles } from '../table/suppose-roles.ts'
import { runAndStore } from './analysis-calls.ts'
import type { ComputePool } from './compute-pool.ts'
import type { ImportedTable, ImportTask } from './compute-protocol.ts'
import type { Handlers } from './dispatch.ts'
import type { JobControl, JobQueue } from './jobs.ts'
import type { EngineParts } from './parts.ts'

interface Parts extends EngineParts {
  resourcesDir: string
}

/** Calls that bring a table in. */
export function importHandlers(parts: Parts): Pick<Handlers, 'import.preview' | 'import.commit' | 'sample.open'> {
  const { desk, grants, jobs, pool, emit } = parts
  return {
    'import.preview': async ({ file, dialect, types, ragged, fromLine }) => {
      const running = pool.start(
        {
          task: 'preview',
          path: await grants.path(file, 'read'),
          dialect: dialect ?? {},
          types: types ?? {},
          ragged: ragged ?? 'leaveOut',
          fromLine: fromLine ?? 1
        },
        () => undefined
      )
      const message = await running.done
      if (message.type !== 'previewed')
        throw new EigendeskError('INTERNAL', { reason: `preview answered ${message.type}` })
      return message.preview
    },
    'import.commit': async ({ file, name, dialect, columns, types = {}, ragged }) => {
      const path = await grants.path(file, 'read')
      const task: ImportTask = { task: 'import', path, dialect, columns, types, ragged }
      const { session } = desk
      const jobId = jobs.add({ kind: 'import', name: `Import ${name}` }, async (control) => {
        const datasetId = await importTable(pool, session, task, name, control)
        desk.library.rememberSource(datasetId, task.path)
        emit({ event: 'session.changed' })
        // What cannot be read now, the analysis that needs it will say.
        readAhead(session, datasetId, jobs, pool).catch(() => undefined)
        return { datasetId }
      })
      return { jobId }
    },
    'sample.open': ({ sample }) => {
      const about = samples.find((s) => s.id === sample)!
      const { session } = desk
      const path = join(parts.resourcesDir, 'samples', about.file)
      const jobId = jobs.add({ kind: 'import', name: about.name }, async (control) => {
        const previewed = await pool.start(
          { task: 'preview', path, dialect: {}, types: {}, ragged: 'leaveOut' },
          () => undefined
        ).done
        if (previewed.type !== 'previewed')
          throw new EigendeskError('INTERNAL', { reason: 'the sample has no preview' })
        const task: ImportTask = {
          task: 'import',
          path,
          dialect: previewed.preview.dialect,
          columns: null,
          types: {},
          ragged: 'leaveOut'
        }
        const datasetId = await importTable(pool, session, task, about.name, control)
        emit({ event: 'session.changed' })
        const { kind, params } = about.analysis
        const analysisId = await runAndStore(pool, session, { datasetId, kind, params }, control)
        emit({ event: 'session.changed' })
        return { datasetId, analysisId }
      })
      return { jobId }
    }
  }
}

/** How long the window has to show the new table before anything is read ahead of it, and to be answered in between, ms. */
const SHOWING_MS = 150

/** Bytes of numbers for which memory is found ahead. */
const WARM_LEAST = 16 * 2 ** 20
/** What is read of a table at once (core/linalg/row-source.ts). */
const PIECE_BYTES = 8 * PIECE_ENTRIES

/** While a person looks at their new table, what an analysis will need is read: an analysis that begins earlier reads the rest. */
async function readAhead(session: SessionFile, datasetId: string, jobs: JobQueue, pool: ComputePool): Promise<void> {
  await wait(SHOWING_MS, undefined, { ref: false })
  if (!session.isOpen || !session.datasets.has(datasetId)) return
  const { bytes, steps } = session.datasets.readAhead(datasetId)
  const isIdle = (): boolean => session.isOpen && jobs.list().length === 0
  while (isIdle() && !steps.next().done) await nextTurn()
  if (isIdle() && bytes >= WARM_LEAST)
    await pool.start({ task: 'warm', bytes: bytes + PIECE_BYTES }, () => undefined).done
}

/** Reads a file into the session. The dataset is visible once its last chunk is stored; a failure leaves nothing.
 * @param store makes it whole, in one transaction */
export async function importTable(
  pool: ComputePool,
  session: SessionFile,
  task: ImportTask,
  name: string,
  control: JobControl,
  store: (id: string, finished: FinishedImport) => void | Promise<void> = (id, finished) =>
    session.history.record(`import ${name}`, () => {
      session.datasets.finish(id, finished)
      if (finished.ratings === null) session.preparations.setRoles(id, supposeRoles(finished.columns, finished.nRows))
    })
): Promise<string> {
  const datasetId = randomUUID()
  const { datasets } = session
  datasets.begin(datasetId, name)
  try {
    const running = pool.start(task, (message) => {
      if (message.type === 'chunks') datasets.addChunks(datasetId, message.chunks)
      else if (message.type === 'restart') datasets.removeChunks(datasetId)
      else if (message.type === 'progress') {
        control.progress(message.phase, message.fraction, undefined, message.bytes)
      }
    })
    control.onCancel(running.cancel)
    const message = await running.done
    if (message.type !== 'imported') throw new EigendeskError('INTERNAL', { reason: `import answered ${message.type}` })
    const { table } = message
    const finished: FinishedImport = {
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
    }
    await store(datasetId, finished)
    return datasetId
  } catch (thrown) {
    if (session.isOpen) datasets.discard(datasetId)
    throw thrown
  }
}

/** The types a person chose, by the names of their columns: a new version of the file may have them elsewhere. */
function chosenTypes({ types }: ImportTask, table: ImportedTable): { name: string; type: ColumnType }[] {
  return Object.entries(types).flatMap(([index, type]) => {
    const column = table.columns[Number(index)]
    return column ? [{ name: column.name, type }] : []
  })
}
