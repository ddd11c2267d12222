import { kernels } from './kernels/kernels.ts'
import { LANCZOS_TASKS } from './kernels/lanczos-kernels.ts'
import { requireFiniteLower, type Matrix } from './matrix.ts'
import { inPieces, scaleEntries } from './passes.ts'
import { exponentOrZero } from './power-of-two.ts'
import type { Watch } from './watch.ts'

/** A symmetric matrix known by what it does to a vector. Vectors lie in the memory of the kernels and have
 * paddedOrder(order) entries, those beyond the order zeros. */
export interface SymmetricOperator {
  readonly order: number
  /** y = A·x, both addresses */
  multiply: (x: number, y: number, watch: Watch) => void
}

/** Vectors fill whole cache lines, so that one follows the other in a basis. */
export const paddedOrder = (order: number): number => Math.ceil(order / 8) * 8

/** Squares of numbers up to 2^±this are far from both ends of the range of doubles. */
const UNSCALED = 200

/** Above this order the strips are dealt to threads in four parts, of equal area; the parts are summed in order. */
const SHARED_ORDER = 700
const PARTS = 4

/** A/2^exponent (0 unless entries are very large or small) with its lower triangle packed into strips of four rows: n²/2 doubles that stream once for each product
 * (n = 1000: 0.09 ms, 42 GB/s, where reading all of the rows takes 0.15 ms).
 * Lives in the caller's frame. @param a n × n, lower triangle read @throws NON_FINITE naming the entry */
export function packSymmetric(a: Matrix, watch: Watch): { operator: SymmetricOperator; exponent: number } {
  const n = a.rows
  const { memory, run } = kernels()
  const strips = Math.ceil(n / 4)
  const packed = memory.allocate(8 * strips * (strips + 1))
  let largest = 0
  memory.frame(() => {
    const held = memory.holds(a.data)
    const rows = held ? a.data : memory.allocate(4 * n)
    inPieces(strips, 4 * n, watch, (from, to) => {
      for (let s = from; s < to; s++) {
        if (!held) rows.set(a.data.subarray(4 * s * n, Math.min(n, 4 * s + 4) * n))
        const at = rows.byteOffset + (held ? 32 * s * n : 0)
        const most = run.packStrip(s, n, at, n, packed.byteOffset)
        if (!(most < Infinity)) requireFiniteLower(a, watch)
        largest = Math.max(largest, most)
      }
    })
  })
  const order = exponentOrZero(largest)
  const exponent = Math.abs(order) <= UNSCALED ? 0 : order
  scaleEntries(packed, -exponent, watch)
  return { operator: stripsOperator(n, strips, packed), exponent }
}

function stripsOperator(n: number, strips: number, packed: Float64Array): SymmetricOperator {
  const { memory, run } = kernels()
  const padded = paddedOrder(n)
  if (n < SHARED_ORDER) {
    return {
      order: n,
      multiply: (x, y) => {
        run.clearRows(1, padded, y, padded)
        run.multiplyStrips(0, strips, packed.byteOffset, x, y)
      }
    }
  }
  const parts = memory.allocate(PARTS * padded)
  const bounds = Array.from({ length: PARTS + 1 }, (_, part) => Math.round(strips * Math.sqrt(part / PARTS)))
  return {
    order: n,
    multiply: (x, y, watch) => {
      const args = [packed.byteOffset, x, parts.byteOffset, padded, ...bounds]
      kernels().share(LANCZOS_TASKS.multiplyStrips, args, PARTS, watch)
      run.clearRows(1, padded, y, padded)
      for (let part = 0; part < PARTS; part++) run.axpy(padded, 1, parts.byteOffset + 8 * part * padded, y)
    }
  }
}
