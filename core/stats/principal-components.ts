import { EigendeskError } from '../contract/errors.ts'
import { kernels } from '../linalg/kernels/kernels.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import type { LinearOperator } from '../linalg/operator.ts'
import { multiplyInto, panelOf } from '../linalg/panel.ts'
import { exponentOf, scaleArray, timesPowerOfTwo } from '../linalg/power-of-two.ts'
import type { RowSource } from '../linalg/row-source.ts'
import { unwatched } from '../linalg/watch.ts'
import { centredProducts, centredRows } from './centred-rows.ts'
import { certifyAxes, type Certificate } from './component-certificate.ts'
import { columnMoments, PRODUCTS_LIMIT, projectRows, type ColumnMoments } from './moments.ts'
import { chooseSolver, workspaceBytes, type PcaSolver, type SolverChoice } from './pca-solver.ts'
import {
  covarianceAxes,
  covarianceOf,
  gramAxes,
  iterativeAxes,
  type BeginPhase,
  type PrincipalAxes
} from './principal-axes.ts'

/** The numbers of a principal component analysis, in the units of the data. */
export interface PrincipalComponents {
  moments: ColumnMoments
  choice: SolverChoice
  /** divisor of each centred column */
  scale: Float64Array
  /** nComponents × nFeatures */
  components: Float64Array
  /** nFeatures × nComponents, component · √λ */
  loadings: Float64Array
  /** nSamples × nComponents */
  scores: Float64Array
  /** the eigenvalues that were computed: all min(nSamples, nFeatures), or the first nComponents */
  spectrum: Float64Array
  /** spectrum / totalVariance */
  spectrumShare: Float64Array
  /** σ = √(λ(nSamples − 1)) of the spectrum */
  singularValues: Float64Array
  totalVariance: number
  certificate: Certificate
}

export interface PcaOptions {
  unitVariance: boolean
  /** 'auto': the fastest that is exact */
  solver: PcaSolver | 'auto'
  /** of the start vectors of the iterative solvers */
  seed: number
}

/** Principal components of the columns of X, centred, with divisor n − 1.
 * @param source X, nSamples ≥ 2 rows; read several times, never held centred where it does not fit
 * @param columns names of the columns, for errors
 * @throws TOO_MANY_COMPONENTS | ZERO_VARIANCE | OUT_OF_RANGE | NON_FINITE | NO_CONVERGENCE | OUT_OF_MEMORY
 * Source: Jolliffe, Principal Component Analysis, 2nd ed., §3.5; shares of the total variance §6.1.1. */
export function fitPrincipalComponents(
  source: RowSource,
  columns: string[],
  nComponents: number,
  options: PcaOptions,
  begin: BeginPhase
): PrincipalComponents {
  return kernels().memory.frame(() => {
    const model = fitAxes(source, columns, nComponents, options, begin)
    const scores = scoresOf(source, model, begin)
    const { axes, units, choice, certificate } = model
    const { eigenvalues, components } = axes
    const { exponent, scale, total } = units
    scaleArray(scores, exponent)
    const nSamples = source.rows
    const result: PrincipalComponents = {
      moments: model.moments,
      choice,
      scale,
      components,
      loadings: loadingsOf(components, eigenvalues, nComponents, columns.length, exponent),
      scores,
      spectrum: eigenvalues.map((value) => timesPowerOfTwo(value, 2 * exponent)),
      // Rounding can lift the share of a single component one unit above 1.
      spectrumShare: eigenvalues.map((value) => Math.min(value / total, 1)),
      singularValues: eigenvalues.map((value) => timesPowerOfTwo(Math.sqrt(value * (nSamples - 1)), exponent)),
      totalVariance: timesPowerOfTwo(total, 2 * exponent),
      certificate
    }
    refuseOverflow(result, columns)
    return result
  })
}

/** What a fit knows before it looks at the rows again for their scores. */
export interface FittedAxes {
  moments: ColumnMoments
  units: Units
  axes: PrincipalAxes
  choice: SolverChoice
  certificate: Certificate
  /** the centred rows, where the solver needed them; valid in the caller's frame */
  centred: LinearOperator | null
}

/** The components and their variances, in the unit of `units`, without the scores. Throws as fitPrincipalComponents;
 * to be called inside a frame of the kernels' memory. */
export function fitAxes(
  source: RowSource,
  columns: string[],
  nComponents: number,
  { unitVariance, solver, seed }: PcaOptions,
  begin: BeginPhase
): FittedAxes {
  const nSamples = source.rows
  const nFeatures = columns.length
  const limit = Math.min(nSamples, nFeatures)
  if (nComponents > limit) throw new EigendeskError('TOO_MANY_COMPONENTS', { value: nComponents, limit })
  const choice = chooseSolver(nSamples, nFeatures, nComponents, solver)
  kernels().memory.require(workspaceBytes(choice.solver, nSamples, nFeatures, nComponents))

  const inOnePass = choice.solver === 'eigh-covariance' && nFeatures <= PRODUCTS_LIMIT
  const centring = begin(inOnePass ? 'covariance' : 'centring')
  const moments = columnMoments(source, inOnePass, centring)
  if (moments.constant.every(Boolean)) throw new EigendeskError('ZERO_VARIANCE', { field: listNames(columns) })
  const units = chooseUnits(moments, unitVariance)

  const { factor } = units
  const axesOf = (): { axes: PrincipalAxes; centred: LinearOperator | null; covariance?: Matrix } => {
    if (inOnePass) {
      const covariance = scaledProducts(moments, units, nSamples)
      return {
        axes: covarianceAxes(covariance, nSamples, nComponents, seed, begin('eigenvectors')),
        centred: null,
        covariance
      }
    }
    if (choice.solver === 'krylov' || choice.solver === 'randomized') {
      const centred = centredProducts(source, moments, factor, centring)
      return { axes: iterativeAxes(centred, nComponents, choice.solver, seed, begin('eigenvectors')), centred }
    }
    const y = centredRows(source, moments, factor, centring)
    const centred = y.operator()
    if (choice.solver === 'eigh-gram') return { axes: gramAxes(y, nComponents, seed, begin), centred }
    const covariance = covarianceOf(y, begin('covariance'))
    return { axes: covarianceAxes(covariance, nSamples, nComponents, seed, begin('eigenvectors')), centred, covariance }
  }
  const { axes, centred, covariance } = axesOf()
  const multiply = (v: Matrix): Float64Array =>
    covariance ? multiplySymmetric(covariance, v) : multiplyTwice(centred!, v)
  return { moments, units, axes, choice, certificate: certifyAxes(axes, nFeatures, multiply), centred }
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

/** V·C for the rows of V. */
function multiplySymmetric(c: Matrix, v: Matrix): Float64Array {
  const { memory } = kernels()
  return memory.frame(() => {
    const product = memory.zeros(v.data.length)
    const left = panelOf(memory.place(v.data), v.rows, v.columns)
    multiplyInto(panelOf(product, v.rows, v.columns), 1, left, panelOf(memory.place(c.data), c.rows, c.columns))
    return product.slice()
  })
}

/** V·C = (V·Yᵀ)·Y/(n − 1) for the rows of V, where C is not there. */
function multiplyTwice(y: LinearOperator, v: Matrix): Float64Array {
  const { memory } = kernels()
  return memory.frame(() => {
    const turned = transposedCopy(v)
    const x = panelOf(memory.place(turned.data), turned.rows, turned.columns)
    const scores = panelOf(memory.allocate(y.rows * v.rows), y.rows, v.rows)
    const image = memory.allocate(y.columns * v.rows)
    y.multiply(x, scores, unwatched)
    y.multiplyTransposed(scores, panelOf(image, y.columns, v.rows), unwatched)
    const product = transposedCopy(createMatrix(y.columns, v.rows, image)).data
    for (let i = 0; i < product.length; i++) product[i]! /= y.rows - 1
    return product
  })
}

function transposedCopy(a: Matrix): Matrix {
  const turned = createMatrix(a.columns, a.rows)
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) turned.data[j * a.rows + i] = a.data[i * a.columns + j]!
  }
  return turned
}

/** Y·Vᵀ, nSamples × nComponents. */
function scoresOf(source: RowSource, { moments, units, axes, centred }: FittedAxes, begin: BeginPhase): Float64Array {
  const { memory } = kernels()
  const watch = begin('scores')
  const nFeatures = source.columns
  const nComponents = axes.components.length / nFeatures
  const v = createMatrix(nComponents, nFeatures, axes.components)
  if (centred === null) {
    const directions = transposedCopy(v).data
    for (let j = 0; j < nFeatures; j++) {
      for (let k = 0; k < nComponents; k++) directions[j * nComponents + k]! *= units.factor[j]!
    }
    return projectRows(source, moments, directions, nComponents, watch)
  }
  return memory.frame(() => {
    const scores = memory.allocate(source.rows * nComponents)
    const right = panelOf(memory.place(transposedCopy(v).data), nFeatures, nComponents)
    centred.multiply(right, panelOf(scores, source.rows, nComponents), watch)
    return scores.slice()
  })
}

/** At most five names, and how many more there are. */
export function listNames(names: string[]): string {
  const more = names.length - 5
  return more > 0 ? `${names.slice(0, 5).join(', ')} and ${more} more` : names.join(', ')
}

/** The unit of a fit: the largest standard deviation near 1, or each of them exactly 1. */
interface Units {
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
  const factor = Float64Array.from(moments.exponent, (e, j) => (constant[j] ? 1 : timesPowerOfTwo(1, e - exponent)))
  const variances = scaledVariance.map((value, j) => value * factor[j]! * factor[j]!)
  return { factor, scale: sd.map(() => 1), exponent, variances, total: sum(variances) }
}

/** component · √λ, nFeatures × nComponents. */
function loadingsOf(
  components: Float64Array,
  eigenvalues: Float64Array,
  nComponents: number,
  nFeatures: number,
  exponent: number
): Float64Array {
  const loadings = new Float64Array(nFeatures * nComponents)
  for (let k = 0; k < nComponents; k++) {
    const deviation = Math.sqrt(eigenvalues[k]!)
    for (let j = 0; j < nFeatures; j++) loadings[j * nComponents + k] = components[k * nFeatures + j]! * deviation
  }
  scaleArray(loadings, exponent)
  return loadings
}

function refuseOverflow(result: PrincipalComponents, columns: string[]): void {
  const { spectrum, singularValues, totalVariance, scale, moments } = result
  const held = [spectrum, singularValues, scale, moments.sd].every((values) => values.every(Number.isFinite))
  if (held && Number.isFinite(totalVariance)) return
  let widest = 0
  moments.sd.forEach((sd, j) => {
    if (sd > moments.sd[widest]!) widest = j
  })
  throw new EigendeskError('OUT_OF_RANGE', { field: columns[widest] ?? '' })
}
