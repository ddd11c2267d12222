import { choleskyFactorInPlace, choleskySolveInPlace } from './cholesky.ts'
import { kernels } from './kernels/kernels.ts'
import type { Watch } from './watch.ts'

/** Many small symmetric positive definite systems, one a row of a sparse matrix: row r, with the entries t in
 * offsets[r] … offsets[r + 1] − 1 and qₜ = other[columns[t]], has
 * Aᵣ = base + Σₜ wₜ·qₜ·qₜᵀ + ridgeᵣ·I and bᵣ = prior + Σₜ (targetₜ − shift[columns[t]])·qₜ. */
export interface NormalRows {
  nRows: number
  /** nRows + 1: compressed sparse rows */
  offsets: Int32Array
  /** row of `other`, one an entry */
  columns: Int32Array
  /** w of each entry; null: `weight` for all */
  weights: Float64Array | null
  weight: number
  /** one an entry */
  targets: Float64Array
  /** one a row of `other`, subtracted from the target of its entries; null or left out: nothing */
  shift?: Float64Array | null
  /** nColumns × size, row-major: the side held fixed */
  other: Float64Array
  size: number
  /** size × size, symmetric, added to the matrix of each row; null: nothing */
  base: Float64Array | null
  /** size, added to each right side; null: nothing */
  prior: Float64Array | null
  /** nRows */
  ridge: Float64Array
  /** ridge of the last coordinate of every row: of a bias, whose partner in `other` is 1; null: that of the row */
  lastRidge: number | null
  /** nRows × size standard normal numbers z: L⁻ᵀ·z is added, L·Lᵀ = Aᵣ, which makes of the solution a draw from
   * N(Aᵣ⁻¹·bᵣ, Aᵣ⁻¹); null: nothing is drawn */
  noise: Float64Array | null
}

/** Solves Aᵣ·p = bᵣ for each row, in the team of threads. A row without entries is zero where there is neither base nor prior
 * nor noise.
 * @param own nRows × size, row-major, overwritten
 * @throws NOT_POSITIVE_DEFINITE naming the pivot, counted from 1 | OUT_OF_MEMORY
 * Cost: size²/2 multiplications an entry and size³/6 a row. The same bits for every number of threads. */
export function solveNormalRows(rows: NormalRows, own: Float64Array, watch: Watch): void {
  const { memory } = kernels()
  const { nRows, offsets, columns, weights, targets, other, size, base, prior, ridge, noise } = rows
  memory.frame(() => {
    const gram = memory.allocate(size * size)
    const solution = memory.allocate(size)
    const drawn = memory.allocate(size)
    for (let row = 0; row < nRows; row++) {
      if (base) gram.set(base)
      else gram.fill(0)
      if (prior) solution.set(prior)
      else solution.fill(0)
      if ((row & 31) === 0) watch.checkpoint()
      if (offsets[row + 1] === offsets[row] && !base && !prior && !noise) {
        own.fill(0, row * size, (row + 1) * size)
        continue
      }
      for (let t = offsets[row]!; t < offsets[row + 1]!; t++) {
        const at = columns[t]! * size
        const w = weights ? weights[t]! : rows.weight
        const target = targets[t]! - (rows.shift ? rows.shift[columns[t]!]! : 0)
        for (let a = 0; a < size; a++) {
          const q = other[at + a]!
          solution[a]! += target * q
          for (let b = 0; b <= a; b++) gram[a * size + b]! += w * q * other[at + b]!
        }
      }
      for (let a = 0; a < size; a++) {
        gram[a * size + a]! += a === size - 1 && rows.lastRidge !== null ? rows.lastRidge : ridge[row]!
      }
      choleskyFactorInPlace(gram, size)
      choleskySolveInPlace(gram, size, solution)
      if (noise) {
        drawn.set(noise.subarray(row * size, (row + 1) * size))
        kernels().run.solveTriangleVector(size, gram.byteOffset, 1, size, drawn.byteOffset, 1, 0)
        for (let a = 0; a < size; a++) solution[a]! += drawn[a]!
      }
      own.set(solution, row * size)
    }
    watch.progress(1)
  })
}
