import { compareMeans, type MeanDifference } from '../../../core/analyses/pca/figures.ts'
import { compareShares, type ShareDifference } from '../../../core/analyses/pca/figures/compare-shares.ts'
import type { PcaParams } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import { giveFrame, giveTurn } from '../../ui/turns.ts'
import { loadColumn } from '../results.ts'
import { CLUSTERS_COLOUR } from './choices.ts'
import { codesOf, MOST_LEVELS } from './category-codes.ts'
import { CLUSTER_NAME, loadClusterColumn } from './cluster-column.ts'

let latest = 0

/** Compares the selected rows with the rest, one column after the other and with a turn for the page between two: twenty
 * columns of a million rows would hold it up for a while. A newer comparison ends an older one, which is then empty. */
export async function compareColumns(
  dataset: DatasetInfo,
  names: readonly string[],
  selected: readonly number[],
  rows: Int32Array
): Promise<MeanDifference[]> {
  const mine = ++latest
  const mask = new Uint8Array(dataset.nRows)
  for (const row of selected) mask[row] = 1
  const has = (row: number): boolean => mask[row] === 1
  const found: MeanDifference[] = []
  await giveFrame()
  for (const name of names) {
    const column = await loadColumn(dataset, name)
    await giveTurn()
    if (mine !== latest) return []
    if (column.kind === 'number') found.push(...compareMeans([column], { has }, rows))
  }
  return found.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
}

/** Categories that are compared: reading more for a few bars is not worth it. */
const MOST_CATEGORIES = 12

/** Categories of few values by which a selection can be told from the rest: those that were asked for first. */
export function comparedCategories(analysis: AnalysisInfo, dataset: DatasetInfo): string[] {
  const { group, label, supplementaryColumns = [] } = analysis.params as Partial<PcaParams>
  const asked = new Set([...(group ? [group] : []), ...supplementaryColumns])
  const usable = dataset.columns.filter(
    ({ name, type, distinct }) =>
      name !== label &&
      (type !== 'number' || name === group) &&
      type !== 'date' &&
      (type === 'boolean' || (distinct ?? Infinity) <= MOST_LEVELS)
  )
  const names = usable.map(({ name }) => name)
  return [...names.filter((name) => asked.has(name)), ...names.filter((name) => !asked.has(name))].slice(
    0,
    MOST_CATEGORIES
  )
}

let latestShares = 0

/** Compares the shares of values among the selected rows with those among all, category by category, the clusters of the result
 * among them; as compareColumns, with a turn for the page between two. */
export async function compareCategories(
  analysis: AnalysisInfo,
  dataset: DatasetInfo,
  selected: readonly number[],
  rows: Int32Array
): Promise<ShareDifference[]> {
  const mine = ++latestShares
  const isSelected = new Uint8Array(rows.length)
  for (const point of selected) isSelected[point] = 1
  const found: ShareDifference[] = []
  const clusters = await loadClusterColumn(analysis, dataset.nRows)
  for (const name of [...(clusters ? [CLUSTERS_COLOUR] : []), ...comparedCategories(analysis, dataset)]) {
    const column =
      name === CLUSTERS_COLOUR && clusters ? { ...clusters, name: CLUSTER_NAME } : await loadColumn(dataset, name)
    await new Promise((resolve) => setTimeout(resolve))
    if (mine !== latestShares) return []
    const coded = codesOf(column)
    if (coded) found.push(...compareShares([coded], isSelected, rows))
  }
  return found.sort((a, b) => Math.abs(b.vTest) - Math.abs(a.vTest))
}
