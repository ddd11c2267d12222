import type { RowFilter, SortKey } from '../contract/looking.ts'
import type { RunComparison } from '../contract/comparison-calls.ts'
import type { CorrelationMethod, CorrelationTable } from '../contract/column-statistics.ts'
import { MAX_FOUND, type Found } from '../contract/looking-calls.ts'
import { filterRows, findText } from '../table/row-filter.ts'
import { sortRows } from '../table/row-sort.ts'
import { compareRuns, type ComparedRun } from './compare-runs-task.ts'
import { correlate, describeColumn, strongPartners, type DescribedColumn } from './statistics-task.ts'
import type { StoredColumn } from '../table/stored-column.ts'

/** What is asked of a worker about a table that is looked at. */
export type LookTask =
  | { task: 'look'; look: 'arrange'; nRows: number; sort: SortKey[]; filters: RowFilter[]; columns: StoredColumn[] }
  | {
      task: 'look'
      look: 'find'
      text: string
      columns: { position: number; column: StoredColumn }[]
      /** by row of the dataset: the column in which the text was found before, or −1 */
      marks: Int32Array
    }
  | { task: 'look'; look: 'describe'; columns: { position: number; column: StoredColumn }[]; stride: number }
  | { task: 'look'; look: 'compare'; samples: Float64Array[] }
  | { task: 'look'; look: 'correlate'; columns: StoredColumn[]; method: CorrelationMethod; stride: number }
  | { task: 'look'; look: 'runs'; first: ComparedRun; second: ComparedRun; nComponents: number; sameRows: boolean }

/** What it answers, by what was asked. */
export interface LookAnswers {
  arrange: Int32Array
  find: Int32Array
  describe: DescribedColumn[]
  compare: ({ partner: number; r: number } | null)[]
  correlate: CorrelationTable
  runs: RunComparison
}

export interface LookOutside {
  checkpoint: () => void
  progress: (phase: string, fraction: number) => void
}

export function look(task: LookTask, { checkpoint, progress }: LookOutside): LookAnswers[keyof LookAnswers] {
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
      return compareRuns(task.first, task.second, task.nComponents, task.sameRows, checkpoint)
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
