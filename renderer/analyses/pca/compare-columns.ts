import { compareMeans, type MeanDifference } from '../../../core/analyses/pca/figures.ts'
import type { DatasetInfo } from '../../../core/contract/session.ts'
import { giveFrame, giveTurn } from '../../ui/turns.ts'
import { loadColumn } from '../results.ts'

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
