import { EigendeskError } from '../contract/errors.ts'
import { kernels } from './kernels/kernels.ts'
import type { LinearOperator } from './operator.ts'
import { panelOf, type Panel } from './panel.ts'
import { inPieces } from './passes.ts'
import { exponentOf, scaleArray } from './power-of-two.ts'
import type { SeededRandom } from './random.ts'
import type { Watch } from './watch.ts'

/** Fourth powers of entries within 2^±this, and of what they are to the last bit, are held by doubles: what is asked of
 * blocks that went through A and Aᵀ are the squares of their entries. */
const PLAIN_EXPONENT = 190
/** What the first probe is divided by, so that no sum of its product overflows, and the second, of a matrix that seemed
 * to be 0, is multiplied by. */
const PROBE_EXPONENT = 60
const SECOND_PROBE_EXPONENT = 500

/** 2^−exponent · A, of a norm near 1; A itself, exponent 0, where its fourth powers can be held anyway. Half of the power is
 * taken from the vector before the product and half from what comes out, so that no product falls below the range of
 * doubles, nor exceeds it.
 * @param random the norm is judged by the product with a random vector
 * @throws NON_FINITE where that product is not finite
 * Cost: one product with a vector, at most two; where it scales, a copy of the vectors for the time of a product. */
export function scaledOperator(
  a: LinearOperator,
  random: SeededRandom,
  watch: Watch
): { operator: LinearOperator; exponent: number } {
  const exponent = exponentOfNorm(a, random, watch)
  if (Math.abs(exponent) <= PLAIN_EXPONENT) return { operator: a, exponent: 0 }
  const before = -Math.trunc(exponent / 2)
  const after = -exponent - before
  const scaled =
    (product: LinearOperator['multiply']): LinearOperator['multiply'] =>
    (from, to, inner) => {
      kernels().memory.frame(() => {
        product(scaledCopy(from, before, inner), to, inner)
        copyRows(scaledCopy(to, after, inner), to, inner)
      })
    }
  const operator: LinearOperator = {
    rows: a.rows,
    columns: a.columns,
    multiply: scaled(a.multiply),
    multiplyTransposed: scaled(a.multiplyTransposed)
  }
  return { operator, exponent }
}

function exponentOfNorm(a: LinearOperator, random: SeededRandom, watch: Watch): number {
  const { memory, run } = kernels()
  return memory.frame(() => {
    const vector = memory.allocate(a.columns)
    const product = memory.allocate(a.rows)
    for (let j = 0; j < a.columns; j++) vector[j] = random.normal() * 2 ** -PROBE_EXPONENT
    const probe = (): number => {
      a.multiply(panelOf(vector, a.columns, 1), panelOf(product, a.rows, 1), watch)
      const largest = run.largest(a.rows, product.byteOffset)
      if (!Number.isFinite(largest)) throw new EigendeskError('NON_FINITE', { value: 'A product of the matrix' })
      return largest
    }
    const first = probe()
    if (first > 2 ** -PLAIN_EXPONENT) return exponentOf(first) + PROBE_EXPONENT
    scaleArray(vector, PROBE_EXPONENT + SECOND_PROBE_EXPONENT)
    const second = probe()
    return second === 0 ? 0 : exponentOf(second) - SECOND_PROBE_EXPONENT
  })
}

function scaledCopy(from: Panel, exponent: number, watch: Watch): Panel {
  const data = kernels().memory.allocate(from.rows * from.columns)
  const panel = panelOf(data, from.rows, from.columns)
  copyRows(from, panel, watch)
  inPieces(data.length, 1, watch, (first, end) => scaleArray(data.subarray(first, end), exponent))
  return panel
}

function copyRows(from: Panel, to: Panel, watch: Watch): void {
  const { run } = kernels()
  inPieces(from.rows, from.columns, watch, (first, end) => {
    run.clearRows(end - first, to.columns, to.at + 8 * first * to.rowStride, to.rowStride)
    for (let i = first; i < end; i++) {
      run.axpy(from.columns, 1, from.at + 8 * i * from.rowStride, to.at + 8 * i * to.rowStride)
    }
  })
}
