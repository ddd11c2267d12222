import { EigendeskError } from '../contract/errors.ts'
import { kernels } from '../linalg/kernels/kernels.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import type { LinearOperator } from '../linalg/operator.ts'
import { exponentOf, timesPowerOfTwo } from '../linalg/power-of-two.ts'
import type { RowSource } from '../linalg/row-source.ts'
import { centredProducts, centredRows, type CentredRows } from './centred-rows.ts'
import { listNames } from './list-names.ts'
import { columnMoments, PRODUCTS_LIMIT, type ColumnMoments } from './moments.ts'
import { formInstead, workspaceBytes, type PcaSolver, type SolverChoice } from './pca-solver.ts'
import {
  covarianceAxes,
  covarianceOf,
  gramAxes,
  iterativeAxes,
  krylovAxes,
  type BeginPhase,
  type PrincipalAxes
} from './principal-axes.ts'

export interface PcaOptions {
  unitVariance: boolean
  /** another divisor of each centred column, greater than 0; not with unitVariance */
  divisorsOf?: (moments: ColumnMoments) => Float64Array
  /** see chooseSolver */
  choice: SolverChoice
  /** of the start vectors of the iterative solvers */
  seed: number
  /** Memory of the kernels, of a frame of the caller's, that the scores may be left in, column by column, with the squared
   * distances of the rows: nSamples × nComponents and nSamples doubles. Not every solver has a use for it. */
  lent?: { scores: Float64Array; squaredDistances: Float64Array }
}

/** What a fit knows before it looks at the rows again for their scores. */
export interface FittedAxes {
  moments: ColumnMoments
  units: Units
  axes: PrincipalAxes
  choice: SolverChoice
  /** the covariance matrix in the unit of the fit, where the solver formed it */
  covariance: Matrix | null
  /** the centred rows, where the solver needed them; valid in the caller's frame */
  centred: LinearOperator | null
}

/** The components and their variances, in the unit of `units`, without the scores. Throws as fitPrincipalComponents;
 * to be called inside a frame of the kernels' memory. */
export function fitAxes(
  source: RowSource,
  columns: string[],
  nComponents: number,
  { unitVariance, divisorsOf, choice, seed }: PcaOptions,
  begin: BeginPhase
): FittedAxes {
  const nSamples = source.rows
  const nFeatures = columns.length
  const limit = Math.min(nSamples, nFeatures)
  if (nComponents > limit) throw new EigendeskError('TOO_MANY_COMPONENTS', { value: nComponents, limit })
  const { memory } = kernels()
  const needed = workspaceBytes(choice.solver, nSamples, nFeatures, nComponents)
  memory.require(needed)

  const inOnePass = choice.solver === 'eigh-covariance' && nFeatures <= PRODUCTS_LIMIT
  const centring = begin(inOnePass ? 'covariance' : 'centring')
  const moments = columnMoments(source, inOnePass, centring)
  if (moments.constant.every(Boolean)) throw new EigendeskError('ZERO_VARIANCE', { field: listNames(columns) })
  const units = divisorsOf ? unitsOfDivisors(moments, divisorsOf(moments)) : chooseUnits(moments, unitVariance)

  const shape = { nSamples, nFeatures, nComponents, seed }
  if (inOnePass) {
    const covariance = scaledProducts(moments, units, nSamples)
    const axes = covarianceAxes(covariance, nSamples, nComponents, seed, begin('eigenvectors'))
    return { moments, units, axes, choice, covariance, centred: null }
  }
  if (choice.solver !== 'krylov' && choice.solver !== 'randomized') {
    const y = centredRows(source, moments, units.factor, needed, centring)
    return { moments, units, choice, ...axesOfProducts(y, choice.solver, shape, begin) }
  }
  const { operator, gram, rows } = centredProducts(source, moments, units.factor, needed, centring)
  const watch = begin('eigenvectors')
  const method = choice.solver
  const iterate = (): PrincipalAxes => iterativeAxes(operator, nComponents, method, seed, watch)
  const iterated = { moments, units, choice, covariance: null, centred: operator }
  if (method === 'randomized' || gram === null || nComponents > KRYLOV_SHARE * gram.order) {
    return { ...iterated, axes: iterate() }
  }
  const axes = krylovAxes(gram, operator, nComponents, seed, watch)
  if (axes) return { ...iterated, axes }

  const instead = formInstead(choice, nSamples, nFeatures)
  const neededInstead = workspaceBytes(instead.solver, nSamples, nFeatures, nComponents)
  // Beside Y there may be no room for the matrix of products: then what takes longer has to do.
  if (neededInstead > memory.free) return { ...iterated, axes: iterate() }
  const y = rows ?? centredRows(source, moments, units.factor, neededInstead, watch)
  return { moments, units, choice: instead, ...axesOfProducts(y, instead.solver, shape, begin) }
}

/** Where more components are wanted, the basis of krylovEigh would be most of the space. */
const KRYLOV_SHARE = 1 / 12

interface Shape {
  nSamples: number
  nFeatures: number
  nComponents: number
  seed: number
}

/** By one of the two matrices of products. */
function axesOfProducts(
  y: CentredRows,
  solver: PcaSolver,
  { nSamples, nComponents, seed }: Shape,
  begin: BeginPhase
): Pick<FittedAxes, 'axes' | 'covariance' | 'centred'> {
  const centred = y.operator()
  if (solver === 'eigh-gram') return { axes: gramAxes(y, nComponents, seed, begin), covariance: null, centred }
  const covariance = covarianceOf(y, begin('covariance'))
  return { axes: covarianceAxes(covariance, nSamples, nComponents, seed, begin('eigenvectors')), covariance, centred }
}

/** C from the sums of products of the columns, each multiplied by its factor. */
function scaledProducts(moments: ColumnMoments, { factor, variances }: Units, nSamples: number): Matrix {
  const n = factor.length
  const covariance = createMatrix(n, n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      covariance.data[i * n + j] = (moments.products![i * n + j]! / (nSamples - 1)) * factor[i]! * factor[j]!
    }
    covariance.data[i * n + i] = variances[i]!
  }
  return covariance
}

/** Standard deviations within 2^±this are left in the unit of the data. */
const PLAIN_UNIT = 100

/** The unit of a fit: one in which squares are held, or in which each standard deviation is exactly 1. */
export interface Units {
  /** takes each column from its own power of two to the unit of the fit */
  factor: Float64Array
  /** what a person sees each centred column divided by */
  scale: Float64Array
  /** the unit of the fit is 2^exponent of the data's */
  exponent: number
  /** of the columns, in the unit of the fit, and their sum */
  variances: Float64Array
  total: number
}

/** The unit of a fit where each centred column is divided by a number of its own. */
function unitsOfDivisors({ constant, scaledVariance, exponent: own }: ColumnMoments, divisors: Float64Array): Units {
  const magnitude = divisors.map((value) => exponentOf(value))
  let exponent = -Infinity
  scaledVariance.forEach((value, j) => {
    if (value > 0) exponent = Math.max(exponent, exponentOf(Math.sqrt(value)) + own[j]! - magnitude[j]!)
  })
  if (Math.abs(exponent) < PLAIN_UNIT && own.every((e) => e === 0)) exponent = 0
  const factor = divisors.map((value, j) =>
    constant[j] ? 1 : timesPowerOfTwo(1 / timesPowerOfTwo(value, -magnitude[j]!), own[j]! - magnitude[j]! - exponent)
  )
  const variances = scaledVariance.map((value, j) => value * factor[j]! * factor[j]!)
  const total = variances.reduce((sum, variance) => sum + variance, 0)
  return { factor, scale: divisors, exponent, variances, total }
}

function chooseUnits(moments: ColumnMoments, unitVariance: boolean): Units {
  const { constant, scaledVariance, sd } = moments
  const sum = (values: Float64Array): number => values.reduce((total, variance) => total + variance, 0)
  if (unitVariance) {
    const variances = Float64Array.from(constant, (isConstant) => (isConstant ? 0 : 1))
    return {
      factor: scaledVariance.map((value, j) => (constant[j] ? 1 : 1 / Math.sqrt(value))),
      scale: sd.map((value, j) => (constant[j] ? 1 : value)),
      exponent: 0,
      variances,
      total: sum(variances)
    }
  }
  let exponent = -Infinity
  scaledVariance.forEach((value, j) => {
    if (value > 0) exponent = Math.max(exponent, exponentOf(Math.sqrt(value)) + moments.exponent[j]!)
  })
  // Squares of columns that needed no power of two are held anyway, and a unit of 1 saves a multiplication everywhere.
  if (Math.abs(exponent) < PLAIN_UNIT && moments.exponent.every((e) => e === 0)) exponent = 0
  const factor = Float64Array.from(moments.exponent, (e, j) => (constant[j] ? 1 : timesPowerOfTwo(1, e - exponent)))
  const variances = scaledVariance.map((value, j) => value * factor[j]! * factor[j]!)
  return { factor, scale: sd.map(() => 1), exponent, variances, total: sum(variances) }
}
