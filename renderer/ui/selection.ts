/** What a person did to a selection in a table or list; positions count the rows as they are shown. */
export interface SelectionChange {
  kind: 'only' | 'toggle' | 'range' | 'add-range' | 'all' | 'none'
  /** the row acted on; for a range, its far end */
  to: number
  /** where a range began */
  from: number
}

/** The rows selected after a change.
 * @param current rows selected before
 * @param nRows rows shown
 * @param rowOf row shown at a position; positions and rows are the same where the table is not sorted */
export function changeSelection(
  current: readonly number[],
  change: SelectionChange,
  nRows: number,
  rowOf: (position: number) => number = (position) => position
): number[] {
  const span = (first: number, last: number): number[] =>
    Array.from({ length: last - first + 1 }, (_, i) => rowOf(first + i))
  const row = rowOf(change.to)
  switch (change.kind) {
    case 'none':
      return []
    case 'all':
      return span(0, nRows - 1)
    case 'only':
      return [row]
    case 'toggle':
      return current.includes(row) ? current.filter((r) => r !== row) : [...current, row]
    case 'range':
    case 'add-range': {
      const rows = span(Math.min(change.from, change.to), Math.max(change.from, change.to))
      return change.kind === 'range' ? rows : [...new Set([...current, ...rows])]
    }
  }
}
