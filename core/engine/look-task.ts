import type { FactorizationSummary } from '../analyses/factorization/spec.ts'
import type { SvdSummary } from '../analyses/svd/spec.ts'
import { svdReportHtml } from '../export/report/svd.ts'
import { factorsReportHtml } from '../export/report/factors.ts'
import { describeRatingsOf } from '../analyses/factorization/judging/describe-ratings.ts'
import { makePace } from '../linalg/pace.ts'
import { MAX_FOUND, type Found } from '../contract/looking-calls.ts'
import { filterRows, findText } from '../table/row-filter.ts'
import { sortRows } from '../table/row-sort.ts'
import { compareRuns, readRun } from './compare-runs-task.ts'
import type { LookAnswers, LookTask } from './look-request.ts'
import { makeReport } from './report-task.ts'
import { placeTable } from './place-task.ts'
import { reading } from './session-reader.ts'
import { correlate, describeColumn, strongPartners } from './statistics-task.ts'
import type { TaskOutside } from './task-outside.ts'

export interface LookOutside extends Pick<TaskOutside, 'post' | 'checkpoint'> {
  progress: (phase: string, fraction: number) => void
}

export function look(task: LookTask, outside: LookOutside): LookAnswers[keyof LookAnswers] {
  const { checkpoint, progress } = outside
  switch (task.look) {
    case 'arrange': {
      const columns = new Map(task.columns.map((column) => [column.name, column]))
      const rows = filterRows(task.nRows, task.filters, columns, checkpoint)
      const keys = task.sort.map(({ column, direction }) => ({ column: columns.get(column)!, direction }))
      return sortRows(rows, keys, checkpoint)
    }
    case 'find':
      for (const { position, column } of task.columns) {
        checkpoint()
        findText(column, task.text, position, task.marks)
      }
      return task.marks
    case 'describe':
      return task.columns.map(({ column }) => {
        checkpoint()
        return describeColumn(column, task.stride, checkpoint)
      })
    case 'compare':
      return strongPartners(task.samples, { checkpoint, progress: () => undefined })
    case 'runs':
      return reading(outside, (reader) => {
        progress('Reading the results', 0)
        const [first, second] = [task.first, task.second].map((run) => readRun(reader, run, task.nComponents))
        progress('Comparing', 0.5)
        return compareRuns(first!, second!, Math.min(first!.width, second!.width), task.sameRows, checkpoint)
      })
    case 'ratings':
      progress('Reading the ratings', 0)
      return describeRatingsOf(task.table, task.params, makePace(checkpoint))
    case 'report':
      return reading(outside, (reader) => makeReport(task, reader, progress))
    case 'factorsReport':
      return reading(outside, (reader) => {
        progress('Writing the report', 0.3)
        return factorsReportHtml({ ...task.facts, result: reader.result<FactorizationSummary>(task.result) })
      })
    case 'svdReport':
      return reading(outside, (reader) => {
        progress('Writing the report', 0.3)
        return svdReportHtml({ ...task.facts, result: reader.result<SvdSummary>(task.result) })
      })
    case 'place':
      return reading(outside, (reader) =>
        placeTable(task, reader, { checkpoint, progress: (fraction) => progress('Placing rows', fraction) })
      )
    case 'correlate':
      return correlate(task.columns, task.method, task.stride, {
        checkpoint,
        progress: (fraction) => progress('Correlating the columns', 0.5 + 0.5 * fraction)
      })
  }
}

/** The marked rows in the order they are shown.
 * @param order the rows shown; null: all of them, as in the file */
export function foundIn(order: Int32Array | null, marks: Int32Array): Found {
  const length = order?.length ?? marks.length
  const positions: number[] = []
  const columns: number[] = []
  let total = 0
  for (let position = 0; position < length; position++) {
    const column = marks[order ? order[position]! : position]!
    if (column < 0) continue
    total++
    if (positions.length === MAX_FOUND) continue
    positions.push(position)
    columns.push(column)
  }
  return { positions: Int32Array.from(positions), columns: Int32Array.from(columns), total }
}
