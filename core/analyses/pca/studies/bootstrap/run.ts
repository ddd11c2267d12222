import { EigendeskError } from '../../../../contract/errors.ts'
import type { StudyRun } from '../../../../contract/study.ts'
import { unwatched } from '../../../../linalg/watch.ts'
import { bootstrapComponents } from '../../../../stats/bootstrap-components.ts'
import { quantileOf } from '../../../../stats/describe-column.ts'
import { preparedMatrix } from '../../prepared.ts'
import type { PcaParams, PcaSummary } from '../../spec.ts'
import { divisorOf, preparationOf } from '../preparation.ts'
import type { BootstrapParams, BootstrapSummary } from './spec.ts'

/** Components whose variances have intervals. */
const MOST_VARIANCES = 100
/** Loadings held at once: 240 MB. */
const MOST_LOADINGS = 30_000_000
/** Loadings kept for the clouds, 16 MB: those of 58 samples where there are 6,830 columns, of all 200 up to 2,000. */
const CLOUD_LOADINGS = 2_000_000

/** Percentile intervals of variances, shares and loadings over samples of the rows.
 * @throws TOO_MANY_COMPONENTS where more are asked for than were kept */
export const runBootstrap: StudyRun<PcaParams, PcaSummary, BootstrapParams, BootstrapSummary> = (
  input,
  params,
  context
) => {
  const { summary } = input
  if (params.nComponents > summary.nComponents) {
    throw new EigendeskError('TOO_MANY_COMPONENTS', { value: params.nComponents, limit: summary.nComponents })
  }
  const loadings = input.array('loadings')
  if (!loadings) throw new EigendeskError('ARRAY_UNKNOWN', { value: 'loadings' })
  const { resamples, confidence, alignment, seed } = params
  const p = summary.nFeatures
  const k = Math.max(1, Math.min(params.nComponents, Math.floor(MOST_LOADINGS / (resamples * p))))
  const nVariances = Math.max(k, Math.min(summary.nComponents, MOST_VARIANCES))
  context.progress('Preparing the table', 0)
  const { z, weights } = preparedMatrix(input, { ...unwatched, checkpoint: context.checkpoint })
  const kept = Float64Array.from(
    { length: p * k },
    (_, at) => loadings.data[Math.floor(at / k) * summary.nComponents + (at % k)]!
  )
  const found = bootstrapComponents(
    z.data,
    [z.rows, p],
    kept,
    {
      resamples,
      nVariances,
      seed,
      alignment,
      preparation: preparationOf(input.params),
      divisor: divisorOf(input.params, z.rows),
      weights
    },
    { checkpoint: context.checkpoint, progress: (fraction) => context.progress('Drawing rows', 0.95 * fraction) }
  )
  context.progress('Intervals', 0.95)
  const tail = (1 - confidence / 100) / 2
  const between = (values: Float64Array, width: number): { lower: Float64Array; upper: Float64Array } =>
    intervals(values, width, tail, context.checkpoint)
  const cloudSamples = Math.min(resamples, Math.max(1, Math.floor(CLOUD_LOADINGS / (p * k))))
  const ofLoadings = between(found.loadings, p * k)
  const ofShares = between(found.shares, nVariances)
  const ofSums = between(runningSums(found.shares, nVariances), nVariances)
  const middle = intervals(found.agreement, k, 0.5, context.checkpoint)
  return {
    summary: {
      resamples,
      confidence,
      alignment,
      seed,
      nComponents: k,
      variances: plain(between(found.variances, nVariances)),
      ratios: plain(ofShares),
      cumulative: plain(ofSums),
      agreement: Array.from(middle.lower),
      cloudSamples,
      notes: [
        ...(k < params.nComponents
          ? [`Loadings of the first ${k} components only: of more, there would be too many.`]
          : []),
        ...(input.params.scale === 'range' || input.params.scale === 'robust'
          ? ['The scale of the columns is that of all rows in every sample.']
          : [])
      ]
    },
    arrays: {
      sharesLower: { dtype: 'float64', shape: [nVariances], data: ofShares.lower },
      sharesUpper: { dtype: 'float64', shape: [nVariances], data: ofShares.upper },
      sumsLower: { dtype: 'float64', shape: [nVariances], data: ofSums.lower },
      sumsUpper: { dtype: 'float64', shape: [nVariances], data: ofSums.upper },
      loadingsLower: { dtype: 'float64', shape: [p, k], data: ofLoadings.lower },
      loadingsUpper: { dtype: 'float64', shape: [p, k], data: ofLoadings.upper },
      cloud: { dtype: 'float64', shape: [cloudSamples, p, k], data: found.loadings.slice(0, cloudSamples * p * k) }
    },
    lists: {}
  }
}

/** Percentiles of each column of a row-major array. */
function intervals(
  values: Float64Array,
  width: number,
  tail: number,
  checkpoint: () => void
): { lower: Float64Array; upper: Float64Array } {
  const height = values.length / width
  const lower = new Float64Array(width)
  const upper = new Float64Array(width)
  const own = new Float64Array(height)
  for (let j = 0; j < width; j++) {
    if (j % 100 === 0) checkpoint()
    for (let i = 0; i < height; i++) own[i] = values[i * width + j]!
    own.sort()
    lower[j] = quantileOf(own, tail)
    upper[j] = quantileOf(own, 1 - tail)
  }
  return { lower, upper }
}

const plain = ({ lower, upper }: { lower: Float64Array; upper: Float64Array }) => ({
  lower: Array.from(lower),
  upper: Array.from(upper)
})

function runningSums(values: Float64Array, width: number): Float64Array {
  const sums = values.slice()
  for (let at = 0; at < sums.length; at++) if (at % width > 0) sums[at]! += sums[at - 1]!
  return sums
}
