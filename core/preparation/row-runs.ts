/** Rows that are marked, as runs: the first row and the number of rows of each, ascending. */
export function runsOf(marks: Uint8Array): number[] {
  const runs: number[] = []
  for (let row = marks.indexOf(1); row >= 0;) {
    const end = marks.indexOf(0, row)
    const stop = end < 0 ? marks.length : end
    runs.push(row, stop - row)
    row = marks.indexOf(1, stop)
  }
  return runs
}

/** Whether a row lies in one of the runs. Cost: a binary search. */
export function isInRuns(runs: readonly number[], row: number): boolean {
  let low = 0
  let high = runs.length / 2
  while (low < high) {
    const middle = (low + high) >> 1
    if (runs[2 * middle]! <= row) low = middle + 1
    else high = middle
  }
  return low > 0 && row < runs[2 * low - 2]! + runs[2 * low - 1]!
}

/** Marks again, of a column of so many rows. */
export function marksOf(runs: readonly number[], nRows: number): Uint8Array {
  const marks = new Uint8Array(nRows)
  for (let at = 0; at < runs.length; at += 2) marks.fill(1, runs[at], runs[at]! + runs[at + 1]!)
  return marks
}
