import { prepareRow, type PreparedRow } from '../../../core/analyses/pca/figures/row-parts.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import { call } from '../../app/api.ts'
import { loadArray } from '../results.ts'
import { loadFilledCells } from './filled-cells.svelte.ts'

/** A row as it was fitted, with the cells that were filled in. */
export interface LoadedRow extends PreparedRow {
  /** dataset row, 0-based */
  row: number
  /** positions of the columns whose cell was missing and filled */
  imputed: ReadonlySet<number>
}

/** Loads one row of the dataset and prepares it as the fit did; its scores follow from its cells.
 * @param row 0-based row of the dataset */
export async function loadPreparedRow(
  analysis: AnalysisInfo,
  dataset: DatasetInfo,
  { columns: names, mean, scale, nComponents }: PcaSummary,
  row: number
): Promise<LoadedRow> {
  const [{ columns }, components] = await Promise.all([
    call('dataset.rows', { datasetId: dataset.id, rows: [row] }),
    loadArray(analysis, 'components')
  ])
  const positions = new Map(dataset.columns.map((column, position) => [column.name, position]))
  const cells = Float64Array.from(names, (name) => {
    const found = columns[positions.get(name) ?? -1]
    return found?.kind === 'number' ? found.values[0]! : NaN
  })
  const missing = new Set([...cells.keys()].filter((j) => Number.isNaN(cells[j]!)))
  const filled = missing.size > 0 ? (await loadFilledCells(analysis))?.get(row) : undefined
  const prepared = prepareRow(cells, mean, scale, (j) => filled?.get(j) ?? mean[j]!)
  const scores = Float64Array.from({ length: nComponents }, (_, k) => {
    let sum = 0
    for (let j = 0; j < prepared.length; j++) sum += prepared[j]! * components[k * prepared.length + j]!
    return sum
  })
  return { row, cells: prepared, scores, components, imputed: missing }
}
