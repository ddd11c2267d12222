import type { SvdSummary } from '../../../core/analyses/svd/spec.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { formatCount } from '../../ui/format.ts'
import { loadArray } from '../results.ts'
import type { SideWords } from './words.ts'

/** The part of A that is looked at, and the same rows of U and V. */
export interface ShownPart {
  /** positions in A */
  rows: ArrayLike<number>
  columns: ArrayLike<number>
  /** |rows|×|columns| row-major */
  cells: ArrayLike<number>
  /** |rows|×K and |columns|×K */
  left: ArrayLike<number>
  right: ArrayLike<number>
}

export async function loadShownPart(analysis: AnalysisInfo): Promise<ShownPart> {
  const [rows, columns, cells, left, right] = await Promise.all(
    ['shownRows', 'shownColumns', 'shown', 'shownLeft', 'shownRight'].map((name) => loadArray(analysis, name))
  )
  return { rows: rows!, columns: columns!, cells: cells!, left: left!, right: right! }
}

/** "256 of 1,000 rows, the fullest"; '' where all are there. */
export function partWords({ rows, columns }: ShownPart, summary: SvdSummary, words: SideWords): string {
  const chosen = summary.source === 'columns' ? 'evenly chosen' : 'with most entries'
  const part = (shown: number, total: number, name: string): string[] =>
    shown < total ? [`${formatCount(shown)} of ${formatCount(total)} ${name}`] : []
  const parts = [
    ...part(rows.length, summary.nRows, words.rows),
    ...part(columns.length, summary.nColumns, words.columns)
  ]
  return parts.length === 0 ? '' : `${parts.join(', ')}, ${chosen}`
}
