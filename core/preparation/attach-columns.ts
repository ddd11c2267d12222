import { attachedWords, type StepOf } from '../contract/preparation.ts'
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
export const attachedKey = ({ what, analysisId, computedAt, nComponents, columns }: StepOf<'attach'>): string =>
  [what, analysisId, computedAt, nComponents, ...columns].join(' ')

/** Adds columns of what a result says of the rows: scores, factors and columns whose gaps a fit filled as numbers, clusters as a
 * category of their numbers from 1. Rows that the result left out are missing in them.
 * @throws RESULT_GONE */
export function attachColumns(table: WorkingTable, step: StepOf<'attach'>, watch: Watch): StepOutcome {
  const key = attachedKey(step)
  const parts = Object.hasOwn(table.attached, key) ? table.attached[key]! : []
  if (parts.length === 0) throw new EigendeskError('RESULT_GONE', { field: step.what, value: step.analysisName })
  const taken = namesIn(table)
  const width = step.what === 'clusters' ? 1 : parts[0]!.width
  const nameOf: Record<typeof step.what, (at: number) => string> = {
    clusters: () => step.column,
    scores: (at) => `${step.column}${at + 1}`,
    factors: (at) => `${step.column}${at + 1}`,
    filled: (at) => `${step.columns[at]} ${step.column}`
  }
  const added = Array.from({ length: width }, (_, at): WorkingColumn => {
    watch.checkpoint()
    const name = takeName(nameOf[step.what](at), taken)
    const values = ofRows(table, spreadValues(table, parts, at))
    const isGroup = step.what === 'clusters'
    const data: ColumnData = isGroup
      ? { kind: 'codes', name, ...numberedGroups(values) }
      : { kind: 'number', name, values }
    const type = isGroup ? 'category' : 'number'
    const imputed = step.what === 'filled' ? Uint8Array.from(ofRows(table, spreadMarks(table, parts, at))) : null
    return { name, type, data, summary: null, origin: null, imputed, missing: countMissing(data, watch) }
  })
  const missing = added[0]!.missing
  return outcome(table, { ...table, columns: [...table.columns, ...added] }, [
    `${attachedWords[step.what]} of ${step.analysisName} as ${nameAll(added)}`,
    missing === 0 ? '' : `${counted(missing, 'row')} had no part in it`
  ])
}

function nameAll(columns: WorkingColumn[]): string {
  return columns.length === 1 ? columns[0]!.name : `${columns[0]!.name} to ${columns.at(-1)!.name}`
}

/** One value for each row of the table before the first step; NaN where there is none. */
function spreadValues({ nSourceRows }: WorkingTable, parts: readonly RowValues[], at: number): Float64Array {
  const ofSource = new Float64Array(nSourceRows).fill(NaN)
  for (const { rows, values, width } of parts) {
    for (let i = 0; i < rows.length; i++) ofSource[rows[i]!] = values[i * width + at]!
  }
  return ofSource
}

/** 1 for each of those rows whose value was filled in. */
function spreadMarks({ nSourceRows }: WorkingTable, parts: readonly RowValues[], at: number): Float64Array {
  const marks = new Float64Array(nSourceRows)
  for (const { rows, width, filled } of parts) {
    for (let i = 0; filled && i < rows.length; i++) marks[rows[i]!] = filled[i * width + at]!
  }
  return marks
}

/** The same for each row of the table as it is now. */
function ofRows({ nRows, sourceRows }: WorkingTable, ofSource: Float64Array): Float64Array {
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
