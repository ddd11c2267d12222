import { projectedDataset } from '../../../core/analyses/pca/figures/projected-rows.ts'
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
  datasetId: string
  /** positions of the columns whose cell was missing and filled */
  imputed: ReadonlySet<number>
  /** those of them that count as the centre: they have no part in anything */
  atCentre: ReadonlySet<number>
}

/** Loads one row of a dataset and prepares it as the fit did; its scores follow from its cells.
 * @param dataset that of the result, or one that was projected on it
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
  const fillOf = missing.size > 0 ? await fillingOf(analysis, dataset, row) : () => undefined
  const prepared = prepareRow(cells, mean, scale, (j) => fillOf(j) ?? mean[j]!)
  const scores = Float64Array.from({ length: nComponents }, (_, k) => {
    let sum = 0
    for (let j = 0; j < prepared.length; j++) sum += prepared[j]! * components[k * prepared.length + j]!
    return sum
  })
  const atCentre = new Set([...missing].filter((j) => isAtCentre(prepared[j]!)))
  return { row, datasetId: dataset.id, cells: prepared, scores, components, imputed: missing, atCentre }
}

/** What is filled with the mean is off the centre by the rounding of that mean. */
const isAtCentre = (prepared: number): boolean => Math.abs(prepared) < 1e-9

/** What stands for a missing cell of a column: in the dataset of the result what the fit filled in, in another one what the
 * model it was projected on says. */
async function fillingOf(
  analysis: AnalysisInfo,
  dataset: DatasetInfo,
  row: number
): Promise<(column: number) => number | undefined> {
  if (dataset.id !== analysis.datasetId) return (column) => projectedDataset(dataset)?.model.fill?.[column]
  const filled = (await loadFilledCells(analysis))?.get(row)
  return (column) => filled?.get(column)
}
