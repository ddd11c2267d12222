import type { ColumnDetail, ColumnStatistics, TableStatistics } from '../../core/contract/column-statistics.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import type { ColumnSummary } from '../../core/contract/table.ts'
import { follow, type Resource } from '../analyses/resource.svelte.ts'
import { loadColumnDetail, loadStatistics } from '../analyses/results.ts'

/** A column as its view shows it: what the import told, and what was computed since. */
export interface DescribedColumn {
  summary: ColumnSummary
  /** null while it is computed */
  statistics: ColumnStatistics | null
}

export const followStatistics = (dataset: () => DatasetInfo): Resource<TableStatistics> =>
  follow(
    () => dataset().id,
    () => loadStatistics(dataset())
  )

export const followDetail = (dataset: () => DatasetInfo, column: () => string): Resource<ColumnDetail> =>
  follow(
    () => `${dataset().id} ${column()}`,
    () => loadColumnDetail(dataset(), column())
  )

/** What a column of the table of columns is sorted by; texts by their letters, numbers by their size. */
export function sortValueOf(by: string, { summary, statistics }: DescribedColumn): string | number {
  const [low, first, median, third] = statistics?.quantiles?.slice(0, 4) ?? []
  const numbers: Record<string, number | undefined> = {
    missing: summary.missing,
    share: summary.missing,
    distinct: statistics?.distinct ?? summary.distinct,
    min: summary.min,
    p5: low,
    q1: first,
    median,
    q3: third,
    max: summary.max,
    mean: statistics?.mean ?? summary.mean,
    sd: statistics?.sd ?? summary.sd,
    skewness: statistics?.skewness,
    notes: statistics?.flags.length
  }
  if (by === 'name') return summary.name
  if (by === 'type') return summary.type
  return numbers[by] ?? NaN
}

/** Positions of columns in an order; what has no value comes last. */
export function sortColumns(
  columns: readonly DescribedColumn[],
  positions: readonly number[],
  by: { column: string; direction: 'ascending' | 'descending' } | undefined
): number[] {
  if (!by) return [...positions]
  const turn = by.direction === 'ascending' ? 1 : -1
  const { compare } = new Intl.Collator('en', { numeric: true })
  const values = new Map(positions.map((position) => [position, sortValueOf(by.column, columns[position]!)]))
  return [...positions].sort((a, b) => {
    const [one, other] = [values.get(a)!, values.get(b)!]
    if (typeof one === 'string' || typeof other === 'string') return turn * compare(String(one), String(other)) || a - b
    if (Number.isNaN(one) || Number.isNaN(other))
      return Number(Number.isNaN(one)) - Number(Number.isNaN(other)) || a - b
    return turn * (one - other) || a - b
  })
}
