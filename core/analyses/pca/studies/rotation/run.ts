import type { StudyRun } from '../../../../contract/study.ts'
import { EigendeskError } from '../../../../contract/errors.ts'
import { gemm } from '../../../../linalg/gemm.ts'
import { createMatrix, type Matrix } from '../../../../linalg/matrix.ts'
import { inPieces, ordinaryArray } from '../../../../linalg/passes.ts'
import { quiet, type Watch } from '../../../../linalg/watch.ts'
import { isOblique } from '../../../../stats/rotation/methods.ts'
import { rotateLoadings } from '../../../../stats/rotation/rotate-loadings.ts'
import { componentsWithVariance } from '../../figures/row-measures.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'
import type { RotationParams, RotationSummary } from './spec.ts'

/** How much of the work is done where the axes have settled. */
const TURNED = 0.95

/** Turns the first components to simple structure.
 * @throws TOO_MANY_COMPONENTS where more are asked for than were kept */
export const runRotation: StudyRun<PcaParams, PcaSummary, RotationParams, RotationSummary> = (
  input,
  params,
  context
) => {
  const turning: Watch = {
    checkpoint: context.checkpoint,
    progress: (fraction) => context.progress('Turning the axes', TURNED * fraction)
  }
  const watch = quiet(turning)
  const { summary } = input
  const { method, nComponents: asked } = params
  if (asked > summary.nComponents) {
    throw new EigendeskError('TOO_MANY_COMPONENTS', { value: asked, limit: summary.nComponents })
  }
  const [loadings, scores] = ['loadings', 'scores'].map((name) => {
    const array = input.array(name)
    if (!array) throw new EigendeskError('ARRAY_UNKNOWN', { value: name })
    return array.data
  }) as [Float64Array, Float64Array]
  const count = Math.min(asked, componentsWithVariance(summary.explainedVariance))
  context.progress('Turning the axes', 0)
  const { nFeatures, nComponents: kept } = summary
  const rotation = rotateLoadings(firstColumns(loadings, nFeatures, kept, count, watch), params, turning)
  context.progress('Scores', TURNED)
  const deviations = summary.explainedVariance.slice(0, count).map(Math.sqrt)
  const standardized = firstColumns(scores, summary.nSamples, kept, count, watch, deviations)
  const factors = gemm(standardized, rotation.turn, {}, watch)
  const variances = Array.from(rotation.explainedVariance)
  return {
    summary: {
      method,
      nComponents: count,
      kaiser: params.kaiser,
      explainedVariance: variances,
      explainedVarianceRatio: variances.map((variance) => variance / summary.totalVariance),
      matrix: rowsOf(rotation.matrix),
      correlations: rowsOf(rotation.correlations),
      oblique: isOblique(method),
      rounds: rotation.rounds,
      starts: rotation.starts,
      reached: rotation.reached,
      notes: [
        ...(count < asked ? [`Only ${count} of ${asked} components have a variance: the others were left out.`] : []),
        ...(rotation.converged
          ? []
          : [`The axes still moved after ${rotation.rounds} rounds: another method may settle.`]),
        ...(rotation.starts > 1 && rotation.reached === 1
          ? [
              'No two starts led to the same axes: the loadings have no clear simple structure, or more starts are needed.'
            ]
          : [])
      ]
    },
    arrays: {
      pattern: { dtype: 'float64', shape: [nFeatures, count], data: rotation.pattern.data },
      structure: { dtype: 'float64', shape: [nFeatures, count], data: rotation.structure.data },
      scores: { dtype: 'float64', shape: [summary.nSamples, count], data: factors.data }
    },
    lists: {}
  }
}

/** The first columns of a row-major array, each divided by a number where some are given. */
function firstColumns(
  data: ArrayLike<number>,
  rows: number,
  width: number,
  count: number,
  watch: Watch,
  divisors?: readonly number[]
): Matrix {
  const first = ordinaryArray(rows * count)
  inPieces(rows, count, watch, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let k = 0; k < count; k++) first[i * count + k] = data[i * width + k]! / (divisors?.[k] ?? 1)
    }
  })
  return createMatrix(rows, count, first)
}

function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)))
}
