import type { StepOf } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import { listNames } from '../stats/list-names.ts'
import { counted } from '../stats/counted.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { columnOf, type WorkingTable } from './working-table.ts'

/** Keeps the columns named, in that order, or leaves them out.
 * @throws COLUMN_UNKNOWN | STEP_LEAVES_NOTHING */
export function chooseColumns(table: WorkingTable, step: StepOf<'choose'>): StepOutcome {
  const named = [...new Set(step.columns)].map((name) => columnOf(table, name))
  const chosen = new Set(named)
  const kept = step.mode === 'keep' ? named : table.columns.filter((column) => !chosen.has(column))
  if (kept.length === 0)
    throw new EigendeskError('STEP_LEAVES_NOTHING', { value: 'column', reason: 'all are left out' })
  const stays = new Set(kept)
  const left = table.columns.filter((column) => !stays.has(column)).map((column) => column.name)
  const same = kept.every((column, at) => column === table.columns[at])
  const sentence =
    left.length === 0
      ? same
        ? `Nothing is left out: ${counted(kept.length, 'column')} as before`
        : `Put ${counted(kept.length, 'column')} in another order`
      : `Kept ${kept.length.toLocaleString('en-US')} of ${counted(table.columns.length, 'column')}; left out ${listNames(left)}`
  return outcome(table, { ...table, columns: kept }, [sentence])
}
