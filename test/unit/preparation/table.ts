import { applySteps, workingTable } from '../../../core/preparation/apply-steps.ts'
import { textAt, type WorkingTable } from '../../../core/preparation/working-table.ts'
import { stepsSchema, type StepReport } from '../../../core/contract/preparation.ts'
import { commaDialect, type ColumnData, type ColumnType, type Dialect } from '../../../core/contract/table.ts'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { unwatched, type Watch } from '../../../core/linalg/watch.ts'
import { storageKind } from '../../../core/table/chunks.ts'

export const dialect: Dialect = { ...commaDialect, missingTokens: ['', 'NA'] }

export type Values = readonly (number | string | null)[]
type Given = Record<string, Values | { type: ColumnType; values: Values }>

function columnData(name: string, type: ColumnType, values: Values): ColumnData {
  const kind = storageKind(type)
  if (kind === 'number') return { kind, name, values: Float64Array.from(values, (v) => (v === null ? NaN : Number(v))) }
  if (kind === 'text') return { kind, name, values: values.map((v) => (v === null ? null : String(v))) }
  const dictionary = [...new Set(values.filter((v) => v !== null).map(String))]
  return {
    kind,
    name,
    codes: Int32Array.from(values, (v) => (v === null ? -1 : dictionary.indexOf(String(v)))),
    dictionary
  }
}

/** A table from its columns: numbers, or words as categories, unless a type is said. */
export function tableOf(given: Given, change: Partial<Dialect> = {}): WorkingTable {
  const columns = Object.entries(given).map(([name, column]) => {
    const { type, values } =
      'type' in column
        ? column
        : {
            type: column.some((v) => typeof v === 'string') ? ('category' as const) : ('number' as const),
            values: column
          }
    return { name, type, missing: values.filter((v) => v === null).length, data: columnData(name, type, values) }
  })
  const nRows = Object.values(given).map((column) => ('type' in column ? column.values : column).length)[0] ?? 0
  return workingTable(
    {
      fileName: 'table.csv',
      nRows,
      lines: Int32Array.from({ length: nRows }, (_, row) => row + 2),
      columns: columns.map((c) => c.data)
    },
    columns.map(({ name, type, missing }) => ({ name, type, missing })),
    { ...dialect, ...change }
  )
}

/** The columns of a table as a person reads them. */
export function valuesOf(table: WorkingTable): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    table.columns.map(({ name, data }) => [
      name,
      Array.from({ length: table.nRows }, (_, row) => {
        if (data.kind !== 'number') return textAt(data, row)
        return Number.isNaN(data.values[row]) ? null : data.values[row]!
      })
    ])
  )
}

/** Applies steps as they would be written in a file. @throws what the first step that cannot be done says */
export function prepare(
  table: WorkingTable,
  steps: unknown[],
  watch: Watch = unwatched
): { table: WorkingTable; reports: StepReport[] } {
  const applied = applySteps(table, stepsSchema.parse(steps), watch)
  if (applied.failure) throw EigendeskError.from(applied.failure.error)
  return applied
}
