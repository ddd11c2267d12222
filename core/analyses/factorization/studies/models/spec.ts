import { z } from 'zod'
import type { StudySpec } from '../../../../contract/study.ts'
import { rankingSchema } from '../../judgement.ts'
import { methods, methodSchema, purposeOf, type Method } from '../../methods.ts'
import { factorizationSpec, type FactorizationParams, type FactorizationSummary } from '../../spec.ts'

export const modelsParamsSchema = z.object({
  /** each is fitted with its defaults; this result's own parameters and the baselines come besides */
  methods: z.array(methodSchema).max(methodSchema.options.length),
  /** 0: the split of the result; else so many folds of its ratings */
  folds: z.number().int().min(0).max(20),
  /** of the folds, and of every fit */
  seed: z.number().int().min(0).max(4294967295)
})
export type ModelsParams = z.infer<typeof modelsParamsSchema>

const differenceSchema = z.object({ difference: z.number(), low: z.number(), high: z.number() })
/** below 0: better than what it is compared with */
const againstSchema = z.object({ rmse: differenceSchema, mae: differenceSchema }).nullable()

export const comparedModelSchema = z.object({
  /** the method, or 'own': this result's method with its own parameters */
  key: z.string(),
  method: methodSchema,
  own: z.boolean(),
  /** always in the table: mean, bias and popularity */
  baseline: z.boolean(),
  /** the parameters the method reads */
  params: z.record(z.string(), z.number()),
  /** of all test ratings, of all folds together; null for preferences, whose scores are no ratings */
  rmse: z.number().nullable(),
  mae: z.number().nullable(),
  /** differences with paired 95 % intervals over users; null for the baseline itself, and for preferences */
  againstBias: againstSchema,
  /** the same against the model with the smallest RMSE */
  againstBest: againstSchema,
  /** means of the folds */
  ranking: rankingSchema.nullable(),
  /** to fit, all folds together */
  seconds: z.number(),
  folds: z.array(
    z.object({
      rmse: z.number().nullable(),
      mae: z.number().nullable(),
      ndcg: z.number().nullable(),
      seconds: z.number()
    })
  ),
  /** of the first fold */
  history: z.array(
    z.object({ iteration: z.number().int(), trainRmse: z.number(), testRmse: z.number().nullable(), loss: z.number() })
  ),
  /** why it could not be fitted; then there are no figures */
  failed: z.string().nullable()
})
export type ComparedModel = z.infer<typeof comparedModelSchema>

export const modelsSummarySchema = z.object({
  /** 0: the split of the result */
  nFolds: z.number().int(),
  nTrain: z.number().int(),
  nTest: z.number().int(),
  /** who have test ratings: the clusters of the intervals */
  nTestUsers: z.number().int(),
  /** key of the smallest RMSE, and of the largest nDCG */
  best: z.string().nullable(),
  bestRanking: z.string().nullable(),
  models: z.array(comparedModelSchema),
  notes: z.array(z.string())
})
export type ModelsSummary = z.infer<typeof modelsSummarySchema>

/** Compared unless asked otherwise: what is fitted in seconds. */
const USUAL: Record<'ratings' | 'preferences', Method[]> = {
  ratings: ['als', 'sgd', 'svdpp', 'ials'],
  preferences: ['ials', 'ease', 'itemknn']
}

export const modelsSpec: StudySpec<ModelsParams, ModelsSummary, FactorizationParams, FactorizationSummary> = {
  kind: 'models',
  of: 'factorization',
  title: 'Comparison of models',
  params: modelsParamsSchema,
  summary: modelsSummarySchema,
  defaults: ({ params, summary }, asked = {}) => ({
    methods: USUAL[purposeOf(params.method)],
    folds: summary.nTest > 0 ? 0 : 5,
    seed: params.seed,
    ...asked
  }),
  finding: ({ best, bestRanking, models }) => {
    const nameOf = (key: string | null): string => {
      const model = models.find((candidate) => candidate.key === key)
      return model ? methods[model.method].title : ''
    }
    if (best !== null) return `${nameOf(best)} has the smallest error of ${models.length} models`
    return bestRanking === null
      ? 'No model could be judged'
      : `${nameOf(bestRanking)} ranks best of ${models.length} models`
  },
  columnsNeeded: (_params, params, dataset) => factorizationSpec.columnsNeeded(params, dataset),
  datasetsNeeded: (_params, params) => factorizationSpec.datasetsNeeded?.(params) ?? [],
  arraysNeeded: []
}
