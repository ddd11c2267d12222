/** Rows that the team solves in one round. */
export interface RowRound {
  firstRow: number
  nRows: number
  /** first and end of the rows of each task, counted from firstRow: the heaviest task first */
  tasks: Int32Array
  /** first and end of the entries of each part of a long row, counted from the first entry of the round */
  ranges: Int32Array
  /** nRows + 1: the parts of row r are parts[r] … parts[r + 1] − 1; a row that is not long has none */
  parts: Int32Array
}

/** Entries of a round: what is copied into the memory of the kernels at once, 20 MB. */
const ROUND_ENTRIES = 1_000_000
/** Multiplications of a part of a long row: some milliseconds. */
const PART_WORK = 20_000_000
/** Multiplications of a task that is not one long row. */
const TASK_WORK = 2_000_000
const LEAST_PART = 512

/** Cuts the rows of a sparse matrix into rounds of bounded memory, and each into tasks of about equal work, which rows of very
 * unequal lengths are not by themselves: long rows are summed up in parts. Nothing depends on the number of threads.
 * @param offsets nRows + 1 @param size of the system of a row */
export function* cutRows(offsets: Int32Array, size: number): Generator<RowRound> {
  const nRows = offsets.length - 1
  const perEntry = (size * size) / 2 + 4 * size
  const perRow = size ** 3 / 6 + 10 * size
  const longest = Math.max(LEAST_PART, Math.floor(PART_WORK / perEntry))
  for (let firstRow = 0; firstRow < nRows;) {
    const first = offsets[firstRow]!
    let end = firstRow + 1
    while (end < nRows && end - firstRow < ROUND_ENTRIES / size && offsets[end + 1]! - first <= ROUND_ENTRIES) end++
    const count = end - firstRow
    const parts = new Int32Array(count + 1)
    const ranges: number[] = []
    const tasks: { from: number; to: number; work: number }[] = []
    let open = { from: 0, to: 0, work: 0 }
    for (let r = 0; r < count; r++) {
      const from = offsets[firstRow + r]! - first
      const to = offsets[firstRow + r + 1]! - first
      let work = perRow
      if (to - from > longest) {
        const pieces = Math.ceil((to - from) / longest)
        for (let piece = 0; piece < pieces; piece++) {
          ranges.push(
            from + Math.floor(((to - from) * piece) / pieces),
            from + Math.floor(((to - from) * (piece + 1)) / pieces)
          )
        }
      } else work += perEntry * (to - from)
      parts[r + 1] = ranges.length / 2
      if (open.to > open.from && open.work + work > TASK_WORK) {
        tasks.push(open)
        open = { from: r, to: r, work: 0 }
      }
      open = { from: open.from, to: r + 1, work: open.work + work }
    }
    tasks.push(open)
    tasks.sort((a, b) => b.work - a.work || a.from - b.from)
    yield {
      firstRow,
      nRows: count,
      tasks: Int32Array.from(tasks.flatMap(({ from, to }) => [from, to])),
      ranges: Int32Array.from(ranges),
      parts
    }
    firstRow = end
  }
}
