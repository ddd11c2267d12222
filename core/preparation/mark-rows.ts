import type { StepOf } from '../contract/preparation.ts'
import type { Watch } from '../linalg/watch.ts'
import { counted } from '../stats/counted.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import { marksOf } from './row-runs.ts'
import { countMissing, namesIn, takeName, type WorkingTable } from './working-table.ts'

/** Adds a category that tells the chosen rows from the others. Rows are those of the table before the first step. */
export function markRows(table: WorkingTable, step: StepOf<'mark'>, watch: Watch): StepOutcome {
  const marks = marksOf(step.runs, table.nSourceRows)
  const name = takeName(step.column, namesIn(table))
  const { sourceRows } = table
  const rest = step.rest === '' ? -1 : step.rest === step.chosen ? 0 : 1
  const codes = Int32Array.from({ length: table.nRows }, (_, row) =>
    marks[sourceRows ? sourceRows[row]! : row] === 1 ? 0 : rest
  )
  const dictionary = rest === 1 ? [step.chosen, step.rest] : [step.chosen]
  const data = { kind: 'codes' as const, name, codes, dictionary }
  const chosen = codes.reduce((count, code) => count + (code === 0 ? 1 : 0), 0)
  const column = {
    name,
    type: 'category' as const,
    data,
    summary: null,
    origin: null,
    imputed: null,
    missing: countMissing(data, watch)
  }
  return outcome(table, { ...table, columns: [...table.columns, column] }, [
    `Marked ${counted(chosen, 'row')} as ${step.chosen} in ${name}`
  ])
}
