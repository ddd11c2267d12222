import { z } from 'zod'
import type { StudySpec } from '../../../../contract/study.ts'
import { methods, methodSchema, purposeOf } from '../../methods.ts'
import { factorizationSpec, type FactorizationParams, type FactorizationSummary } from '../../spec.ts'

export const searchParamsSchema = z.object({
  /** 'grid': evenly over all; 'random': drawn; 'halving': drawn, and of many short fits the best third goes on longer */
  kind: z.enum(['grid', 'random', 'halving']),
  /** fits at most, in this run */
  fits: z.number().int().min(1).max(1000),
  /** no fit begins after so long; null: no limit */
  seconds: z.number().gt(0).max(1e6).nullable(),
  /** what is to be best: the smallest error, or the largest nDCG */
  measure: z.enum(['rmse', 'ndcg']),
  /** share of the training ratings that trials are judged on; the test ratings are not touched */
  validation: z.number().min(0.05).max(0.5),
  /** goes on from the trials of the stored search of the same measure, seed and validation, if there is one */
  continues: z.boolean(),
  seed: z.number().int().min(0).max(4294967295)
})
export type SearchParams = z.infer<typeof searchParamsSchema>

const trialSchema = z.object({
  /** of the method's own parameters those that are searched, and how long was worked ("iterations") */
  params: z.record(z.string(), z.number()),
  /** the result's own parameters */
  own: z.boolean(),
  /** worked as long as the result: only such a trial can be best */
  whole: z.boolean(),
  /** null: could not be fitted */
  score: z.number().nullable(),
  seconds: z.number(),
  failed: z.string().nullable()
})
export type SearchTrial = z.infer<typeof trialSchema>

const planSchema = z.object({
  kind: searchParamsSchema.shape.kind,
  /** points drawn before */
  after: z.number().int(),
  /** at most */
  fits: z.number().int()
})
export type SearchPlan = z.infer<typeof planSchema>

export const searchSummarySchema = z.object({
  method: methodSchema,
  measure: searchParamsSchema.shape.measure,
  ranges: z.array(
    z.object({
      key: z.string(),
      from: z.number(),
      to: z.number(),
      scale: z.enum(['log', 'linear']),
      whole: z.boolean()
    })
  ),
  nTrain: z.number().int(),
  nValidation: z.number().int(),
  /** in the order they were made, those of the search it goes on from first */
  trials: z.array(trialSchema),
  /** place among the trials */
  best: z.number().int().nullable(),
  /** why it ended: all was tried; as many fits as asked for; out of time; stopped by hand, or cut off */
  ended: z.enum(['tried', 'fits', 'seconds', 'stopped']),
  /** what was to be tried of a grid or by halving; a later search goes on with what of it was not */
  plan: planSchema.optional(),
  notes: z.array(z.string())
})
export type SearchSummary = z.infer<typeof searchSummarySchema>

export const searchSpec: StudySpec<SearchParams, SearchSummary, FactorizationParams, FactorizationSummary> = {
  kind: 'search',
  of: 'factorization',
  title: 'Search for parameters',
  params: searchParamsSchema,
  summary: searchSummarySchema,
  defaults: ({ params }, asked = {}) => ({
    kind: 'random',
    fits: 20,
    seconds: null,
    measure: purposeOf(params.method) === 'ratings' ? 'rmse' : 'ndcg',
    validation: 0.2,
    continues: false,
    seed: params.seed,
    ...asked
  }),
  finding: ({ method, measure, trials, best }) => {
    const found = best === null ? undefined : trials[best]
    if (!found || found.score === null) return `${methods[method].title}: no parameters could be judged`
    if (found.own) return `No better parameters in ${trials.length} trials`
    return `${measure === 'rmse' ? 'RMSE' : 'nDCG'} ${found.score.toFixed(4)} is the best of ${trials.length} trials`
  },
  columnsNeeded: (_params, params, dataset) => factorizationSpec.columnsNeeded(params, dataset),
  datasetsNeeded: (_params, params) => factorizationSpec.datasetsNeeded?.(params) ?? [],
  arraysNeeded: []
}
