import type { CodedColumn } from '../../../core/analyses/pca/figures/compare-shares.ts'
import type { ColumnData } from '../../../core/contract/table.ts'

/** A category of more levels is no picture, and names rows rather than groups them. */
export const MOST_LEVELS = 50

/** Codes of a category, or of texts or numbers with few values; null where there are too many. */
export function codesOf(column: ColumnData): CodedColumn | null {
  const { name } = column
  if (column.kind === 'codes') {
    const { codes, dictionary } = column
    return dictionary.length > MOST_LEVELS ? null : { name, codes, dictionary }
  }
  const { values } = column
  const known = new Map<string | number, number>()
  const codes = new Int32Array(values.length).fill(-1)
  for (let row = 0; row < codes.length; row++) {
    const value = values[row] ?? null
    if (value === null || Number.isNaN(value)) continue
    if (!known.has(value)) {
      if (known.size === MOST_LEVELS) return null
      known.set(value, known.size)
    }
    codes[row] = known.get(value)!
  }
  return { name, codes, dictionary: Array.from(known.keys(), String) }
}
