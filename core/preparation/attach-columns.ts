import type { StepOf } from '../contract/preparation.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { ColumnData } from '../contract/table.ts'
import type { Watch } from '../linalg/watch.ts'
import { counted } from '../stats/counted.ts'
import { outcome, type StepOutcome } from './outcome.ts'
import {
  countMissing,
  namesIn,
  takeName,
  type RowValues,
  type WorkingColumn,
  type WorkingTable
} from './working-table.ts'

/** Where what a step attaches is found among what was read for the steps. */
export const attachedKey = (step: StepOf<'attach'>): string =>
  [step.what, step.analysisId, step.computedAt, step.nComponents].join(' ')

/** Adds columns of what a result says of the rows: scores as numbers, clusters as a category of their numbers from 1. Rows that
 * the result left out are missing in them.
 * @throws RESULT_GONE */
export function attachColumns(table: WorkingTable, step: StepOf<'attach'>, watch: Watch): StepOutcome {
  const key = attachedKey(step)
  const parts = Object.hasOwn(table.attached, key) ? table.attached[key]! : []
  if (parts.length === 0) throw new EigendeskError('RESULT_GONE', { field: step.what, value: step.analysisName })
  const taken = namesIn(table)
  const width = step.what === 'scores' ? parts[0]!.width : 1
  const added = Array.from({ length: width }, (_, at): WorkingColumn => {
    watch.checkpoint()
    const name = takeName(step.what === 'scores' ? `${step.column}${at + 1}` : step.column, taken)
    const values = valuesOf(table, parts, at)
    const data: ColumnData =
      step.what === 'scores' ? { kind: 'number', name, values } : { kind: 'codes', name, ...numberedGroups(values) }
    const type = step.what === 'scores' ? 'number' : 'category'
    return { name, type, data, summary: null, origin: null, imputed: null, missing: countMissing(data, watch) }
  })
  const missing = added[0]!.missing
  return outcome(table, { ...table, columns: [...table.columns, ...added] }, [
    `${step.what === 'scores' ? 'Scores' : 'Clusters'} of ${step.analysisName} as ${nameAll(added)}`,
    missing === 0 ? '' : `${counted(missing, 'row')} had no part in it`
  ])
}

function nameAll(columns: WorkingColumn[]): string {
  return columns.length === 1 ? columns[0]!.name : `${columns[0]!.name} to ${columns.at(-1)!.name}`
}

/** One value for each row of the table as it is now; NaN where there is none. */
function valuesOf(
  { nRows, nSourceRows, sourceRows }: WorkingTable,
  parts: readonly RowValues[],
  at: number
): Float64Array {
  const ofSource = new Float64Array(nSourceRows).fill(NaN)
  for (const { rows, values, width } of parts) {
    for (let i = 0; i < rows.length; i++) ofSource[rows[i]!] = values[i * width + at]!
  }
  return sourceRows ? Float64Array.from({ length: nRows }, (_, row) => ofSource[sourceRows[row]!]!) : ofSource
}

/** Groups 0, 1, 2 … as the words 1, 2, 3 … */
function numberedGroups(values: Float64Array): { codes: Int32Array; dictionary: string[] } {
  let most = -1
  for (const value of values) if (value > most) most = value
  return {
    codes: Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value)),
    dictionary: Array.from({ length: most + 1 }, (_, group) => String(group + 1))
  }
}
