import { z } from 'zod'
import type { AnalysisSpec, DatasetShape } from '../../contract/analysis.ts'
import { roleOf } from '../../contract/preparation.ts'
import { chosenByRole, columnInRole } from '../roles.ts'

export const factorizationParamsSchema = z.object({
  /** 'als': ratings, biased, observed cells only. 'wals': preferences, a blank counts as zero with a small weight. */
  method: z.enum(['als', 'wals']),
  layout: z.enum(['long', 'wide']),
  /** long: the three columns. wide: user names the rows (or null), items are the columns */
  user: z.string().nullable(),
  item: z.string().nullable(),
  rating: z.string().nullable(),
  items: z.array(z.string()),
  nFactors: z.number().int().min(1).max(256),
  regularization: z.number().gt(0).max(1e6),
  iterations: z.number().int().min(1).max(1000),
  /** weight of an unobserved cell against 1 for an observed one; used by 'wals' only */
  unobservedWeight: z.number().min(0).max(1),
  /** share of the ratings held out to measure the error */
  testFraction: z.number().min(0).max(0.9),
  /** id of another dataset of the session that holds the test ratings (same column names); overrides testFraction */
  testDataset: z.string().nullable(),
  seed: z.number().int().min(0).max(4294967295)
})
export type FactorizationParams = z.infer<typeof factorizationParamsSchema>

const errorPairSchema = z.object({ rmse: z.number(), mae: z.number() })
export type ErrorPair = z.infer<typeof errorPairSchema>

/** Everything of a factorization that is small. Arrays, row-major: userFactors (nUsers×K), itemFactors (nItems×K),
 * userBias (nUsers), itemBias (nItems), userCounts (nUsers), itemCounts (nItems; training ratings each).
 * Lists: users, items (names, in first-seen order). Factors are rotated to the principal axes of the item factors
 * (an orthogonal change that alters no prediction), largest first; the largest item entry of each is positive. */
export const factorizationSummarySchema = z.object({
  method: z.enum(['als', 'wals']),
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
  metrics: z.object({ train: errorPairSchema, test: errorPairSchema.nullable() }),
  /** on the test set where there is one, else on the training ratings */
  baselines: z.object({ globalMean: errorPairSchema, bias: errorPairSchema }),
  /** loss is what ALS minimizes and never rises; testRmse null without a test set */
  history: z.array(
    z.object({ iteration: z.number().int(), trainRmse: z.number(), testRmse: z.number().nullable(), loss: z.number() })
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

const isRatings = (params: Record<string, unknown>): boolean => params['method'] === 'als'
const isLong = (params: Record<string, unknown>): boolean => params['layout'] === 'long'

const names = (dataset: DatasetShape): string[] => dataset.columns.map((c) => c.name)

type Layout = Pick<FactorizationParams, 'layout' | 'user' | 'item' | 'rating' | 'items'>

/** One user a row: the first column that is not numeric names the rows, every other numeric column is an item. */
export function wideLayout(dataset: DatasetShape, named?: string): Layout {
  const recognized = dataset.ratings?.form === 'wide' ? dataset.ratings.user : undefined
  const plain = dataset.columns.find((c) => c.type !== 'number' && roleOf(dataset, c.name) !== 'ignore')
  const user = named ?? columnInRole(dataset, 'label') ?? recognized ?? plain?.name ?? null
  const items = chosenByRole(
    dataset,
    dataset.columns.filter((c) => c.type === 'number' && !c.isRowNumber && c.name !== user).map((c) => c.name)
  )
  return { layout: 'wide', user, item: null, rating: null, items }
}

/** Where the ratings stand, from what the import recognized; else the first columns that fit. */
export function guessLayout(dataset: DatasetShape): Layout {
  const recognized = dataset.ratings
  if (recognized?.form === 'long') {
    const { user, item, rating } = recognized
    return { layout: 'long', user, item, rating, items: [] }
  }
  const [user = null, item = null, rating = null] = names(dataset)
  if (recognized === null && dataset.columns.length === 3) return { layout: 'long', user, item, rating, items: [] }
  return wideLayout(dataset)
}

/** Only likes are known: every rating present is the same number, or there is none. */
export function looksLikePreferences(dataset: DatasetShape): boolean {
  const guess = guessLayout(dataset)
  const rated = dataset.columns.filter(
    (c) => (guess.layout === 'long' ? c.name === guess.rating : guess.items.includes(c.name)) && c.min !== undefined
  )
  if (rated.length === 0) return true
  const low = Math.min(...rated.map((c) => c.min!))
  return rated.every((c) => c.min === low && c.max === low)
}

/** Fewer ratings than this are for looking at: two factors, little regularization, nothing held out. */
const SMALL = 200

/** Filled cells of the layout: rows of a long table, numbers under the items of a wide one. */
function countCells(dataset: DatasetShape, guess: ReturnType<typeof guessLayout>): number {
  if (guess.layout === 'long') return dataset.nRows
  const items = Array.isArray(guess.items) ? dataset.columns.filter((c) => guess.items.includes(c.name)) : []
  return items.reduce((sum, c) => sum + dataset.nRows - c.missing, 0)
}

const anyColumn = ['number', 'category', 'text', 'date', 'boolean'] as const

export const factorizationSpec: AnalysisSpec<FactorizationParams, FactorizationSummary> = {
  kind: 'factorization',
  title: 'Factorization',
  description: 'Users and items as points of one map, from a table of ratings or likes.',
  params: factorizationParamsSchema,
  summary: factorizationSummarySchema,
  fields: [
    {
      key: 'method',
      label: 'Purpose',
      control: {
        kind: 'choice',
        options: [
          { value: 'als', label: 'Ratings' },
          { value: 'wals', label: 'Preferences' }
        ]
      },
      help: (params) =>
        isRatings(params)
          ? 'Predicts the rating: biases and factors from the observed cells only.'
          : 'Predicts what is liked: a blank counts as zero with a small weight. Right where all that is known is a like.'
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
      control: { kind: 'integer', min: 1, max: () => 256 },
      help: () => 'Coordinates a user and an item get.'
    },
    {
      key: 'iterations',
      label: 'Iterations',
      group: 'size',
      control: { kind: 'integer', min: 1, max: () => 1000 },
      help: () => 'Sweeps over users and items.'
    },
    {
      key: 'regularization',
      label: 'Regularization',
      control: { kind: 'number', min: 0, max: 1e6, step: 0.01, exclusiveMin: true },
      help: (params) =>
        isRatings(params)
          ? 'λ, in standard deviations of the ratings: a user or item with n ratings is pulled towards zero with λ·√n.'
          : 'λ, the same for every user and item: pulls factors towards zero; too much of it and nothing is left.'
    },
    {
      key: 'unobservedWeight',
      label: 'Weight of a blank',
      visible: (params) => !isRatings(params),
      control: { kind: 'number', min: 0, max: 1, step: 0.01 },
      help: () => 'How much a blank counts as "not liked", against 1 for a filled cell.'
    },
    {
      key: 'testFraction',
      label: 'Held out',
      group: 'test',
      control: { kind: 'number', min: 0, max: 0.9, step: 0.05 },
      help: () => 'Share of the ratings kept aside to measure the error; 0 for none.'
    },
    {
      key: 'seed',
      label: 'Seed',
      group: 'test',
      control: { kind: 'integer', min: 0, max: () => 4294967295 },
      help: () => 'The same seed gives the same numbers.'
    }
  ],
  // Chosen on random 80/20 splits of MovieLens 100K's u1.base, ml-latest-small and Last.fm (likes): RMSE for ratings,
  // nDCG@10 for preferences; never on a test file.
  defaults: (dataset, asked = {}) => {
    const method = asked['method'] ?? (looksLikePreferences(dataset) ? 'wals' : 'als')
    const preferences = method === 'wals'
    const small = countCells(dataset, { ...guessLayout(dataset), ...asked }) < SMALL
    return {
      method: preferences ? 'wals' : 'als',
      ...guessLayout(dataset),
      nFactors: small ? 2 : 16,
      regularization: small ? 0.1 : preferences ? 1 : 1.3,
      iterations: small ? 100 : 20,
      unobservedWeight: 0.1,
      testFraction: preferences || small ? 0 : 0.2,
      testDataset: null,
      seed: 1,
      ...asked
    }
  },
  nameOf: (params) =>
    `${params.method === 'als' ? 'Ratings' : 'Preferences'}, ${params.nFactors} factor${params.nFactors === 1 ? '' : 's'}`,
  columnsNeeded: (params) =>
    (params.layout === 'long' ? [params.user, params.item, params.rating] : [params.user, ...params.items]).filter(
      (n) => n !== null
    ),
  datasetsNeeded: (params) => (params.testDataset === null ? [] : [params.testDataset])
}
