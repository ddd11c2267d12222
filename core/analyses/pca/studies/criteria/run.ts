import type { ResultArray } from '../../../../contract/analysis.ts'
import type { StudyRun } from '../../../../contract/study.ts'
import { unwatched, type Watch } from '../../../../linalg/watch.ts'
import {
  brokenStick,
  brokenStickShares,
  countAbove,
  generalizedCrossValidation,
  kaiser,
  minka,
  type CriterionCurve
} from '../../../../stats/component-criteria.ts'
import { crossValidate, dealIntoFolds } from '../../../../stats/cross-validation.ts'
import { parallelAnalysis, type ParallelAnalysis } from '../../../../stats/parallel-analysis.ts'
import { columnVariances } from '../../../../stats/prepare-again.ts'
import { preparedMatrix } from '../../prepared.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'
import { divisorOf, preparationOf } from '../preparation.ts'
import { wholeSpectrum } from '../whole-spectrum.ts'
import { CRITERIA, CURVE_LIMIT, type CriteriaParams, type CriteriaSummary, type Criterion } from './spec.ts'

/** Components that cross-validation tries. */
const MOST_TRIED = 50

const NOT_ASKED = 'It was not asked for.'

/** Every rule for the number of components, each with its curve. */
export const runCriteria: StudyRun<PcaParams, PcaSummary, CriteriaParams, CriteriaSummary> = (
  input,
  params,
  context
) => {
  const watched = (phase: string, from: number, to: number): Watch => ({
    checkpoint: context.checkpoint,
    progress: (fraction) => context.progress(phase, from + (to - from) * fraction)
  })
  context.progress('Preparing the table', 0)
  const { z, weights } = preparedMatrix(input, { ...unwatched, checkpoint: context.checkpoint })
  const [n, p] = [z.rows, z.columns]
  const divisor = divisorOf(input.params, n)
  const spectrum = wholeSpectrum(input, z, weights, watched('Variances', 0, 0.1))
  const total = input.summary.totalVariance
  const nVarying = columnVariances(z.data, n, p, weights, watched('Variances', 0, 0)).filter(
    (variance) => variance > 0
  ).length
  const nDirections = Math.min(nVarying, input.params.centre === 'mean' ? n - 1 : n)
  const reasons: Partial<Record<Criterion, string>> = {}
  const orReason = <T>(criterion: Criterion, value: T | null, reason: string): T | null => {
    if (value === null) reasons[criterion] = reason
    return value
  }
  const asked = (criterion: 'parallel' | 'press'): boolean => params.which.includes(criterion)
  const { permutations, percentile, folds, seed } = params

  const parallel = asked('parallel')
    ? parallelAnalysis(
        z.data,
        [n, p],
        divisor,
        { permutations, percent: percentile, seed },
        watched('Permuting columns', 0.1, 0.7),
        weights && { weights, preparation: preparationOf(input.params) }
      )
    : null
  const nFolds = Math.min(folds, n)
  const press = asked('press')
    ? crossValidate(
        z.data,
        [n, p],
        dealIntoFolds(n, nFolds, seed),
        { most: MOST_TRIED, preparation: preparationOf(input.params), weights },
        watched('Leaving cells out', 0.7, 1)
      )
    : null
  const few = 'It needs three rows and two columns that vary.'
  const mle = spectrum.isWhole && n >= p && p > 1 ? minka(spectrum.values, n) : null
  const gcv = generalizedCrossValidation(spectrum.values, total, n, nVarying)
  const summary: CriteriaSummary = {
    kaiser: { suggested: kaiser(spectrum.values, total, nDirections), mean: total / nDirections },
    brokenStick: {
      suggested: brokenStick(spectrum.values, total, nDirections),
      shares: Array.from(brokenStickShares(nDirections).subarray(0, CURVE_LIMIT))
    },
    parallel: orReason(
      'parallel',
      parallel && {
        suggested: countAbove(spectrum.values, parallel.percentile),
        percentiles: Array.from(parallel.percentile.subarray(0, CURVE_LIMIT)),
        medians: Array.from(parallel.median.subarray(0, CURVE_LIMIT)),
        permutations,
        percentile,
        seed
      },
      NOT_ASKED
    ),
    gcv: orReason('gcv', gcv && curveOf(gcv), few),
    press: orReason('press', press && { ...curveOf(press), folds: nFolds, seed }, asked('press') ? few : NOT_ASKED),
    mle: orReason(
      'mle',
      mle && curveOf(mle),
      n < p
        ? 'It needs at least as many rows as columns.'
        : p < 2
          ? 'It needs two columns.'
          : 'The solver has not computed all variances of so many columns.'
    ),
    reasons,
    notes: notesOf(input.params, Object.keys(input.summary.imputed).length > 0)
  }
  return { summary, arrays: arraysOf(summary, spectrum.values, parallel), lists: {} }
}

/** What is taken away: the answer of each of CRITERIA, −1 where it has none, and what chance reaches beside the variances. */
function arraysOf(
  summary: CriteriaSummary,
  variances: Float64Array,
  parallel: ParallelAnalysis | null
): Record<string, ResultArray> {
  const suggested = Int32Array.from(CRITERIA, (criterion) => summary[criterion]?.suggested ?? -1)
  const answers: Record<string, ResultArray> = {
    suggested: { dtype: 'int32', shape: [suggested.length], data: suggested }
  }
  if (!parallel) return answers
  const count = Math.min(variances.length, parallel.percentile.length)
  const first = (data: Float64Array): ResultArray => ({ dtype: 'float64', shape: [count], data: data.slice(0, count) })
  return { ...answers, variances: first(variances), byChance: first(parallel.percentile) }
}

const curveOf = ({ suggested, values }: CriterionCurve): { suggested: number; values: (number | null)[] } => ({
  suggested,
  values: values.slice(0, CURVE_LIMIT + 1).map((value) => (Number.isFinite(value) ? value : null))
})

function notesOf(params: PcaParams, imputed: boolean): string[] {
  return [
    ...(imputed ? ['Missing cells were filled in before: the rules take them as if they had been measured.'] : []),
    ...(params.scale === 'range' || params.scale === 'robust'
      ? ['Cross-validation keeps the scale of all rows; centres are those of the rows that were kept.']
      : [])
  ]
}
