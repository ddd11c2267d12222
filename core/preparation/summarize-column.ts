import type { ColumnSummary } from '../contract/table.ts'
import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { countBins } from '../table/histogram.ts'
import { DISTINCT_LIMIT } from '../table/distinct-numbers.ts'
import { spreadOf } from './spread.ts'
import { textAt, type WorkingColumn } from './working-table.ts'

/** Most frequent values that are listed, as for an imported column. */
const TOP_VALUES = 14

/** Statistics of a column as the page shows them: those that are known, or counted from its values.
 * @param before of the column it came from: whether it only counts the rows does not change with the rows that are left */
export function summarizeColumn(column: WorkingColumn, before: ColumnSummary | undefined, watch: Watch): ColumnSummary {
  if (column.summary) return { ...column.summary, name: column.name }
  const summary: ColumnSummary = { name: column.name, type: column.type, missing: column.missing }
  if (column.data.kind === 'number') addNumbers(summary, column.data.values, watch)
  else addTexts(summary, column, watch)
  if (before?.dateOrder && column.type === 'date') summary.dateOrder = before.dateOrder
  if (before?.isRowNumber && column.type === 'number') summary.isRowNumber = true
  return summary
}

function addNumbers(summary: ColumnSummary, values: Float64Array, watch: Watch): void {
  const distinct = new Set<number>()
  let whole = true
  let decimals = 0
  inPieces(values.length, 8, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      const value = values[row]!
      if (Number.isNaN(value)) continue
      if (distinct.size < DISTINCT_LIMIT) distinct.add(value)
      else if (!distinct.has(value)) summary.distinctIsLowerBound = true
      if (Number.isInteger(value)) continue
      whole = false
      if (decimals < UNKNOWN_DECIMALS) decimals = Math.max(decimals, decimalsOf(value))
    }
  })
  summary.distinct = distinct.size
  const { count, min, max, mean, sd } = spreadOf(values, watch)
  if (count === 0) return
  Object.assign(summary, { min, max })
  if (whole) summary.integer = true
  if (whole || decimals < UNKNOWN_DECIMALS) summary.decimals = decimals
  else summary.decimals = decimalsFor(Math.max(Math.abs(min), Math.abs(max)))
  // What rounding alone leaves of a mean that is 0.
  const rounding = 4 * Number.EPSILON * Math.max(Math.abs(min), Math.abs(max))
  if (Number.isFinite(mean)) summary.mean = Math.abs(mean) <= rounding ? 0 : mean
  if (Number.isFinite(sd)) summary.sd = sd
  const bins = countBins(counted(values), min, max, whole)
  if (bins.length > 0) summary.histogram = bins
}

/** More decimals than this were computed, not measured: as many are shown as five significant digits need. */
const UNKNOWN_DECIMALS = 7
const SIGNIFICANT = 5

function decimalsFor(largest: number): number {
  return largest === 0 ? 0 : Math.min(12, Math.max(0, SIGNIFICANT - 1 - Math.floor(Math.log10(largest))))
}

function decimalsOf(value: number): number {
  const text = String(value)
  if (text.includes('e')) return UNKNOWN_DECIMALS
  return Math.min(UNKNOWN_DECIMALS, text.length - text.indexOf('.') - 1)
}

function* counted(values: Float64Array): Generator<[number, number]> {
  for (const value of values) if (Number.isFinite(value)) yield [value, 1]
}

function addTexts(summary: ColumnSummary, { data }: WorkingColumn, watch: Watch): void {
  const counts = new Map<string, number>()
  const length = data.kind === 'codes' ? data.codes.length : data.values.length
  inPieces(length, 8, watch, (from, to) => {
    for (let row = from; row < to; row++) {
      const text = textAt(data, row)
      if (text === null) continue
      const count = counts.get(text)
      if (count !== undefined || counts.size < DISTINCT_LIMIT) counts.set(text, (count ?? 0) + 1)
      else summary.distinctIsLowerBound = true
    }
  })
  summary.distinct = counts.size
  const top = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
  if ((top[0]?.count ?? 0) > 1) summary.topValues = top.slice(0, TOP_VALUES)
}
