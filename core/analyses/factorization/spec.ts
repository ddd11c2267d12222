import { z } from 'zod'
import type { AnalysisSpec } from '../../contract/analysis.ts'
import { judgingFields } from './judging-fields.ts'
import { guessLayout, looksLikeCounts, looksLikePreferences, sizeOfRatings, timeColumn, type Layout } from './layout.ts'
import { isAdapted, methodDefaults, settleMethod } from './method-defaults.ts'
import {
  canAdapt,
  type Method,
  type MethodKey,
  methods,
  methodSchema,
  methodsFor,
  type Purpose,
  purposeOf
} from './methods.ts'
import { duplicatePolicySchema, rankingPairSchema, errorsBySchema, lintSchema, splitKindSchema } from './judgement.ts'

export const factorizationParamsSchema = z.object({
  method: methodSchema,
  layout: z.enum(['long', 'wide']),
  /** long: the three columns. wide: user names the rows (or null), items are the columns */
  user: z.string().nullable(),
  item: z.string().nullable(),
  rating: z.string().nullable(),
  items: z.array(z.string()),
  /** long: when it was rated; needed by splits in time */
  time: z.string().nullable().default(null),
  /** what several ratings of one pair become */
  duplicates: duplicatePolicySchema.default('mean'),
  /** users and items with fewer ratings are left out */
  minUserRatings: z.number().int().min(1).max(1e6).default(1),
  minItemRatings: z.number().int().min(1).max(1e6).default(1),
  /** preferences: only ratings from here on are likes; null: whatever is there */
  likedFrom: z.number().nullable().default(null),
  nFactors: z.number().int().min(1).max(256),
  regularization: z.number().gt(0).max(1e9),
  /** 'als', 'sgd', 'svdpp', 'nmf': λ is multiplied by what suits the noise of the ratings; false: taken as it is */
  adaptRegularization: z.boolean().default(false),
  iterations: z.number().int().min(1).max(1000),
  /** weight of an unobserved cell against 1 for an observed one */
  unobservedWeight: z.number().min(0).max(1),
  /** ν: λ is multiplied by the number of ratings of a user or item to this power */
  countExponent: z.number().min(0).max(1).default(0.5),
  /** 'hkv': confidence 1 + alpha · count */
  alpha: z.number().gt(0).max(1e6).default(1),
  /** 'sgd' and 'svdpp': size of a step */
  learningRate: z.number().gt(0).max(1).default(0.005),
  /** 'itemknn': similar items kept of each item */
  neighbours: z.number().int().min(1).max(10000).default(100),
  /** 'itemknn': added to the denominator of the cosine */
  shrinkage: z.number().min(0).max(1e6).default(10),
  /** 'bpmf': draws that are kept, after burnIn that are not */
  samples: z.number().int().min(1).max(2000).default(100),
  burnIn: z.number().int().min(0).max(2000).default(20),
  /** how the test ratings are chosen */
  split: splitKindSchema.default('random'),
  /** share of the ratings held out to measure the error */
  testFraction: z.number().min(0).max(0.9),
  /** id of another dataset of the session that holds the test ratings (same column names); overrides testFraction */
  testDataset: z.string().nullable(),
  /** k of the ranking metrics */
  cutoff: z.number().int().min(1).max(1000).default(10),
  /** test ratings from here on are what a list should hold; null: all of them */
  relevantFrom: z.number().nullable().default(null),
  /** each test item is also ranked among so many others at random; null: not. Not for comparing models. */
  sampledNegatives: z.number().int().min(1).max(1e6).nullable().default(null),
  seed: z.number().int().min(0).max(4294967295)
})
export type FactorizationParams = z.output<typeof factorizationParamsSchema>

const errorPairSchema = z.object({ rmse: z.number(), mae: z.number() })
export type ErrorPair = z.infer<typeof errorPairSchema>

/** Everything of a factorization that is small. Arrays, row-major: userFactors (nUsers×K), itemFactors (nItems×K),
 * userBias (nUsers), itemBias (nItems), userCounts (nUsers), itemCounts (nItems; training ratings each).
 * Lists: users, items (names, in first-seen order). Factors are rotated to the principal axes of the item factors
 * (an orthogonal change that alters no prediction), largest first; the largest item entry of each is positive. */
export const factorizationSummarySchema = z.object({
  method: methodSchema,
  nUsers: z.number().int(),
  nItems: z.number().int(),
  nRatings: z.number().int(),
  nTrain: z.number().int(),
  nTest: z.number().int(),
  /** share of the users × items cells that are observed */
  density: z.number(),
  ratingRange: z.tuple([z.number(), z.number()]),
  nFactors: z.number().int(),
  globalMean: z.number(),
  /** standard deviation of the training ratings, divisor n: λ of 'als' counts it; results of before lack it */
  deviation: z.number().optional(),
  /** what λ was multiplied by, where it was adapted to the ratings; absent: 1 */
  penaltyScale: z.number().optional(),
  metrics: z.object({ train: errorPairSchema, test: errorPairSchema.nullable() }),
  /** on the test set where there is one, else on the training ratings */
  baselines: z.object({ globalMean: errorPairSchema, bias: errorPairSchema }),
  ranking: rankingPairSchema.nullable().optional(),
  errorsBy: errorsBySchema.nullable().optional(),
  lint: z.array(lintSchema).optional(),
  /** loss is what the method lowers, and never rises under ALS, biases and NMF; of Bayesian factors Σ (r − r̂)² of the draw
   * alone. testRmse null without a test set. loss is the sum of its parts: what the known cells add, what the blanks add
   * where a method looks at them, and what pulls coordinates to zero; results of before lack the parts */
  history: z.array(
    z.object({
      iteration: z.number().int(),
      trainRmse: z.number(),
      testRmse: z.number().nullable(),
      loss: z.number(),
      squares: z.number().optional(),
      blanks: z.number().optional(),
      penalty: z.number().optional()
    })
  ),
  /** share of ‖itemFactors‖² on each axis, descending */
  factorShare: z.array(z.number()),
  /** test ratings whose user or item has no training rating: predicted from what is known */
  coldTest: z.number().int(),
  duplicates: z.number().int(),
  leftOut: z.array(z.object({ row: z.number().int(), line: z.number().int(), reason: z.string() })),
  notes: z.array(z.string()),
  timings: z.record(z.string(), z.number())
})
export type FactorizationSummary = z.infer<typeof factorizationSummarySchema>

const isRatings = (params: Record<string, unknown>): boolean => purposeOf(params['method'] as Method) === 'ratings'
const reads =
  (key: MethodKey) =>
  (params: Record<string, unknown>): boolean =>
    methods[params['method'] as Method].keys.includes(key)
const isLong = (params: Record<string, unknown>): boolean => params['layout'] === 'long'

/** What is fitted for a purpose unless another method is chosen. */
const usualMethod = (purpose: Purpose, { small }: ReturnType<typeof sizeOfRatings>): Method =>
  purpose === 'ratings' ? 'als' : small ? 'wals' : 'ials'

const anyColumn = ['number', 'category', 'text', 'date', 'boolean'] as const

export const factorizationSpec: AnalysisSpec<FactorizationParams, FactorizationSummary> = {
  kind: 'factorization',
  title: 'Factorization',
  description: 'Users and items as points of one map, from a table of ratings or likes.',
  params: factorizationParamsSchema,
  summary: factorizationSummarySchema,
  fields: [
    {
      key: 'purpose',
      label: 'Purpose',
      control: {
        kind: 'either',
        options: [
          { value: 'ratings', label: 'Ratings' },
          { value: 'preferences', label: 'Preferences' }
        ],
        valueOf: (params) => purposeOf(params['method'] as Method),
        choose: (params, value, dataset) => ({
          ...params,
          method: usualMethod(value as Purpose, sizeOfRatings(dataset, params as unknown as Layout))
        })
      },
      help: (params) =>
        isRatings(params)
          ? 'Predicts the stars somebody would give. It does not rank well.'
          : 'Ranks what somebody will like, also from clicks and plays. It predicts no stars.'
    },
    {
      key: 'method',
      label: 'Method',
      control: {
        kind: 'choice',
        options: methodSchema.options.map((value) => ({ value, label: methods[value].title })),
        offered: (params) => methodsFor(purposeOf(params['method'] as Method))
      },
      help: (params) => methods[params['method'] as Method].about
    },
    {
      key: 'layout',
      label: 'Layout',
      control: {
        kind: 'choice',
        options: [
          { value: 'long', label: 'One rating a row' },
          { value: 'wide', label: 'One user a row' }
        ]
      },
      help: (params) =>
        isLong(params)
          ? 'Each row holds a user, an item and a rating.'
          : 'Each row is a user, each column an item; a blank is unknown.'
    },
    {
      key: 'user',
      label: 'User',
      control: { kind: 'column', accepts: [...anyColumn], optional: true },
      help: (params) => (isLong(params) ? 'Who rated.' : 'Names the rows; without it they are numbered.')
    },
    {
      key: 'item',
      label: 'Item',
      control: { kind: 'column', accepts: [...anyColumn], optional: false },
      visible: isLong,
      help: () => 'What was rated.'
    },
    {
      key: 'rating',
      label: 'Rating',
      control: { kind: 'column', accepts: ['number'], optional: true },
      visible: isLong,
      help: (params) => (isRatings(params) ? 'The number to predict.' : 'Without it every row counts as one like.')
    },
    {
      key: 'items',
      label: 'Items',
      control: { kind: 'columns', accepts: ['number'] },
      visible: (params) => !isLong(params),
      help: () => 'One column an item.'
    },
    {
      key: 'nFactors',
      label: 'Factors',
      group: 'size',
      visible: reads('nFactors'),
      control: { kind: 'integer', min: 1, max: () => 256 },
      help: () => 'Coordinates a user and an item get.'
    },
    {
      key: 'iterations',
      label: 'Iterations',
      group: 'size',
      visible: reads('iterations'),
      control: { kind: 'integer', min: 1, max: () => 1000 },
      help: () => 'Sweeps over users and items.'
    },
    {
      key: 'regularization',
      label: 'Regularization',
      visible: reads('regularization'),
      control: { kind: 'number', min: 0, max: 1e9, step: 0.01, exclusiveMin: true },
      help: (params) =>
        isRatings(params)
          ? `λ, in standard deviations of the ratings: a user or item with n ratings is pulled towards zero with λ·${params['method'] === 'als' ? 'n^ν' : '√n'}.${isAdapted(params) ? ' It is adapted to the noise; what you type is taken as it is.' : ''}`
          : 'λ: pulls factors towards zero; too much of it and nothing is left.'
    },
    {
      key: 'adaptRegularization',
      label: 'Adapt regularization',
      section: 'more',
      visible: (params) => canAdapt(params['method'] as Method),
      control: { kind: 'toggle', text: 'Adapt to the noise' },
      help: () => 'Multiplies λ by what predicts best of training ratings held out: little noise, less of it.'
    },
    {
      key: 'unobservedWeight',
      label: 'Weight of a blank',
      visible: reads('unobservedWeight'),
      control: { kind: 'number', min: 0, max: 1, step: 0.01 },
      help: () => 'How much a blank counts as "not liked", against 1 for a filled cell.'
    },
    {
      key: 'countExponent',
      label: 'Power of the count',
      section: 'more',
      visible: reads('countExponent'),
      control: { kind: 'number', min: 0, max: 1, step: 0.1 },
      help: () => 'ν: 0 regularizes all alike, 1 by the number of ratings.'
    },
    {
      key: 'alpha',
      label: 'Confidence',
      visible: reads('alpha'),
      control: { kind: 'number', min: 0, max: 1e6, step: 1, exclusiveMin: true },
      help: () => 'A count of n weighs 1 + α·n, a blank 1.'
    },
    {
      key: 'learningRate',
      label: 'Step size',
      visible: reads('learningRate'),
      control: { kind: 'number', min: 0, max: 1, step: 0.001, exclusiveMin: true },
      help: () => 'How far each rating moves its user and item; too far and nothing settles.'
    },
    {
      key: 'neighbours',
      label: 'Neighbours',
      group: 'near',
      visible: reads('neighbours'),
      control: { kind: 'integer', min: 1, max: () => 10000 },
      help: () => 'Similar items kept of each item.'
    },
    {
      key: 'shrinkage',
      label: 'Shrinkage',
      group: 'near',
      visible: reads('shrinkage'),
      control: { kind: 'number', min: 0, max: 1e6, step: 1 },
      help: () => 'Makes similarity of rare items smaller.'
    },
    {
      key: 'samples',
      label: 'Samples',
      group: 'draws',
      visible: reads('samples'),
      control: { kind: 'integer', min: 1, max: () => 2000 },
      help: () => 'Models drawn and averaged.'
    },
    {
      key: 'burnIn',
      label: 'Burn-in',
      group: 'draws',
      visible: reads('burnIn'),
      control: { kind: 'integer', min: 0, max: () => 2000 },
      help: () => 'First draws, not kept.'
    },
    {
      key: 'likedFrom',
      label: 'A like from',
      group: 'likes',
      visible: (params) => !isRatings(params) && (!isLong(params) || params['rating'] !== null),
      control: { kind: 'number', min: -1e12, max: 1e12, step: 0.5, empty: 'Any number' },
      help: () => 'Ratings below it are no likes and are left out.'
    },
    ...judgingFields,
    {
      key: 'relevantFrom',
      label: 'Wanted from',
      section: 'more',
      visible: (params) => !isLong(params) || params['rating'] !== null,
      control: { kind: 'number', min: -1e12, max: 1e12, step: 0.5, empty: 'Any number' },
      help: () => 'A list should hold the test ratings from here on: 4 for what was rated 4 and more.'
    },
    {
      key: 'testFraction',
      label: 'Held out',
      group: 'test',
      visible: (params) => params['split'] !== 'leaveLast',
      control: { kind: 'number', min: 0, max: 0.9, step: 0.05 },
      help: (params) =>
        params['split'] === 'strong'
          ? 'Share of the users kept aside to measure the error; 0 for none.'
          : 'Share of the ratings kept aside to measure the error; 0 for none.'
    },
    {
      key: 'seed',
      label: 'Seed',
      group: 'test',
      control: { kind: 'integer', min: 0, max: () => 4294967295 },
      help: () => 'The same seed gives the same numbers.'
    }
  ],
  defaults: (dataset, asked = {}) => {
    const chosen = methodSchema.safeParse(asked['method'])
    const likes = looksLikePreferences(dataset) || looksLikeCounts(dataset)
    const size = sizeOfRatings(dataset, { ...guessLayout(dataset), ...asked })
    const method = chosen.success ? chosen.data : usualMethod(likes ? 'preferences' : 'ratings', size)
    return {
      method,
      ...guessLayout(dataset),
      time: timeColumn(dataset),
      duplicates: 'mean',
      minUserRatings: 1,
      minItemRatings: 1,
      likedFrom: null,
      ...methodDefaults(method, size),
      adaptRegularization: asked['regularization'] === undefined,
      split: 'random',
      testFraction: size.small ? 0 : 0.2,
      testDataset: null,
      cutoff: 10,
      relevantFrom: null,
      sampledNegatives: null,
      seed: 1,
      ...asked
    }
  },
  settle: (params, before, dataset) =>
    settleMethod(params, before, () => sizeOfRatings(dataset, params as unknown as Layout)),
  nameOf: (params) =>
    methods[params.method].keys.includes('nFactors')
      ? `${methods[params.method].title}, ${params.nFactors} factor${params.nFactors === 1 ? '' : 's'}`
      : methods[params.method].title,
  columnsNeeded: (params) =>
    (params.layout === 'long'
      ? [params.user, params.item, params.rating, params.time ?? null]
      : [params.user, ...params.items]
    ).filter((n) => n !== null),
  datasetsNeeded: (params) => (params.testDataset === null ? [] : [params.testDataset])
}
