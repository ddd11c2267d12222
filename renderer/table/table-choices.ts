import type { JsonValue } from '../../core/contract/analysis.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import { columnFilterSchema, sortKeySchema, type ColumnFilter, type SortKey } from '../../core/contract/looking.ts'
import { session } from '../app/session.svelte.ts'

/** How a table is looked at, kept with the session. */
export interface TableChoices {
  /** px by column name */
  widths: Record<string, number>
  hidden: string[]
  /** columns that stay at the left, in their order */
  frozen: string[]
  sort: SortKey[]
  filters: ColumnFilter[]
}

const KEY = 'table'

/** What was chosen for a dataset; parts that are not what we wrote, or name columns that are not there, are as at first. */
export function tableChoices(dataset: DatasetInfo): TableChoices {
  const stored = session.plotChoice<JsonValue>(dataset.id, KEY, {}) as Partial<Record<keyof TableChoices, unknown>>
  const names = new Set(dataset.columns.map((column) => column.name))
  const known = (value: unknown): string[] =>
    Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string' && names.has(name)) : []
  const widths = Object.entries(stored.widths ?? {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && names.has(entry[0])
  )
  const sort = sortKeySchema.array().safeParse(stored.sort ?? [])
  const filters = columnFilterSchema.array().safeParse(stored.filters ?? [])
  return {
    widths: Object.fromEntries(widths),
    hidden: known(stored.hidden),
    frozen: known(stored.frozen),
    sort: sort.success ? sort.data.filter((key) => names.has(key.column)) : [],
    filters: filters.success ? filters.data.filter((filter) => names.has(filter.column)) : []
  }
}

export function setTableChoice(dataset: DatasetInfo, part: Partial<TableChoices>): void {
  session.setPlotChoice(dataset.id, KEY, { ...tableChoices(dataset), ...part })
}
