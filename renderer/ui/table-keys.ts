/** Where the keyboard stands in a table: row −1 is the header, column −1 the row as a whole. */
export interface TableCursor {
  row: number
  column: number
}

/** Where a key leads to in a table.
 * @param nColumns 0 where the rows are gone through as wholes
 * @param page rows of a screen
 * @returns null where the key does not move */
export function moveCursor(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  { row, column }: TableCursor,
  nRows: number,
  nColumns: number,
  page: number
): TableCursor | null {
  if (event.altKey) return null
  const control = event.ctrlKey || event.metaKey
  const byCell = nColumns > 0
  const within = (wanted: number): number => Math.max(byCell ? -1 : 0, Math.min(nRows - 1, wanted))
  const body = (wanted: number): number => Math.max(0, Math.min(nRows - 1, wanted))
  const across = (wanted: number): TableCursor => ({ row, column: Math.max(0, Math.min(nColumns - 1, wanted)) })
  switch (event.key) {
    case 'ArrowDown':
      return { row: control ? nRows - 1 : within(row + 1), column }
    case 'ArrowUp':
      return { row: control ? 0 : within(row - 1), column }
    case 'PageDown':
      return { row: body(row + page), column }
    case 'PageUp':
      return { row: body(row - page), column }
    case 'Home':
      return byCell && !control ? across(0) : { row: 0, column: byCell ? 0 : column }
    case 'End':
      return byCell && !control ? across(nColumns - 1) : { row: nRows - 1, column: byCell ? nColumns - 1 : column }
    case 'ArrowLeft':
      return byCell ? across(control ? 0 : column - 1) : null
    case 'ArrowRight':
      return byCell ? across(control ? nColumns - 1 : column + 1) : null
    default:
      return null
  }
}
