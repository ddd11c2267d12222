import { EigendeskError } from '../contract/errors.ts'
import { kernels } from '../linalg/kernels/kernels.ts'
import { createMatrix, type Matrix } from '../linalg/matrix.ts'
import type { LinearOperator } from '../linalg/operator.ts'
import { multiplyInto, panelOf } from '../linalg/panel.ts'
import { inPieces, takeIn, takeOut, zeros } from '../linalg/passes.ts'
import { scaleArray, timesPowerOfTwo } from '../linalg/power-of-two.ts'
import type { RowSource } from '../linalg/row-source.ts'
import { partOf, type Watch } from '../linalg/watch.ts'
import { certifyAxes, type Certificate } from './component-certificate.ts'
import { fitAxes, type FittedAxes, type PcaOptions } from './fit-axes.ts'
import { projectRows, type ColumnMoments } from './moments.ts'
import type { SolverChoice } from './pca-solver.ts'
import type { BeginPhase } from './principal-axes.ts'
import { transposedCopy } from './transposed-copy.ts'

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
  /** the columns of the scores lie together, in the memory that was lent for them */
  scoresByColumns: boolean
  /** Σ z² of each row, where it came out with the scores */
  squaredDistances: Float64Array | null
  /** the eigenvalues that were computed: all min(nSamples, nFeatures), or the first nComponents */
  spectrum: Float64Array
  /** spectrum / totalVariance */
  spectrumShare: Float64Array
  /** σ = √(λ(nSamples − 1)) of the spectrum */
  singularValues: Float64Array
  totalVariance: number
  certificate: Certificate
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
    const scoring = begin('scores')
    const { scores, squaredDistances, byColumns } = scoresOf(source, model, options.lent ?? null, scoring)
    const { axes, units, choice, covariance, centred } = model
    const { eigenvalues, components } = axes
    const watch = partOf(scoring, 1, 1)
    const certificate = certifyAxes(
      axes,
      columns.length,
      (v) =>
        covariance ? multiplySymmetric(covariance, v, watch) : multiplyBack(centred!, scores, nComponents, watch),
      watch
    )
    const { exponent, scale, total } = units
    scaleArray(scores, exponent)
    const nSamples = source.rows
    const result: PrincipalComponents = {
      moments: model.moments,
      choice,
      scale,
      components,
      loadings: loadingsOf(components, eigenvalues, columns.length, exponent, watch),
      scores,
      scoresByColumns: byColumns,
      squaredDistances,
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

/** V·C for the rows of V. */
function multiplySymmetric(c: Matrix, v: Matrix, watch: Watch): Float64Array {
  const { memory } = kernels()
  return memory.frame(() => {
    const product = zeros(v.data.length, watch)
    const left = panelOf(takeIn(v.data, watch), v.rows, v.columns)
    const right = panelOf(takeIn(c.data, watch), c.rows, c.columns)
    multiplyInto(panelOf(product, v.rows, v.columns), 1, left, right, watch)
    return takeOut(product, watch)
  })
}

/** V·C = (YᵀS)ᵀ/(n − 1) for the rows of V, where C is not there: S are their scores. */
function multiplyBack(y: LinearOperator, scores: Float64Array, nComponents: number, watch: Watch): Float64Array {
  const { memory } = kernels()
  return memory.frame(() => {
    const image = memory.allocate(y.columns * nComponents)
    const given = panelOf(takeIn(scores, watch), y.rows, nComponents)
    y.multiplyTransposed(given, panelOf(image, y.columns, nComponents), watch)
    const product = transposedCopy(createMatrix(y.columns, nComponents, image), watch).data
    inPieces(product.length, 1, watch, (from, to) => {
      for (let i = from; i < to; i++) product[i]! /= y.rows - 1
    })
    return product
  })
}

interface Scores {
  scores: Float64Array
  squaredDistances: Float64Array | null
  byColumns: boolean
}

/** Y·Vᵀ, nSamples × nComponents. */
function scoresOf(
  source: RowSource,
  { moments, units, axes, centred }: FittedAxes,
  lent: PcaOptions['lent'] | null,
  watch: Watch
): Scores {
  const { memory } = kernels()
  const nFeatures = source.columns
  const nComponents = axes.components.length / nFeatures
  const v = createMatrix(nComponents, nFeatures, axes.components)
  if (centred === null) {
    const directions = transposedCopy(v, watch).data
    for (let j = 0; j < nFeatures; j++) {
      for (let k = 0; k < nComponents; k++) directions[j * nComponents + k]! *= units.factor[j]!
    }
    const plain = units.exponent === 0 && moments.exponent.every((e) => e === 0)
    const place = lent && {
      coordinates: lent.scores,
      lengths: plain ? { squares: lent.squaredDistances, units: units.factor } : null
    }
    const scores = projectRows(source, moments, directions, nComponents, watch, place)
    return {
      scores,
      squaredDistances: lent && plain ? lent.squaredDistances : null,
      byColumns: place !== null
    }
  }
  const whole = memory.frame(() => {
    const scores = memory.allocate(source.rows * nComponents)
    const right = panelOf(memory.place(transposedCopy(v, watch).data), nFeatures, nComponents)
    centred.multiply(right, panelOf(scores, source.rows, nComponents), watch)
    return takeOut(scores, watch)
  })
  return { scores: whole, squaredDistances: null, byColumns: false }
}

/** component · √λ, nFeatures × nComponents. */
function loadingsOf(
  components: Float64Array,
  eigenvalues: Float64Array,
  nFeatures: number,
  exponent: number,
  watch: Watch
): Float64Array {
  const nComponents = components.length / nFeatures
  const loadings = new Float64Array(nFeatures * nComponents)
  for (let k = 0; k < nComponents; k++) {
    watch.checkpoint()
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
