import type { ScoreTerm } from '../../../../core/analyses/pca/figures/score-terms.ts'
import { formatCell } from '../../../ui/format.ts'
import { formatFactor } from '../../math/math-words.ts'

/** A column with more decimals somewhere pads no other cell with zeros. */
const MOST_DECIMALS = 4

/** One term as a person would calculate it: "(7.7 − 5.843) / 0.828 × 0.521". Parts that change nothing are left out.
 * @param decimals of the column's cells, where they are known */
export function termText(
  term: Pick<ScoreTerm, 'cell' | 'mean' | 'scale' | 'weight'>,
  { centred, scaled, decimals }: { centred: boolean; scaled: boolean; decimals: number | undefined }
): string {
  const cell = formatCell(term.cell, decimals !== undefined && decimals <= MOST_DECIMALS ? decimals : undefined)
  const difference =
    term.mean < 0 ? `(${cell} + ${formatFactor(-term.mean)})` : `(${cell} − ${formatFactor(term.mean)})`
  const divided = scaled ? ` / ${formatFactor(term.scale)}` : ''
  return `${centred ? difference : cell}${divided} × ${formatFactor(term.weight)}`
}
