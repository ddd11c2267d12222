import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import { formatCount, formatPlural } from '../../ui/format.ts'

/** Which rows a result is of: "150 rows", "23 of 27 rows fitted, 4 supplementary". */
export function fittedWords({ nSamples, supplementary }: PcaSummary, nRows: number): string {
  if (nSamples === nRows) return formatPlural(nRows, 'row')
  const fitted = `${formatCount(nSamples)} of ${formatPlural(nRows, 'row')} fitted`
  return supplementary.rows > 0 ? `${fitted}, ${formatCount(supplementary.rows)} supplementary` : fitted
}
