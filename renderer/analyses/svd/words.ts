import type { SvdSummary } from '../../../core/analyses/svd/spec.ts'
import { formatNumber, formatPercent, formatSignificant } from '../../ui/format.ts'

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

/** Writes the numbers of a column with as many decimals as show `digits` digits of the largest. */
export function writerFor(largest: number, digits: number): (value: number) => string {
  const decimals = digits - 1 - Math.floor(Math.log10(largest))
  // Beyond this a number says more by its own digits.
  if (!(decimals >= 0 && decimals <= 6)) return (value) => formatSignificant(value, digits)
  return (value) => formatNumber(value, decimals)
}
