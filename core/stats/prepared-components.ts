import { kernels } from '../linalg/kernels/kernels.ts'
import { createMatrix } from '../linalg/matrix.ts'
import { denseOperator } from '../linalg/operator.ts'
import { multiplyInto, panelOf, transposed } from '../linalg/panel.ts'
import { inPieces, takeOut, zeros } from '../linalg/passes.ts'
import { partOf, type Watch } from '../linalg/watch.ts'
import type { CentredRows } from './centred-rows.ts'
import { certifyAxes, type Certificate } from './component-certificate.ts'
import { workspaceBytes, type SolverChoice } from './pca-solver.ts'
import {
  covarianceAxes,
  covarianceOf,
  gramAxes,
  iterativeAxes,
  type BeginPhase,
  type PrincipalAxes
} from './principal-axes.ts'
import { transposedCopy } from './transposed-copy.ts'

/** Components of a table that was centred and scaled before, in its own unit. */
export interface PreparedComponents {
  axes: PrincipalAxes
  /** nSamples × nComponents: Z·Vᵀ, not weighted */
  scores: Float64Array
  /** Σ w·z² / (nSamples − 1) over all columns */
  totalVariance: number
  certificate: Certificate
}

/** Principal components of a table Z that was centred (about whatever point) and scaled before: the eigenvectors of
 * ZᵀWZ/(nSamples − 1), W the diagonal matrix of row weights of mean 1.
 * @param z nSamples × nFeatures, row-major, in the memory of the kernels; not modified
 * @param weights of mean 1; null: all 1
 * @throws OUT_OF_MEMORY | NO_CONVERGENCE
 * Memory: another copy of Z where there are weights. Source: Jolliffe, Principal Component Analysis, 2nd ed., §14.2.1
 * (weights of observations) and §3.5; without centring §14.2.3. */
export function preparedComponents(
  z: Float64Array,
  nSamples: number,
  nFeatures: number,
  nComponents: number,
  weights: Float64Array | null,
  choice: SolverChoice,
  seed: number,
  begin: BeginPhase
): PreparedComponents {
  const { memory } = kernels()
  return memory.frame(() => {
    memory.require(workspaceBytes(choice.solver, nSamples, nFeatures, nComponents))
    const weighing = begin('centring')
    const y = weights === null ? z : weighted(z, nFeatures, weights, weighing)
    const rows = wholeRows(y, nSamples, nFeatures)
    const { solver } = choice
    const covariance = solver === 'eigh-covariance' ? covarianceOf(rows, begin('covariance')) : null
    const axes = covariance
      ? covarianceAxes(covariance, nSamples, nComponents, seed, begin('eigenvectors'))
      : solver === 'eigh-gram'
        ? gramAxes(rows, nComponents, seed, begin)
        : iterativeAxes(
            rows.operator(),
            nComponents,
            solver === 'krylov' ? solver : 'randomized',
            seed,
            begin('eigenvectors')
          )
    const scoring = begin('scores')
    const v = createMatrix(nComponents, nFeatures, axes.components)
    const directions = panelOf(memory.place(transposedCopy(v, scoring).data), nFeatures, nComponents)
    const projected = zeros(nSamples * nComponents, scoring)
    multiplyInto(panelOf(projected, nSamples, nComponents), 1, panelOf(z, nSamples, nFeatures), directions, scoring)
    const watch = partOf(scoring, 1, 1)
    const certificate = certifyAxes(
      axes,
      nFeatures,
      () => imageOf(rows, directions, nSamples, nFeatures, nComponents, watch),
      watch
    )
    return { axes, scores: takeOut(projected, watch), totalVariance: totalOf(y, nSamples, watch), certificate }
  })
}

function weighted(z: Float64Array, nFeatures: number, weights: Float64Array, watch: Watch): Float64Array {
  const y = kernels().memory.allocate(z.length)
  inPieces(weights.length, nFeatures, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      const root = Math.sqrt(weights[i]!)
      for (let at = i * nFeatures; at < (i + 1) * nFeatures; at++) y[at] = z[at]! * root
    }
  })
  return y
}

function wholeRows(y: Float64Array, rows: number, columns: number): CentredRows {
  const whole = panelOf(y, rows, columns)
  return {
    rows,
    columns,
    whole: y,
    rowPieces: (visit) => visit(whole, 0),
    columnPieces: (visit) => visit(whole, 0),
    operator: () => denseOperator(y, rows, columns)
  }
}

/** V·C = (Yᵀ(YVᵀ))ᵀ/(n − 1) for the rows of V. @param directions Vᵀ */
function imageOf(
  y: CentredRows,
  directions: ReturnType<typeof panelOf>,
  rows: number,
  columns: number,
  nComponents: number,
  watch: Watch
): Float64Array {
  const { memory } = kernels()
  return memory.frame(() => {
    const whole = panelOf(y.whole!, rows, columns)
    const scores = zeros(rows * nComponents, watch)
    multiplyInto(panelOf(scores, rows, nComponents), 1, whole, directions, watch)
    const image = zeros(columns * nComponents, watch)
    const target = panelOf(image, columns, nComponents)
    multiplyInto(target, 1 / (rows - 1), transposed(whole), panelOf(scores, rows, nComponents), watch)
    return transposedCopy(createMatrix(columns, nComponents, image), watch).data
  })
}

function totalOf(y: Float64Array, rows: number, watch: Watch): number {
  let total = 0
  inPieces(y.length, 1, watch, (from, to) => {
    let sum = 0
    for (let at = from; at < to; at++) sum += y[at]! * y[at]!
    total += sum
  })
  return total / (rows - 1)
}
