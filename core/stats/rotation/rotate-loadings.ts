import { EigendeskError } from '../../contract/errors.ts'
import { gemm } from '../../linalg/gemm.ts'
import { inverse } from '../../linalg/inverse.ts'
import { createMatrix, type Matrix } from '../../linalg/matrix.ts'
import { exponentOrZero, timesPowerOfTwo } from '../../linalg/power-of-two.ts'
import { signOf } from '../../linalg/sign-rule.ts'
import { quiet, unwatched, type Watch } from '../../linalg/watch.ts'
import { normalizeRows } from './kaiser.ts'
import { isOblique, type RotationMethod } from './methods.ts'
import { FOLLOWS, highestInflation, oblimin, quartimin } from './oblimin.ts'
import { orthomax, orthomaxCriterion } from './orthomax.ts'
import { promax } from './promax.ts'
import { bestOfStarts, type StartedAxes } from './random-starts.ts'

export interface RotationOptions {
  method: RotationMethod
  /** rows of the loadings are made equally long while the axes are sought */
  kaiser: boolean
  /** of promax */
  power: number
  /** of oblimin */
  gamma: number
  /** how often the axes are sought: from those of the components, and from others turned at random; 1 where left out */
  starts?: number
  /** of the random starts */
  seed?: number
}

/** Rotated axes. With standardized scores U (unit variance, uncorrelated) X ≈ U·loadingsᵀ = F·patternᵀ, F = U·turn. */
export interface Rotation {
  /** p × K: weights of the factors in each column; loadings · matrix */
  pattern: Matrix
  /** p × K: pattern · correlations; covariances of columns and factors. The pattern itself where the rotation is orthogonal */
  structure: Matrix
  /** K × K, of the factors; the identity where the rotation is orthogonal */
  correlations: Matrix
  /** K × K */
  matrix: Matrix
  /** K × K, (matrixᵀ)⁻¹: standardized scores · turn are the scores of the factors, of variance one */
  turn: Matrix
  /** Σ_j pattern · structure of each factor, descending; they sum to what the components explained */
  explainedVariance: Float64Array
  rounds: number
  converged: boolean
  /** how often the axes were sought, and how often the same best criterion was reached */
  starts: number
  reached: number
}

/** Rotates loadings to simple structure: each column on few factors, each factor in few columns. Factors are sorted by
 * their variance, and the largest entry of each is positive.
 * @param loadings p × K, component · √variance; not modified
 * @throws SINGULAR where an oblique target has fewer dimensions than the loadings | NON_FINITE | INVALID_PARAMETER where oblimin
 *   with a gamma above 0 has no minimum
 * Source: Kaiser (1958); Saunders (1962) for equamax; Hendrickson & White (1964); Jennrich & Sampson (1966). Variances of
 * oblique factors as R's psych 2.2 has them. */
export function rotateLoadings(loadings: Matrix, options: RotationOptions, watch: Watch = unwatched): Rotation {
  const { rows, columns } = loadings
  const largest = loadings.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const exponent = exponentOrZero(largest)
  const scaled = createMatrix(
    rows,
    columns,
    loadings.data.map((value) => timesPowerOfTwo(value, -exponent))
  )
  const found = seekAxes(scaled, options, watch)
  const inner = quiet(watch)
  const matrix = inOrder(scaled, found.matrix, isOblique(options.method), inner)
  const pattern = gemm(loadings, matrix, {}, inner)
  if (!isOblique(options.method)) {
    const correlations = identity(columns)
    const explainedVariance = columnProducts(pattern, pattern)
    return { ...found, pattern, structure: pattern, correlations, matrix, turn: matrix, explainedVariance }
  }
  const turn = transposedInverse(matrix, inner)
  const correlations = gemm(turn, turn, { transposeA: true }, inner)
  for (let k = 0; k < columns; k++) correlations.data[k * columns + k] = 1
  const structure = gemm(pattern, correlations, {}, inner)
  const explainedVariance = columnProducts(pattern, structure)
  return { ...found, pattern, structure, correlations, matrix, turn, explainedVariance }
}

function seekAxes(
  loadings: Matrix,
  { method, kaiser, power, gamma, starts = 1, seed = 0 }: RotationOptions,
  watch: Watch
): StartedAxes {
  const { columns } = loadings
  if (columns < 2) return { matrix: identity(columns), rounds: 0, converged: true, starts: 1, reached: 1 }
  const weighed = kaiser ? normalizeRows(loadings) : loadings
  const upright = (share: number): StartedAxes =>
    bestOfStarts(
      weighed,
      { starts, seed },
      (from, own) => orthomax(from, share, own),
      (rotated) => -orthomaxCriterion(rotated, share),
      watch
    )
  switch (method) {
    case 'varimax':
      return upright(1)
    case 'quartimax':
      return upright(0)
    case 'equamax':
      return upright(columns / 2)
    case 'promax': {
      const found = upright(1)
      const inner = quiet(watch)
      const oblique = promax(gemm(loadings, found.matrix, {}, inner), power, inner)
      return { ...found, matrix: gemm(found.matrix, oblique, {}, inner) }
    }
    case 'oblimin': {
      const found = bestOfStarts(
        weighed,
        { starts, seed },
        (from, own) => oblimin(from, gamma, own),
        (rotated) => quartimin(rotated, gamma).value,
        watch
      )
      if (!found.converged && highestInflation(found.matrix) > FOLLOWS) {
        const reason = `with ${gamma} the factors run into each other until one follows from the others`
        throw new EigendeskError('INVALID_PARAMETER', { field: 'Gamma', reason, limit: 'a lower number, 0 by custom' })
      }
      return found
    }
  }
}

/** The columns of a rotation by the variance of their factors, descending, and with the sign of the house. */
function inOrder(loadings: Matrix, matrix: Matrix, oblique: boolean, watch: Watch): Matrix {
  const { columns } = matrix
  const pattern = gemm(loadings, matrix, {}, watch)
  let structure = pattern
  if (oblique) {
    const turn = transposedInverse(matrix, watch)
    structure = gemm(loadings, turn, {}, watch)
  }
  const variances = columnProducts(pattern, structure)
  const order = Array.from(variances, (_, k) => k).sort((a, b) => variances[b]! - variances[a]! || a - b)
  const ordered = createMatrix(columns, columns)
  order.forEach((from, k) => {
    const sign = signOf(Float64Array.from({ length: pattern.rows }, (_, j) => pattern.data[j * columns + from]!))
    for (let i = 0; i < columns; i++) ordered.data[i * columns + k] = sign * matrix.data[i * columns + from]! + 0
  })
  return ordered
}

function columnProducts(a: Matrix, b: Matrix): Float64Array {
  const sums = new Float64Array(a.columns)
  a.data.forEach((value, at) => (sums[at % a.columns]! += value * b.data[at]!))
  return sums
}

function identity(size: number): Matrix {
  const matrix = createMatrix(size, size)
  for (let k = 0; k < size; k++) matrix.data[k * size + k] = 1
  return matrix
}

function transposedInverse(matrix: Matrix, watch: Watch): Matrix {
  const { rows, columns, data } = inverse(matrix, watch)
  const turned = createMatrix(columns, rows)
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned.data[j * rows + i] = data[i * columns + j]!
  return turned
}
