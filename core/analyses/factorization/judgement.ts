import { z } from 'zod'

/** What several ratings of one user and item become. */
export const duplicatePolicySchema = z.enum(['mean', 'last', 'first', 'sum', 'max'])
export type DuplicatePolicy = z.infer<typeof duplicatePolicySchema>

/** How test ratings are chosen: 'random' of all; 'perUser' the same share of each user's; 'leaveLast' the last of each user,
 * in time; 'time' the latest of all; 'strong' whole users, of whose history a part is given. */
export const splitKindSchema = z.enum(['random', 'perUser', 'leaveLast', 'time', 'strong'])
export type SplitKind = z.infer<typeof splitKindSchema>

/** Metrics of lists of length k over the full catalogue without what the user had in training, means over the users with a
 * relevant test item. */
export const rankingSchema = z.object({
  k: z.number().int(),
  nUsers: z.number().int(),
  precision: z.number(),
  recall: z.number(),
  ndcg: z.number(),
  map: z.number(),
  mrr: z.number(),
  hitRate: z.number(),
  /** share of the catalogue that is recommended to anybody */
  coverage: z.number(),
  /** mean −log₂ of the share of users who have a recommended item */
  novelty: z.number(),
  /** mean number of training ratings of what is recommended */
  popularity: z.number(),
  /** Gini coefficient of how often each item is recommended: 0 all alike, 1 one item only */
  gini: z.number()
})
export type Ranking = z.infer<typeof rankingSchema>

/** Metrics of lists that hold one relevant item and a sample of others. */
export const sampledRankingSchema = z.object({ hitRate: z.number(), ndcg: z.number(), mrr: z.number() })
export type SampledRanking = z.infer<typeof sampledRankingSchema>

/** What is said wherever a sampled metric stands. */
export const SAMPLED_WARNING =
  'Figures over a sample of the items are inconsistent: they can put the worse of two models first. They are for a look at papers that report them; compare models by the full lists (Krichene & Rendle 2020).'

/** How well the top of each user's list holds their test items, over the full catalogue; popularity beside it. */
export const rankingPairSchema = z.object({
  model: rankingSchema,
  popularity: rankingSchema,
  /** only where it was asked for, and never without its warning */
  sampled: z
    .object({
      negatives: z.number().int(),
      model: sampledRankingSchema,
      popularity: sampledRankingSchema,
      warning: z.string()
    })
    .optional()
})

const groupErrorSchema = z.object({
  /** least and most training ratings of the group */
  from: z.number().int(),
  to: z.number().int(),
  nTest: z.number().int(),
  rmse: z.number(),
  mae: z.number()
})
/** The test error by how many training ratings a user or item has, and the users predicted worst. */
export const errorsBySchema = z.object({
  userActivity: z.array(groupErrorSchema),
  itemPopularity: z.array(groupErrorSchema),
  worstUsers: z.array(z.object({ user: z.number().int(), nTest: z.number().int(), rmse: z.number() }))
})
export type ErrorsBy = z.infer<typeof errorsBySchema>

/** Something about the split that makes its figures doubtful. */
export const lintSchema = z.object({
  code: z.enum(['time-leakage', 'duplicates-across', 'unknown-users', 'unknown-items', 'popular-test', 'few-test']),
  count: z.number().int(),
  text: z.string()
})
export type Lint = z.infer<typeof lintSchema>
