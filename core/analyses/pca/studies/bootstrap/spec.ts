import { z } from 'zod'
import type { StudySpec } from '../../../../contract/study.ts'
import { counted } from '../../../../stats/counted.ts'
import { PREPARED_ARRAYS } from '../../prepared-arrays.ts'
import { pcaSpec, type PcaParams, type PcaSummary } from '../../spec.ts'

export const bootstrapParamsSchema = z.object({
  resamples: z.number().int().min(10).max(10_000),
  /** per cent of the samples inside an interval */
  confidence: z.number().min(50).max(99.9),
  /** components whose loadings are aligned and kept */
  nComponents: z.number().int().min(1),
  /** how components of a sample are matched with those of the fit: by a rotation, or by order and sign alone */
  alignment: z.enum(['procrustes', 'permutation']),
  seed: z.number().int().min(0).max(4294967295)
})
export type BootstrapParams = z.infer<typeof bootstrapParamsSchema>

const interval = z.object({ lower: z.array(z.number()), upper: z.array(z.number()) })

/** How far a PCA would move with other rows: percentile intervals over samples of its rows. Arrays, row-major: sharesLower and
 * sharesUpper, sumsLower and sumsUpper of their running sums (one a component), loadingsLower and loadingsUpper (p×k), cloud (samples×p×k: loadings of the first samples, for the clouds round the arrows). */
export const bootstrapSummarySchema = z.object({
  resamples: z.number().int(),
  confidence: z.number(),
  alignment: bootstrapParamsSchema.shape.alignment,
  seed: z.number().int(),
  /** of loadings and cloud */
  nComponents: z.number().int(),
  /** of each kept component, as many as the result has or the first hundred */
  variances: interval,
  ratios: interval,
  cumulative: interval,
  /** median over the samples of |cosine| between an axis and that of the sample: 1 where it does not turn */
  agreement: z.array(z.number()),
  /** samples in the cloud */
  cloudSamples: z.number().int(),
  notes: z.array(z.string())
})
export type BootstrapSummary = z.infer<typeof bootstrapSummarySchema>

/** Components aligned unless told otherwise: aligning what is noise makes intervals too narrow. */
const USUAL_COMPONENTS = 5

export const bootstrapSpec: StudySpec<BootstrapParams, BootstrapSummary, PcaParams, PcaSummary> = {
  kind: 'bootstrap',
  of: 'pca',
  title: 'Bootstrap',
  params: bootstrapParamsSchema,
  summary: bootstrapSummarySchema,
  defaults: ({ summary }, asked = {}) => ({
    resamples: 200,
    confidence: 95,
    nComponents: Math.min(summary.nComponents, USUAL_COMPONENTS),
    alignment: 'procrustes',
    seed: 0,
    ...asked
  }),
  finding: ({ ratios, confidence, resamples }) => {
    const [lower, upper] = [ratios.lower[0] ?? 0, ratios.upper[0] ?? 0].map((share) => (100 * share).toFixed(1))
    return `PC1 holds ${lower} to ${upper} % in ${confidence} % of ${counted(resamples, 'sample')}`
  },
  columnsNeeded: (_params, analysisParams, dataset) => pcaSpec.columnsNeeded(analysisParams, dataset),
  arraysNeeded: [...PREPARED_ARRAYS, 'loadings']
}
