import { kernels } from './kernels/kernels.ts'

/** Copies of so many bytes are kept: of about two million entries of a sparse matrix both ways round. */
const KEPT_BYTES = 64e6

/** The array, or a copy of it in the memory of the kernels while there is room for it. */
export type Keep = <A extends Float64Array | Int32Array>(array: A) => A

/** Runs work that hands the same arrays to kernels again and again: what it keeps is copied to them once.
 * @param work told how to keep an array, for as long as it runs */
export function keeping<T>(work: (keep: Keep) => T): T {
  const { memory } = kernels()
  return memory.frame(() => {
    let left = KEPT_BYTES
    return work((array) => {
      if (memory.holds(array) || array.byteLength > left) return array
      left -= array.byteLength
      const copy = array instanceof Int32Array ? memory.allocateIntegers(array.length) : memory.allocate(array.length)
      copy.set(array)
      return copy as typeof array
    })
  })
}
