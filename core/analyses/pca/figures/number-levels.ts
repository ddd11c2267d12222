import type { ColumnData } from '../../../contract/table.ts'

/** More different values than this are no groups. */
export const MOST_NUMBER_LEVELS = 50

type Numbers = Extract<ColumnData, { kind: 'number' }>
type Codes = Extract<ColumnData, { kind: 'codes' }>

/** A column of numbers that stand for groups (0 … 9, a class), as categories in ascending order; missing is −1.
 * @param column not modified
 * @returns null where there are more than MOST_NUMBER_LEVELS different values */
export function levelsOfNumbers(column: Numbers): Codes | null {
  const { name, values } = column
  const known = new Set<number>()
  for (const value of values) {
    if (Number.isNaN(value)) continue
    known.add(value)
    if (known.size > MOST_NUMBER_LEVELS) return null
  }
  const levels = [...known].sort((a, b) => a - b)
  const codeOf = new Map(levels.map((level, code) => [level, code]))
  return {
    kind: 'codes',
    name,
    codes: Int32Array.from(values, (value) => codeOf.get(value) ?? -1),
    // A minus as the page writes it stands in the drawing; here it is what a file would have.
    dictionary: levels.map(String)
  }
}

/** Columns as a study takes them: the one that groups the rows has levels, also where it is written in numbers. */
export function withLevels(
  columns: readonly ColumnData[],
  { group, columns: fitted }: { group: string | null; columns: readonly string[] }
): ColumnData[] {
  return columns.map((column) =>
    column.kind === 'number' && column.name === group && !fitted.includes(group)
      ? (levelsOfNumbers(column) ?? column)
      : column
  )
}
