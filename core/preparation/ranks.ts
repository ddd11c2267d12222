import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'
import { orderNumbers } from '../table/row-sort.ts'

/** Ranks from 1, the smallest first; equal values share the mean of their ranks. A missing value has none (NaN).
 * Source: Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945) 239. */
export function ranksOf(values: Float64Array, watch: Watch): Float64Array {
  const sorted = orderNumbers(values, watch.checkpoint)
  let present = values.length
  while (present > 0 && Number.isNaN(values[sorted[present - 1]!])) present--
  const ranks = new Float64Array(values.length).fill(NaN)
  let tieEnd = 0
  inPieces(present, 1, watch, (from, to) => {
    for (let at = from; at < to; at++) {
      if (at < tieEnd) continue
      tieEnd = at + 1
      while (tieEnd < present && values[sorted[tieEnd]!] === values[sorted[at]!]) tieEnd++
      for (let tied = at; tied < tieEnd; tied++) ranks[sorted[tied]!] = (at + 1 + tieEnd) / 2
    }
  })
  return ranks
}
