import type { FactorizationParams } from '../../../core/analyses/factorization/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import type { ColumnData } from '../../../core/contract/table.ts'
import { loadColumn } from '../results.ts'

function nameAt(column: ColumnData, row: number): string | null {
  if (column.kind === 'text') return column.values[row]!
  if (column.kind === 'codes') return column.dictionary[column.codes[row]!] ?? null
  const value = column.values[row]!
  return Number.isNaN(value) ? null : String(value)
}

function numberAt(column: ColumnData, row: number): number {
  if (column.kind === 'number') return column.values[row]!
  const text = nameAt(column, row)
  return text === null ? NaN : Number(text)
}

/** The ratings a small model was fitted to, as the matrix of users × items, NaN where unknown; several ratings of one
 * pair are averaged, as the fit does. */
export async function loadObserved(
  analysis: AnalysisInfo,
  dataset: DatasetInfo,
  users: readonly string[],
  items: readonly string[]
): Promise<Float64Array> {
  const params = analysis.params as unknown as FactorizationParams
  const userOf = new Map(users.map((name, i) => [name, i]))
  const itemOf = new Map(items.map((name, i) => [name, i]))
  const sums = new Float64Array(users.length * items.length)
  const times = new Float64Array(users.length * items.length)
  const add = (user: string | null, item: string | null, value: number): void => {
    const row = user === null ? undefined : userOf.get(user)
    const column = item === null ? undefined : itemOf.get(item)
    if (row === undefined || column === undefined || Number.isNaN(value)) return
    sums[row * items.length + column]! += value
    times[row * items.length + column]! += 1
  }
  const userColumn = params.user === null ? null : await loadColumn(dataset, params.user)
  if (params.layout === 'wide') {
    const columns = await Promise.all(items.map((name) => loadColumn(dataset, name)))
    for (let row = 0; row < dataset.nRows; row++) {
      const user = userColumn ? nameAt(userColumn, row) : `row ${row + 1}`
      columns.forEach((column) => add(user, column.name, numberAt(column, row)))
    }
  } else if (userColumn && params.item !== null) {
    const itemColumn = await loadColumn(dataset, params.item)
    const rating = params.rating === null ? null : await loadColumn(dataset, params.rating)
    for (let row = 0; row < dataset.nRows; row++) {
      add(nameAt(userColumn, row), nameAt(itemColumn, row), rating ? numberAt(rating, row) : 1)
    }
  }
  return sums.map((sum, cell) => (times[cell]! > 0 ? sum / times[cell]! : NaN))
}
