import type { StepOf } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { columnOf, type WorkingColumn, type WorkingTable } from './working-table.ts'

/** Gives a column another name.
 * @throws COLUMN_UNKNOWN | COLUMN_NAME_TAKEN */
export function renameColumn(table: WorkingTable, { column, name }: StepOf<'rename'>): StepOutcome {
  const renamed = columnOf(table, column)
  if (name !== column && table.columns.some((other) => other.name === name)) {
    throw new EigendeskError('COLUMN_NAME_TAKEN', { value: name })
  }
  const columns = table.columns.map((other) => (other === renamed ? called(renamed, name) : other))
  return outcome(table, { ...table, columns }, [`Renamed ${column} to ${name}`])
}

/** The same column under another name. */
export function called(column: WorkingColumn, name: string): WorkingColumn {
  return { ...column, name, data: { ...column.data, name }, summary: column.summary && { ...column.summary, name } }
}
