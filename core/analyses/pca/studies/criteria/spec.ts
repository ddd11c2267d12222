import { z } from 'zod'
import type { StudySpec } from '../../../../contract/study.ts'
import { counted } from '../../../../stats/counted.ts'
import { PREPARED_ARRAYS } from '../../prepared-arrays.ts'
import { pcaSpec, type PcaParams, type PcaSummary } from '../../spec.ts'

/** Rules that take time; the others follow from the variances. */
export const SLOW_CRITERIA = ['parallel', 'press'] as const

export const criteriaParamsSchema = z.object({
  which: z.array(z.enum(SLOW_CRITERIA)),
  permutations: z.number().int().min(10).max(10_000),
  /** of the permutations that a component has to exceed */
  percentile: z.number().min(50).max(99.9),
  folds: z.number().int().min(2).max(1000),
  seed: z.number().int().min(0).max(4294967295)
})
export type CriteriaParams = z.infer<typeof criteriaParamsSchema>

export const CRITERIA = ['parallel', 'kaiser', 'brokenStick', 'gcv', 'press', 'mle'] as const
export type Criterion = (typeof CRITERIA)[number]

const curve = z.object({
  suggested: z.number().int(),
  /** of 0, 1, 2 … components; null where there is none */
  values: z.array(z.number().nullable())
})

/** How many components each rule suggests. Lists end after CURVE_LIMIT components; the suggestions do not. Arrays: suggested (one a
 * rule of CRITERIA, −1 without an answer), and after a parallel analysis variances and byChance, one a component. */
export const criteriaSummarySchema = z.object({
  kaiser: z.object({ suggested: z.number().int(), mean: z.number() }).nullable(),
  brokenStick: z.object({ suggested: z.number().int(), shares: z.array(z.number()) }).nullable(),
  parallel: z
    .object({
      suggested: z.number().int(),
      /** variance of each component that chance alone stays below in so many of a hundred permutations */
      percentiles: z.array(z.number()),
      medians: z.array(z.number()),
      permutations: z.number().int(),
      percentile: z.number(),
      seed: z.number().int()
    })
    .nullable(),
  gcv: curve.nullable(),
  press: curve.extend({ folds: z.number().int(), seed: z.number().int() }).nullable(),
  mle: curve.nullable(),
  /** why a rule that is null has no answer */
  reasons: z.partialRecord(z.enum(CRITERIA), z.string()),
  notes: z.array(z.string())
})
export type CriteriaSummary = z.infer<typeof criteriaSummarySchema>

/** Components in the curves: nobody reads the two-hundredth. */
export const CURVE_LIMIT = 200

export const criteriaSpec: StudySpec<CriteriaParams, CriteriaSummary, PcaParams, PcaSummary> = {
  kind: 'criteria',
  of: 'pca',
  title: 'How many components',
  params: criteriaParamsSchema,
  summary: criteriaSummarySchema,
  defaults: (_analysis, asked = {}) => ({
    which: [...SLOW_CRITERIA],
    permutations: 100,
    percentile: 95,
    folds: 10,
    seed: 0,
    ...asked
  }),
  finding: ({ parallel, kaiser }) => {
    if (parallel) return `Parallel analysis keeps ${counted(parallel.suggested, 'component')}`
    return kaiser ? `Kaiser’s rule keeps ${counted(kaiser.suggested, 'component')}` : 'No rule has an answer'
  },
  columnsNeeded: (_params, analysisParams, dataset) => pcaSpec.columnsNeeded(analysisParams, dataset),
  arraysNeeded: [...PREPARED_ARRAYS, 'spectrum']
}
