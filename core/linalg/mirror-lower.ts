import { panelOf, blockOf } from './panel.ts'
import { transposeEntries } from './passes.ts'
import type { Watch } from './watch.ts'

/** Rows of a block that is turned at once: a cache holds it both ways. */
const BLOCK = 64

/** Writes the lower triangle of a square matrix into its upper one. @param data n × n, in the memory of the kernels */
export function mirrorLower(data: Float64Array, n: number, watch: Watch): void {
  const whole = panelOf(data, n, n)
  for (let from = 0; from < n; from += BLOCK) {
    watch.checkpoint()
    const end = Math.min(n, from + BLOCK)
    const left = blockOf(whole, from, 0, end - from, from)
    const top = blockOf(whole, 0, from, from, end - from)
    if (from > 0) transposeEntries(end - from, from, left.at, n, top.at, n, watch)
    for (let i = from; i < end; i++) for (let j = from; j < i; j++) data[j * n + i] = data[i * n + j]!
  }
}
