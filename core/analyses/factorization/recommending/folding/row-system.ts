import { solveNormalRows } from '../../../../linalg/normal-rows.ts'
import { unwatched } from '../../../../linalg/watch.ts'

/** What one person's normal equations are made of: A = base + Σₜ wₜ qₜ qₜᵀ + ridge I. */
interface RowParts {
  /** n × size, row-major: the factors of the items they rated, with 1 behind them where a bias is solved for too */
  rows: Float64Array
  size: number
  /** one a row; null: 1 */
  weights: Float64Array | null
  /** size × size; null: nothing */
  base: Float64Array | null
  ridge: number
  /** of the last coordinate; null: as the others */
  lastRidge: number | null
}

/** The factors of some items, one a row, with a 1 behind each where `withOne`. */
export function gatherRows(factors: Float64Array, size: number, items: Int32Array, withOne: boolean): Float64Array {
  const width = withOne ? size + 1 : size
  const rows = new Float64Array(items.length * width)
  items.forEach((item, t) => {
    rows.set(factors.subarray(item * size, (item + 1) * size), t * width)
    if (withOne) rows[t * width + size] = 1
  })
  return rows
}

/** The normal equations of one person: what a sweep of alternating least squares solves for a row, and the same for other
 * right sides. Cost of a solve: n·size² / 2 + size³ / 6 multiplications. */
export class RowSystem {
  readonly #parts: RowParts
  readonly #count: number

  constructor(parts: RowParts) {
    this.#parts = parts
    this.#count = parts.size === 0 ? 0 : parts.rows.length / parts.size
  }

  /** A⁻¹ Σₜ targetₜ qₜ. @throws NOT_POSITIVE_DEFINITE */
  solveFor(targets: Float64Array): Float64Array {
    return this.#solve(targets, null)
  }

  /** A⁻¹ b. @throws NOT_POSITIVE_DEFINITE */
  solve(right: Float64Array): Float64Array {
    return this.#solve(new Float64Array(this.#count), right)
  }

  #solve(targets: Float64Array, prior: Float64Array | null): Float64Array {
    const { rows, size, weights, base, ridge, lastRidge } = this.#parts
    const solution = new Float64Array(size)
    const system = {
      nRows: 1,
      offsets: Int32Array.of(0, this.#count),
      columns: Int32Array.from({ length: this.#count }, (_, t) => t),
      weights,
      weight: 1,
      targets,
      other: rows,
      size,
      base,
      prior,
      ridge: Float64Array.of(ridge),
      lastRidge,
      noise: null
    }
    solveNormalRows(system, solution, unwatched)
    return solution
  }

  /** qₜ · y for each row */
  along(y: Float64Array): Float64Array {
    const { rows, size } = this.#parts
    const products = new Float64Array(this.#count)
    for (let t = 0; t < products.length; t++) {
      for (let a = 0; a < size; a++) products[t]! += rows[t * size + a]! * y[a]!
    }
    return products
  }
}
