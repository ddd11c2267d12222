import { EigendeskError } from '../contract/errors.ts'
import { divideAndConquer, divideAndConquerNeed } from './divide-and-conquer.ts'
import { kernels } from './kernels/kernels.ts'
import { createMatrix, type Matrix } from './matrix.ts'
import { panelOf } from './panel.ts'
import { inPieces, takeOut, zeros } from './passes.ts'
import { exponentOrZero, scaleArray } from './power-of-two.ts'
import { unwatched, type Watch } from './watch.ts'

/** Eigenvalues and eigenvectors of a symmetric tridiagonal matrix T = Qᵀ diag(w) Q.
 * @param d diagonal, n @param e couplings, e[i] between i and i + 1: n − 1, or more, of which the rest is not read
 * @returns w (n), descending; q n×n, row i is the unit eigenvector of w[i] (its sign is free). Order 0: both empty
 * @throws SHAPE_MISMATCH | NON_FINITE | OUT_OF_RANGE | NO_CONVERGENCE | OUT_OF_MEMORY
 * Accuracy: ratios below 10, as eigh. Cost: at most 4/3 n³ flops; 4n² doubles in all. */
export function tridiagonalEigh(
  d: Float64Array,
  e: Float64Array,
  watch: Watch = unwatched
): { w: Float64Array; q: Matrix } {
  const n = d.length
  if (e.length < n - 1) throw new EigendeskError('SHAPE_MISMATCH', { value: `${n}`, wanted: `${e.length + 1} entries` })
  const couplings = e.subarray(0, Math.max(0, n - 1))
  const largest = Math.max(largestOf(d, 'diagonal'), largestOf(couplings, 'second diagonal'))
  const exponent = exponentOrZero(largest)
  const { memory, run } = kernels()
  memory.require(8 * (2 * n * n + divideAndConquerNeed(n)))
  return memory.frame(() => {
    const values = memory.copy(d)
    const rest = memory.zeros(n)
    rest.set(couplings)
    scaleArray(values, -exponent)
    scaleArray(rest, -exponent)
    const rows = zeros(n * n, watch)
    const ascending = divideAndConquer(values, rest, panelOf(rows, n, n), watch)
    const order = memory.allocateIntegers(n)
    order.set(ascending.reverse())
    const q = memory.allocate(n * n)
    inPieces(n, n, watch, (from, to) => {
      run.gatherRows(to - from, order.byteOffset + 4 * from, rows.byteOffset, n, n, q.byteOffset + 8 * from * n, n)
    })
    return { w: scaledBack(values, order, exponent), q: createMatrix(n, n, takeOut(q, watch)) }
  })
}

function largestOf(x: Float64Array, name: string): number {
  let largest = 0
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i])) throw new EigendeskError('NON_FINITE', { value: `Entry ${i + 1} of the ${name}` })
    largest = Math.max(largest, Math.abs(x[i]!))
  }
  return largest
}

/** The eigenvalues in the order of the rows, times 2^exponent.
 * @throws OUT_OF_RANGE where one exceeds the largest double */
export function scaledBack(values: Float64Array, order: Int32Array, exponent: number): Float64Array {
  // Adding 0 turns −0 into 0.
  const w = Float64Array.from(order, (row) => values[row]! + 0)
  scaleArray(w, exponent)
  if (!w.every(Number.isFinite)) throw new EigendeskError('OUT_OF_RANGE')
  return w
}
