import { inPieces } from '../linalg/passes.ts'
import type { Watch } from '../linalg/watch.ts'

/** Ranks from 1, the smallest first; equal values share the mean of their ranks. A missing value has none (NaN).
 * Source: Kendall, "The treatment of ties in ranking problems", Biometrika 33 (1945) 239. */
export function ranksOf(values: Float64Array, watch: Watch): Float64Array {
  const order = new Uint32Array(values.length)
  let present = 0
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) order[present++] = row
  watch.checkpoint()
  const sorted = order.subarray(0, present).sort((a, b) => values[a]! - values[b]! || 0)
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
