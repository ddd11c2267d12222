import { z } from 'zod'
import type { StudySpec } from '../../../../contract/study.ts'
import { kmoWord } from '../../figures/criteria.ts'
import { PREPARED_ARRAYS } from '../../prepared-arrays.ts'
import { pcaSpec, type PcaParams, type PcaSummary } from '../../spec.ts'

export const factorabilityParamsSchema = z.object({})
export type FactorabilityParams = z.infer<typeof factorabilityParamsSchema>

/** Whether the columns hang together enough to have common factors. Array: antiImage (q×q of the columns that vary: minus the
 * partial correlations, on the diagonal each column's KMO); where it is defined. */
export const factorabilitySummarySchema = z.object({
  kmo: z
    .object({
      overall: z.number(),
      /** of each column of the analysis; null where it is constant */
      columns: z.array(z.number().nullable())
    })
    .nullable(),
  bartlett: z.object({ chiSquare: z.number(), df: z.number(), p: z.number() }).nullable(),
  /** why they are null */
  reason: z.string().nullable(),
  /** names of the columns of antiImage */
  columns: z.array(z.string())
})
export type FactorabilitySummary = z.infer<typeof factorabilitySummarySchema>

export const factorabilitySpec: StudySpec<FactorabilityParams, FactorabilitySummary, PcaParams, PcaSummary> = {
  kind: 'factorability',
  of: 'pca',
  title: 'Fit for factor work',
  params: factorabilityParamsSchema,
  summary: factorabilitySummarySchema,
  defaults: () => ({}),
  finding: ({ kmo }) => (kmo ? `KMO ${kmo.overall.toFixed(2)}: ${kmoWord(kmo.overall)}` : 'KMO is not defined here'),
  columnsNeeded: (_params, analysisParams, dataset) => pcaSpec.columnsNeeded(analysisParams, dataset),
  arraysNeeded: [...PREPARED_ARRAYS]
}
