/** Which row stands at each position of a table whose selected rows come first.
 * @param first rows shown first, ascending
 * @returns the row at a position; without rows to show first, the position itself */
export function orderRows(first: readonly number[]): (position: number) => number {
  if (first.length === 0) return (position) => position
  return (position) => {
    if (position < first.length) return first[position]!
    // The q-th row that is not among the first: q plus the number of first rows before it.
    const q = position - first.length
    let low = 0
    let high = first.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (first[middle]! - middle <= q) low = middle + 1
      else high = middle
    }
    return q + low
  }
}
