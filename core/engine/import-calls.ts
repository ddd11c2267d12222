import { PIECE_ENTRIES } from '../linalg/row-source.ts'
import { join } from 'node:path'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { samples } from '../contract/samples.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { SessionFile } from '../session/session-file.ts'
import { runAndStore } from './analysis-calls.ts'
import type { ComputePool } from './compute-pool.ts'
import type { ImportTask, PreviewTask } from './compute-protocol.ts'
import type { Handlers } from './dispatch.ts'
import { beginImport, finishImport, importTable, storeNamed } from './import-table.ts'
import type { JobQueue } from './jobs.ts'
import type { EngineParts } from './parts.ts'
import type { ReadingAhead } from './reading-ahead.ts'

interface Parts extends EngineParts {
  resourcesDir: string
  ahead: ReadingAhead
}

/** Calls that bring a table in. */
export function importHandlers(
  parts: Parts
): Pick<Handlers, 'import.preview' | 'import.commit' | 'import.dismiss' | 'sample.open'> {
  const { desk, grants, jobs, pool, emit, ahead } = parts
  return {
    'import.preview': async ({ file, dialect, types, ragged, fromLine }) => {
      const task: PreviewTask = {
        task: 'preview',
        path: await grants.path(file, 'read'),
        dialect: dialect ?? {},
        types: types ?? {},
        ragged: ragged ?? 'leaveOut',
        fromLine: fromLine ?? 1
      }
      const previewed = await ahead.beforePreview(desk.session, task)
      const message = await pool.start(task, () => undefined).done
      if (message.type !== 'previewed')
        throw new EigendeskError('INTERNAL', { reason: `preview answered ${message.type}` })
      previewed(message.preview)
      return message.preview
    },
    'import.commit': async ({ file, name, dialect, columns, types = {}, ragged }) => {
      const path = await grants.path(file, 'read')
      const task: ImportTask = { task: 'import', path, dialect, columns, types, ragged }
      const { session } = desk
      const jobId = jobs.add({ kind: 'import', name: `Import ${name}` }, async (control) => {
        const begun = (await ahead.take(session, task)) ?? beginImport(pool, session, task, name)
        const datasetId = await finishImport(session, begun, control, storeNamed(session, name))
        desk.library.rememberSource(datasetId, task.path)
        emit({ event: 'session.changed' })
        // What cannot be read now, the analysis that needs it will say.
        readAhead(session, datasetId, jobs, pool).catch(() => undefined)
        return { datasetId }
      })
      return { jobId }
    },
    'import.dismiss': async ({ file }) => {
      await ahead.dismiss(await grants.path(file, 'read'))
      return {}
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
