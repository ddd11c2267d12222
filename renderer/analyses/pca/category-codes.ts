import type { CodedColumn } from '../../../core/analyses/pca/figures/compare-shares.ts'
import type { ColumnData } from '../../../core/contract/table.ts'

/** A category of more levels is no picture, and names rows rather than groups them. */
export const MOST_LEVELS = 50

/** Codes of a category, or of a text with few values; null where there are too many. */
export function codesOf(column: Exclude<ColumnData, { kind: 'number' }>): CodedColumn | null {
  const { name } = column
  if (column.kind === 'codes') {
    const { codes, dictionary } = column
    return dictionary.length > MOST_LEVELS ? null : { name, codes, dictionary }
  }
  const known = new Map<string, number>()
  const codes = new Int32Array(column.values.length).fill(-1)
  for (let row = 0; row < codes.length; row++) {
    const text = column.values[row] ?? null
    if (text === null) continue
    if (!known.has(text)) {
      if (known.size === MOST_LEVELS) return null
      known.set(text, known.size)
    }
    codes[row] = known.get(text)!
  }
  return { name, codes, dictionary: [...known.keys()] }
}
