import { EigendeskError } from '../contract/errors.ts'
import type { lookingCalls } from '../contract/looking-calls.ts'
import { MAX_CELLS_PER_CALL } from '../contract/looking-calls.ts'
import type { SessionFile } from '../session/session-file.ts'
import { readBatches, readStored } from './column-sender.ts'
import type { ComputePool } from './compute-pool.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobQueue } from './jobs.ts'
import { askOf } from './ask-worker.ts'
import { foundIn } from './look-task.ts'
import { statisticsHandlers } from './statistics-calls.ts'
import type { RowViews } from './row-views.ts'
import { SlowWork } from './slow-work.ts'

/** Calls about looking at a table. */
export function lookingHandlers(
  desk: Desk,
  jobs: JobQueue,
  pool: ComputePool,
  views: RowViews
): Pick<Handlers, keyof typeof lookingCalls> {
  const work = new SlowWork(jobs)
  const ask = askOf(pool)

  const positionsOf = (session: SessionFile, datasetId: string, names: Iterable<string>): number[] =>
    [...new Set(names)].map((name) => {
      const position = session.cells.positionOf(datasetId, name)
      if (position < 0) throw new EigendeskError('COLUMN_UNKNOWN', { value: name })
      return position
    })

  return {
    ...statisticsHandlers(desk, work, ask),
    'table.arrange': ({ datasetId, sort, filters }) => {
      const { session } = desk
      const { nRows, name } = session.cells.sizeOf(datasetId)
      const named = [...sort.map((key) => key.column), ...filters.flatMap((f) => (f.kind === 'rows' ? [] : [f.column]))]
      const positions = positionsOf(session, datasetId, named)
      return work.run('arrange', { name: `Sort and filter ${name}`, datasetId }, async (control) => {
        const columns = []
        for (const position of positions) {
          control.checkpoint()
          columns.push(await readStored(session, datasetId, position))
        }
        control.progress('Sorting and filtering', 0.5)
        const order = await ask({ task: 'look', look: 'arrange', nRows, sort, filters, columns }, control)
        return { viewId: views.add(order), nRows: order.length }
      })
    },
    'table.span': ({ viewId, from, count }) => views.order(viewId).slice(from, from + count),
    'table.position': ({ viewId, row }) => ({ position: views.position(viewId, row) }),
    'table.cells': ({ datasetId, rows, columns }) => {
      if (rows.length * columns.length > MAX_CELLS_PER_CALL) {
        throw new EigendeskError('INVALID_CALL', { reason: `${rows.length} rows of ${columns.length} columns at once` })
      }
      return desk.session.cells.cells(datasetId, rows, columns)
    },
    'table.cell': ({ datasetId, row, column }) => desk.session.cells.text(datasetId, row, column),
    'table.find': ({ datasetId, viewId, columns, text }) => {
      const { session } = desk
      const { nRows, name } = session.cells.sizeOf(datasetId)
      return work.run('find', { name: `Find in ${name}`, datasetId }, async (control) => {
        let marks: Int32Array = new Int32Array(nRows).fill(-1)
        let done = 0
        for await (const batch of readBatches(session, datasetId, columns)) {
          control.checkpoint()
          marks = await ask({ task: 'look', look: 'find', text, columns: batch, marks }, control)
          done += batch.length
          control.progress('Searching', done / columns.length)
        }
        return foundIn(viewId === null ? null : views.order(viewId), marks)
      })
    }
  }
}
