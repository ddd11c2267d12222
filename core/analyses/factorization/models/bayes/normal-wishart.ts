import { cholesky } from '../../../../linalg/cholesky.ts'
import { gemm } from '../../../../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../../../../linalg/matrix.ts'
import type { SeededRandom } from '../../../../linalg/random.ts'
import { solve } from '../../../../linalg/solve.ts'
import { syrk } from '../../../../linalg/syrk.ts'
import { drawFactors } from '../../model.ts'
import type { Pace } from '../../../../linalg/pace.ts'

/** How the rows of one side are spread: each is normal about `mean` (and what its set adds), with one precision. */
export interface Spread {
  /** μ, size */
  mean: Float64Array
  /** Λ = M·Mᵀ, size × size */
  precision: Matrix
  /** M */
  factor: Matrix
  /** M⁻¹: rows of standard normal numbers times this have covariance Λ⁻¹ */
  root: Matrix
}

/** β₀: how many rows at zero the prior of μ is worth. ν₀ is the size and W₀ the identity.
 * Source: Salakhutdinov & Mnih, ICML 2008, §3.3. */
const PRIOR_ROWS = 2

/** Rows whose prior has the same precision, times a number: they tell of Λ too. */
export interface Link {
  rows: Matrix
  strength: number
}

/** Λ from its Wishart distribution, Λ = M·Mᵀ with M = C⁻ᵀ·A, where C·Cᵀ is the inverse of the scale matrix and A Bartlett's
 * lower triangle: √χ² on the diagonal, normal numbers below it.
 * Source: Smith & Hocking, "Algorithm AS 53: Wishart variate generator", Applied Statistics 21 (1972). */
function drawWishart(inverseScale: Matrix, degrees: number, random: SeededRandom): Omit<Spread, 'mean'> {
  const size = inverseScale.rows
  const c = cholesky(inverseScale)
  const bartlett = createMatrix(size, size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) bartlett.data[i * size + j] = random.normal()
    bartlett.data[i * size + i] = Math.sqrt(2 * random.gamma((degrees - i) / 2))
  }
  const cTransposed = createMatrix(size, size)
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) cTransposed.data[j * size + i] = c.data[i * size + j]!
  const factor = solve(cTransposed, bartlett).x
  return { precision: syrk(factor, 'rows'), factor, root: solve(bartlett, cTransposed).x }
}

/** μ and Λ given the rows they describe, from the Normal–Wishart distribution.
 * @param rows n × size, what their sets add taken off
 * Source: Salakhutdinov & Mnih, "Bayesian probabilistic matrix factorization using Markov chain Monte Carlo", ICML 2008,
 * eq. 14; with a link as in Simm et al., "Macau", arXiv:1509.04610, §3. */
export function drawSpread(rows: Matrix, link: Link | null, random: SeededRandom): Spread {
  const { rows: count, columns: size, data } = rows
  const average = new Float64Array(size)
  for (let row = 0; row < count; row++) for (let a = 0; a < size; a++) average[a]! += data[row * size + a]! / count
  const centred = createMatrix(count, size)
  for (let j = 0; j < data.length; j++) centred.data[j] = data[j]! - average[j % size]!
  const inverseScale = syrk(centred, 'columns')
  const linked = link ? syrk(link.rows, 'columns').data : null
  const pulled = (PRIOR_ROWS * count) / (PRIOR_ROWS + count)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      inverseScale.data[i * size + j]! += pulled * average[i]! * average[j]! + (i === j ? 1 : 0)
      if (linked) inverseScale.data[i * size + j]! += link!.strength * linked[i * size + j]!
    }
  }
  const wishart = drawWishart(inverseScale, size + count + (link ? link.rows.rows : 0), random)
  const mean = drawNormals(1, wishart.root, random, 1 / Math.sqrt(PRIOR_ROWS + count))
  for (let a = 0; a < size; a++) mean[a]! += (count * average[a]!) / (PRIOR_ROWS + count)
  return { mean, ...wishart }
}

/** Rows of N(0, scale²·Λ⁻¹): count × size, row-major. */
export function drawNormals(count: number, root: Matrix, random: SeededRandom, scale = 1, pace?: Pace): Float64Array {
  const normals = createMatrix(count, root.rows)
  drawFactors(normals.data, scale, random, pace)
  return gemm(normals, root).data
}
