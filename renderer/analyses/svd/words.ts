import type { SvdSummary } from '../../../core/analyses/svd/spec.ts'
import { formatPercent } from '../../ui/format.ts'

/** What rows and columns of the matrix are, in the words of what it was made from. */
export interface SideWords {
  row: string
  rows: string
  column: string
  columns: string
}

export function sideWords(source: SvdSummary['source']): SideWords {
  return source === 'text'
    ? { row: 'document', rows: 'documents', column: 'term', columns: 'terms' }
    : { row: 'row', rows: 'rows', column: 'column', columns: 'columns' }
}

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** "factor 1 · 62.1 % of the norm" */
export function factorName(summary: SvdSummary, factor: number): string {
  return `factor ${factor + 1} · ${formatPercent(summary.normShare[factor] ?? 0, 1)} of the norm`
}
