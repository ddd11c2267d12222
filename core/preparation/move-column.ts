import type { StepOf } from '../contract/preparation.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { columnOf, type WorkingTable } from './working-table.ts'

/** Puts a column before another one, or at the end; before itself it stays.
 * @throws COLUMN_UNKNOWN */
export function moveColumn(table: WorkingTable, { column, before }: StepOf<'move'>): StepOutcome {
  const moved = columnOf(table, column)
  const next = before === null ? null : columnOf(table, before)
  const others = table.columns.filter((other) => other !== moved)
  const at = next === moved ? table.columns.indexOf(moved) : next === null ? others.length : others.indexOf(next)
  const columns = [...others.slice(0, at), moved, ...others.slice(at)]
  return outcome(table, { ...table, columns }, [
    `Moved ${column} ${before === null ? 'to the end' : `before ${before}`}`
  ])
}
