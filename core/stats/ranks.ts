/** Ranks from 1, equal values sharing the mean of theirs; rows without a value, and those left out, get NaN.
 * @param order rows in the order of the values @param skip rows to leave out, 1; none where null */
export function rankInto(ranks: Float64Array, values: Float64Array, order: Int32Array, skip: Uint8Array | null): void {
  ranks.fill(NaN)
  let rank = 0
  let from = 0
  while (from < order.length) {
    const value = values[order[from]!]!
    let to = from
    let count = 0
    while (to < order.length && values[order[to]!] === value) {
      if (skip?.[order[to]!] !== 1) count++
      to++
    }
    const shared = rank + (count + 1) / 2
    for (let i = from; i < to; i++) if (skip?.[order[i]!] !== 1) ranks[order[i]!] = shared
    rank += count
    from = to
  }
}
