import type { PreparationPreview, Stage, Step, StepOf } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { ColumnSummary, Dialect, TableView } from '../contract/table.ts'
import type { Watch } from '../linalg/watch.ts'
import { partOf } from '../linalg/watch.ts'
import { attachColumns } from './attach-columns.ts'
import { changeType } from './change-type.ts'
import { chooseColumns } from './choose-columns.ts'
import { distinctRows } from './distinct-rows.ts'
import { encodeCategories } from './encode-categories.ts'
import { filterRows } from './filter-rows.ts'
import { imputeCells } from './impute-cells.ts'
import type { StepOutcome } from './outcome.ts'
import { markRows } from './mark-rows.ts'
import { moveColumn } from './move-column.ts'
import { projectRows } from './project-rows.ts'
import { renameColumn } from './rename-column.ts'
import { transformColumns } from './transform-columns.ts'
import { marksOf } from './row-runs.ts'
import type { Attached, WorkingColumn, WorkingTable } from './working-table.ts'

const appliers: {
  [K in Step['kind']]: (table: WorkingTable, step: StepOf<K>, watch: Watch) => StepOutcome
} = {
  filter: filterRows,
  choose: chooseColumns,
  type: changeType,
  encode: encodeCategories,
  transform: transformColumns,
  impute: imputeCells,
  distinct: distinctRows,
  rename: renameColumn,
  move: moveColumn,
  project: projectRows,
  attach: attachColumns,
  mark: markRows
}

/** A table before its first step.
 * @param summaries of the same columns, in the same order
 * @param imputed cells filled in before, by column name
 * @param attached what results say of its rows */
export function workingTable(
  view: TableView,
  summaries: readonly ColumnSummary[],
  dialect: Dialect,
  imputed: Readonly<Record<string, number[]>> = {},
  attached: Attached = {}
): WorkingTable {
  const columns = view.columns.map((data, position): WorkingColumn => {
    const summary = summaries[position]!
    const runs = Object.hasOwn(imputed, data.name) ? imputed[data.name]! : null
    return {
      name: data.name,
      type: summary.type,
      data,
      summary,
      origin: data.name,
      imputed: runs && marksOf(runs, view.nRows),
      missing: summary.missing
    }
  })
  const { fileName, nRows, lines } = view
  return { fileName, dialect, nRows, lines, nSourceRows: nRows, sourceRows: null, columns, attached }
}

/** What steps did, and the table they led to, up to the first that cannot be done. */
export interface Applied extends PreparationPreview {
  table: WorkingTable
}

/** Applies steps one after the other. The table given is not changed; the same steps give the same bits.
 * @throws CANCELLED; what else a step throws is in the failure, unless it is a fault of the program */
export function applySteps(table: WorkingTable, steps: readonly Step[], watch: Watch): Applied {
  const applied: Applied = { table, reports: [], stages: [stageOf(table)], failure: null }
  for (const [at, step] of steps.entries()) {
    watch.checkpoint()
    try {
      const part = partOf(watch, at / steps.length, (at + 1) / steps.length)
      const { table: next, report } = appliers[step.kind](applied.table, step as never, part)
      applied.table = next
      applied.reports.push(report)
      applied.stages.push(stageOf(next))
      part.progress(1)
    } catch (thrown) {
      if (!(thrown instanceof EigendeskError) || thrown.data.code === 'CANCELLED') throw thrown
      applied.failure = { step: at, error: thrown.data }
      break
    }
  }
  return applied
}

function stageOf({ nRows, columns }: WorkingTable): Stage {
  return { nRows, columns: columns.map(({ name, type, missing }) => ({ name, type, missing })) }
}
