import { EigendeskError } from '../../../contract/errors.ts'

/** Numbers and runs of numbers with commas between: "24-27, 30". Empty: none. */
export const ROW_RUNS = /^\s*(\d+\s*(-\s*\d+\s*)?(,\s*\d+\s*(-\s*\d+\s*)?)*)?$/

/** The rows that a text like "24-27, 30" names.
 * @param text rows counted from 1, as ROW_RUNS has it
 * @param nRows how many there are
 * @returns 0-based, ascending, each once
 * @throws INVALID_PARAMETER where a row does not exist or a run goes backwards */
export function parseRowRuns(text: string, nRows: number, field: string): Int32Array {
  const refuse = (reason: string): never => {
    throw new EigendeskError('INVALID_PARAMETER', { field, reason, limit: `rows 1 to ${nRows}, as in 24-27, 30` })
  }
  if (!ROW_RUNS.test(text)) refuse(`${text} does not name rows`)
  const chosen = new Uint8Array(nRows)
  let count = 0
  for (const run of text.split(',').filter((part) => part.trim() !== '')) {
    const [first = 0, last = first] = run.split('-').map(Number)
    if (first < 1 || last > nRows) refuse(`there is no row ${first < 1 ? first : last}`)
    if (last < first) refuse(`${run.trim()} goes backwards`)
    for (let row = first - 1; row < last; row++) count += 1 - chosen[row]!
    chosen.fill(1, first - 1, last)
  }
  const rows = new Int32Array(count)
  let at = 0
  for (let row = 0; row < nRows; row++) if (chosen[row] === 1) rows[at++] = row
  return rows
}

/** Rows as such a text: runs of neighbours become "24-27". @param rows 0-based, ascending */
export function formatRowRuns(rows: ArrayLike<number>): string {
  const runs: string[] = []
  for (let at = 0; at < rows.length;) {
    let end = at
    while (end + 1 < rows.length && rows[end + 1] === rows[end]! + 1) end++
    runs.push(end === at ? String(rows[at]! + 1) : `${rows[at]! + 1}-${rows[end]! + 1}`)
    at = end + 1
  }
  return runs.join(',')
}
