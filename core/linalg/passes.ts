import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import { describeBytes } from './kernels/memory.ts'
import { scaleArray } from './power-of-two.ts'
import type { Watch } from './watch.ts'

/** Doubles moved between two looks at the stop button: 16 MB, up to 50 ms where the system has yet to find the memory. */
const WATCHED_ENTRIES = 2_000_000

/** Goes through `count` things of `size` doubles each, so many at a time that the stop button is looked at often enough. */
export function inPieces(count: number, size: number, watch: Watch, step: (from: number, to: number) => void): void {
  const most = Math.max(1, Math.floor(WATCHED_ENTRIES / Math.max(1, size)))
  for (let from = 0; from < count; from += most) {
    watch.checkpoint()
    step(from, Math.min(count, from + most))
  }
}

/** An array outside of the memory of the kernels, all 0.
 * @throws OUT_OF_MEMORY naming what is wanted */
export function ordinaryArray(length: number): Float64Array<ArrayBuffer> {
  try {
    return new Float64Array(length)
  } catch {
    throw new EigendeskError('OUT_OF_MEMORY', { value: describeBytes(8 * length), limit: 'what the system has left' })
  }
}

/** Writes an array over another of its length and kind. */
export function copyInto<T extends Float64Array | Int32Array>(to: T, data: T, watch: Watch): void {
  inPieces(data.length, 1, watch, (from, end) => to.set(data.subarray(from, end), from))
}

/** A copy in the memory of the kernels. Cost: as many doubles, until the frame around it ends. */
export function takeIn(data: Float64Array, watch: Watch): Float64Array {
  const copy = kernels().memory.allocate(data.length)
  copyInto(copy, data, watch)
  return copy
}

/** The array itself where it lies in the memory of the kernels, else a copy that does. */
export function placeIn(data: Float64Array, watch: Watch): Float64Array {
  return kernels().memory.holds(data) ? data : takeIn(data, watch)
}

/** A copy outside of the memory of the kernels: what a routine returns. */
export function takeOut(data: Float64Array, watch: Watch): Float64Array<ArrayBuffer> {
  const copy = ordinaryArray(data.length)
  copyInto(copy, data, watch)
  return copy
}

/** So many zeros in the memory of the kernels. */
export function zeros(length: number, watch: Watch): Float64Array {
  const data = kernels().memory.allocate(length)
  clear(data, watch)
  return data
}

/** Makes every entry 0. */
export function clear(data: Float64Array, watch: Watch): void {
  inPieces(data.length, 1, watch, (from, to) => data.fill(0, from, to))
}

/** Multiplies every entry by 2^e, in place. */
export function scaleEntries(data: Float64Array, e: number, watch: Watch): void {
  if (e === 0) return
  inPieces(data.length, 1, watch, (from, to) => scaleArray(data.subarray(from, to), e))
}

/** Writes rows · columns entries, rows `fromStride` doubles apart, as columns `toStride` apart. Addresses are of the memory of
 * the kernels. */
export function transposeEntries(
  rows: number,
  columns: number,
  from: number,
  fromStride: number,
  to: number,
  toStride: number,
  watch: Watch
): void {
  const { run } = kernels()
  // Of a wide matrix, as of a tall one turned back, pieces are cut from the longer side.
  if (rows >= columns) {
    inPieces(rows, columns, watch, (first, end) =>
      run.transposeInto(end - first, columns, from + 8 * first * fromStride, fromStride, to + 8 * first, toStride)
    )
  } else {
    inPieces(columns, rows, watch, (first, end) =>
      run.transposeInto(rows, end - first, from + 8 * first, fromStride, to + 8 * first * toStride, toStride)
    )
  }
}

/** The largest magnitude; NaN where the data hold one. */
export function largestOf(data: Float64Array, watch: Watch): number {
  let largest = 0
  inPieces(data.length, 1, watch, (from, to) => {
    const piece = kernels().run.largest(to - from, data.byteOffset + 8 * from)
    largest = piece > largest ? piece : piece <= largest ? largest : NaN
  })
  return largest
}
