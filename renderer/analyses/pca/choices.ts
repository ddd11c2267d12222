import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import { roleOf } from '../../../core/contract/preparation.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import { session } from '../../app/session.svelte.ts'

/** How a PCA is looked at, remembered with the session: none of it is a parameter of the run. */

export const NO_COLOUR = ''
/** Points coloured by the clusters of the result instead of a column. */
export const CLUSTERS_COLOUR = 'Cluster of this result'
/** More distinct values than this are names, not categories. */
const MOST_CATEGORIES = 50

/** The two components shown, 0-based. */
export function axesOf(analysis: AnalysisInfo, nComponents: number): [number, number] {
  const last = Math.max(0, nComponents - 1)
  const axis = (key: string, fallback: number): number => Math.min(last, session.plotChoice(analysis.id, key, fallback))
  return [axis('axisX', 0), axis('axisY', Math.min(1, last))]
}

export function setAxis(analysis: AnalysisInfo, which: 0 | 1, component: number): void {
  session.setPlotChoice(analysis.id, which === 0 ? 'axisX' : 'axisY', component)
}

/** How many components are looked at as kept: the cut. It shortens no result; diagnostics and clusters begin from it. Until
 * one is chosen it is the number of those with more variance than the average of all that are possible (Kaiser 1960), and of two at least, for a
 * plane: with all of them kept nothing would be left over to look at. */
export function cutOf(
  analysis: AnalysisInfo,
  { nComponents, explainedVariance, totalVariance, nFeatures, nSamples }: PcaSummary
): number {
  const possible = Math.min(nFeatures, Math.max(1, nSamples - 1))
  const average = totalVariance / possible
  const above = explainedVariance.filter((variance) => variance > average).length
  const usual = Math.max(2, above)
  return Math.max(1, Math.min(nComponents, session.plotChoice(analysis.id, 'cut', usual)))
}

export function setCut(analysis: AnalysisInfo, cut: number): void {
  session.setPlotChoice(analysis.id, 'cut', cut)
}

/** How many components are rotated: what was chosen, else the cut, and two at least. */
export function rotatedOf(analysis: AnalysisInfo, summary: PcaSummary): number {
  const usual = cutOf(analysis, summary)
  return Math.max(2, Math.min(summary.nComponents, session.plotChoice(analysis.id, 'rotated', usual)))
}

export function setRotated(analysis: AnalysisInfo, count: number): void {
  session.setPlotChoice(analysis.id, 'rotated', count)
}

/** Columns that can colour points: few categories, yes or no, or a number. */
export function colourColumns(dataset: DatasetInfo): string[] {
  return dataset.columns
    .filter((column) => {
      if (column.type === 'number') return !column.isRowNumber && column.max !== undefined
      if (column.type === 'text' || column.type === 'date') return (column.distinct ?? Infinity) <= MOST_CATEGORIES
      return true
    })
    .map((column) => column.name)
}

/** The column whose groups are compared: that of the run, else the one whose role it is. */
export function groupColumnOf(analysis: AnalysisInfo, dataset: DatasetInfo): string | undefined {
  const named = colourColumns(dataset)
  return (
    named.find((name) => name === analysis.params['group']) ?? named.find((name) => roleOf(dataset, name) === 'group')
  )
}

/** The chosen column, at first the one whose groups the run compares, the one whose role it is to group, or the first category of few
 * values; '' for none. */
export function colourColumnOf(analysis: AnalysisInfo, dataset: DatasetInfo): string {
  const group = groupColumnOf(analysis, dataset)
  const category = dataset.columns.find(
    (column) =>
      (column.type === 'category' || column.type === 'boolean') &&
      column.name !== analysis.params['label'] &&
      roleOf(dataset, column.name) !== 'ignore' &&
      (column.distinct ?? 0) <= MOST_CATEGORIES
  )
  const chosen = session.plotChoice<string>(analysis.id, 'colourBy', group ?? category?.name ?? NO_COLOUR)
  if (chosen === CLUSTERS_COLOUR && analysis.studies.clusters !== undefined) return chosen
  return chosen === NO_COLOUR || dataset.columns.some((column) => column.name === chosen) ? chosen : NO_COLOUR
}
