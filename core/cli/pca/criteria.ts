import { bootstrapSummarySchema } from '../../analyses/pca/studies/bootstrap/spec.ts'
import { criteriaSummarySchema, type CriteriaSummary } from '../../analyses/pca/studies/criteria/spec.ts'
import { factorabilitySummarySchema, type FactorabilitySummary } from '../../analyses/pca/studies/factorability/spec.ts'
import { choiceOption, given, numberOption } from '../arguments.ts'
import type { Printable } from '../json-stream.ts'
import type { PcaOutcome, PcaPiece } from './piece.ts'

/** Whether columns hang together is said unasked for up to so many of them. */
const MOST_COLUMNS = 500

/** How many components, whether the columns have common factors, and how far all of it would move with other rows. */
export const criteriaPiece: PcaPiece = {
  options: {
    criteria: { type: 'boolean' },
    permutations: { type: 'string' },
    percentile: { type: 'string' },
    folds: { type: 'string' },
    bootstrap: { type: 'string' },
    confidence: { type: 'string' },
    align: { type: 'string' }
  },
  entries: async (outcome) => [
    ...(await factorability(outcome)),
    ...(await criteria(outcome)),
    ...(await bootstrap(outcome))
  ]
}

const textOf = ({ values }: PcaOutcome, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

const numberOf = (outcome: PcaOutcome, name: string): number | undefined => numberOption(name, textOf(outcome, name))

async function factorability(outcome: PcaOutcome): Promise<[string, Printable][]> {
  let found: Pick<FactorabilitySummary, 'kmo' | 'bartlett'> = { kmo: null, bartlett: null }
  if (outcome.summary.nFeatures <= MOST_COLUMNS) {
    found = factorabilitySummarySchema.parse((await outcome.study('factorability')).summary)
  }
  return [
    ['kmo', { json: found.kmo }],
    ['bartlett', { json: found.bartlett }]
  ]
}

async function criteria(outcome: PcaOutcome): Promise<[string, Printable][]> {
  const asked = given({
    permutations: numberOf(outcome, 'permutations'),
    percentile: numberOf(outcome, 'percentile'),
    folds: numberOf(outcome, 'folds'),
    seed: numberOf(outcome, 'seed')
  })
  if (outcome.values['criteria'] !== true) return []
  const found = criteriaSummarySchema.parse((await outcome.study('criteria', asked)).summary)
  return [
    ['criteria', { json: suggestionsOf(found) }],
    ['criteriaCurves', { json: curvesOf(found) }]
  ]
}

/** What each rule suggests; null where it has no answer. */
function suggestionsOf({ kaiser, brokenStick, parallel, gcv, press, mle }: CriteriaSummary): Record<string, unknown> {
  return {
    kaiser: kaiser?.suggested ?? null,
    brokenStick: brokenStick?.suggested ?? null,
    parallel: parallel && { suggested: parallel.suggested, percentiles: parallel.percentiles },
    gcv: gcv?.suggested ?? null,
    press: press?.suggested ?? null,
    mle: mle?.suggested ?? null
  }
}

/** What the suggestions were read from: curves of 0, 1, 2 … components, and how they were made. */
function curvesOf(found: CriteriaSummary): Record<string, unknown> {
  const { kaiser, brokenStick, parallel, gcv, press, mle, reasons } = found
  return {
    kaiser: kaiser && { mean: kaiser.mean },
    brokenStick: brokenStick && { shares: brokenStick.shares },
    parallel: parallel && {
      medians: parallel.medians,
      percentile: parallel.percentile,
      permutations: parallel.permutations,
      seed: parallel.seed
    },
    gcv: gcv?.values ?? null,
    press: press && { values: press.values, folds: press.folds, seed: press.seed },
    mle: mle?.values ?? null,
    reasons
  }
}

async function bootstrap(outcome: PcaOutcome): Promise<[string, Printable][]> {
  const resamples = numberOf(outcome, 'bootstrap')
  const asked = given({
    resamples,
    confidence: numberOf(outcome, 'confidence'),
    alignment: choiceOption('align', textOf(outcome, 'align'), ['procrustes', 'permutation']),
    seed: numberOf(outcome, 'seed')
  })
  if (resamples === undefined) return []
  const found = bootstrapSummarySchema.parse((await outcome.study('bootstrap', asked)).summary)
  const [lower, upper] = await Promise.all(
    ['loadingsLower', 'loadingsUpper'].map((name) => outcome.array(`bootstrap.${name}`))
  )
  return [
    [
      'bootstrap',
      {
        object: [
          ['resamples', { json: found.resamples }],
          ['confidence', { json: found.confidence }],
          ['alignment', { json: found.alignment }],
          ['seed', { json: found.seed }],
          ['explainedVariance', { json: found.variances }],
          ['explainedVarianceRatio', { json: found.ratios }],
          ['cumulative', { json: found.cumulative }],
          ['agreement', { json: found.agreement }],
          [
            'loadings',
            {
              object: [
                ['lower', { array: lower! }],
                ['upper', { array: upper! }]
              ]
            }
          ],
          ['notes', { json: found.notes }]
        ]
      }
    ]
  ]
}
