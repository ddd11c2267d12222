/** What a person did to a selection in a table or list; positions count the rows as they are shown. */
export interface SelectionChange {
  kind: 'only' | 'toggle' | 'range' | 'add-range' | 'all' | 'none'
  /** the row acted on; for a range, its far end */
  to: number
  /** where a range began */
  from: number
}

/** Rows as a selection holds them: each once, ascending. A million of them are told in a moment. */
export function orderSelection(rows: Iterable<number>): number[] {
  const given = Array.isArray(rows) ? (rows as number[]) : Array.from(rows)
  if (isAscending(given)) return given
  let highest = -1
  for (let i = 0; i < given.length; i++) if (given[i]! > highest) highest = given[i]!
  if (highest < MARKED_PER_ROW * given.length) return marked(given, highest)
  const sorted = Float64Array.from(given).sort()
  return Array.from(sorted.filter((row, i) => i === 0 || row !== sorted[i - 1]))
}

/** Where the rows are not fewer than one in so many, going through all of them is quicker than sorting. */
const MARKED_PER_ROW = 64

function marked(rows: readonly number[], highest: number): number[] {
  const there = new Uint8Array(highest + 1)
  for (let i = 0; i < rows.length; i++) there[rows[i]!] = 1
  const found: number[] = []
  for (let row = 0; row <= highest; row++) if (there[row] === 1) found.push(row)
  return found
}

function isAscending(rows: readonly number[]): boolean {
  for (let i = 1; i < rows.length; i++) if (rows[i]! <= rows[i - 1]!) return false
  return true
}

/** Whether a row is among those selected. @param rows ascending */
export function includesRow(rows: readonly number[], row: number): boolean {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]! < row) low = middle + 1
    else high = middle
  }
  return rows[low] === row
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
  const span = (first: number, last: number): number[] => {
    const rows: number[] = []
    for (let position = first; position <= last; position++) rows.push(rowOf(position))
    return rows
  }
  const row = rowOf(change.to)
  switch (change.kind) {
    case 'none':
      return []
    case 'all':
      return span(0, nRows - 1)
    case 'only':
      return [row]
    case 'toggle':
      return current.includes(row) ? current.filter((r) => r !== row) : current.concat(row)
    case 'range':
    case 'add-range': {
      const rows = span(Math.min(change.from, change.to), Math.max(change.from, change.to))
      return change.kind === 'range' ? rows : orderSelection(current.concat(rows))
    }
  }
}
