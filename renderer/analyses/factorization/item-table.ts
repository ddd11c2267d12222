import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import type { ColumnData } from '../../../core/contract/table.ts'
import { call } from '../../app/api.ts'
import { once, resultKey } from '../results.ts'

/** A table of the session that says more about the items of a model. */
export interface ItemTable {
  dataset: DatasetInfo
  /** the column with the items' names */
  column: string
  /** row of each item, −1 where it has none */
  rows: Int32Array
}

/** A table is about the items if it has so many of them. */
const LEAST_SHARE = 0.5

/** The table in which most items are found by name; null where there is none. */
export function findItemTable(analysis: AnalysisInfo, datasets: readonly DatasetInfo[]): Promise<ItemTable | null> {
  const known = datasets.map(({ id }) => id).join(' ')
  return once(`${resultKey(analysis)} item table ${known}`, async () => {
    const analysisId = analysis.id
    const tables = await call('recommend.itemTables', { analysisId })
    // The best comes first, the ratings themselves last.
    const best = tables.find(({ share }) => share >= LEAST_SHARE)
    const dataset = datasets.find(({ id }) => id === best?.datasetId)
    if (!best || !dataset) return null
    const rows = await call('recommend.itemRows', { analysisId, datasetId: best.datasetId, column: best.column })
    return { dataset, column: best.column, rows }
  })
}

/** A cell as a text; null where it is missing. */
export function textAt(column: ColumnData, row: number): string | null {
  if (column.kind === 'text') return column.values[row] ?? null
  if (column.kind === 'codes') return column.dictionary[column.codes[row]!] ?? null
  const value = column.values[row]!
  return Number.isNaN(value) ? null : String(value)
}
