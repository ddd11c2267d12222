import { duplicatePolicySchema, splitKindSchema } from '../../analyses/factorization/judgement.ts'
import { methodSchema } from '../../analyses/factorization/methods.ts'
import { choiceOption, given, numberOption } from '../arguments.ts'

/** Options that are a number, by the parameter each one is. */
const NUMBERS = {
  nFactors: 'factors',
  regularization: 'regularization',
  iterations: 'iterations',
  unobservedWeight: 'unobserved-weight',
  countExponent: 'nu',
  alpha: 'alpha',
  learningRate: 'learning-rate',
  neighbours: 'neighbours',
  shrinkage: 'shrinkage',
  samples: 'samples',
  burnIn: 'burn-in',
  minUserRatings: 'min-user',
  minItemRatings: 'min-item',
  likedFrom: 'liked-from',
  relevantFrom: 'relevant-from',
  cutoff: 'cutoff',
  sampledNegatives: 'sampled-negatives',
  testFraction: 'test',
  seed: 'seed'
} as const

export const parameterOptions = {
  method: { type: 'string' },
  /** another name of unobserved-weight, as papers have it */
  alpha0: { type: 'string' },
  duplicates: { type: 'string' },
  split: { type: 'string' },
  /** whether λ is adapted to the noise of the ratings: not where it is given, unless told */
  adapt: { type: 'string' },
  factors: { type: 'string' },
  regularization: { type: 'string' },
  iterations: { type: 'string' },
  'unobserved-weight': { type: 'string' },
  nu: { type: 'string' },
  alpha: { type: 'string' },
  'learning-rate': { type: 'string' },
  neighbours: { type: 'string' },
  shrinkage: { type: 'string' },
  samples: { type: 'string' },
  'burn-in': { type: 'string' },
  'min-user': { type: 'string' },
  'min-item': { type: 'string' },
  'liked-from': { type: 'string' },
  'relevant-from': { type: 'string' },
  cutoff: { type: 'string' },
  'sampled-negatives': { type: 'string' },
  test: { type: 'string' },
  seed: { type: 'string' }
} as const

/** Parameters of a factorization that were given as options; the spec's defaults stand for the others. @throws USAGE */
export function readParameters(
  values: Partial<Record<keyof typeof parameterOptions, string | undefined>>
): Record<string, unknown> {
  const numbers = Object.entries(NUMBERS).map(([key, option]) => [key, numberOption(option, values[option])])
  const { unobservedWeight, ...others } = Object.fromEntries(numbers) as Record<string, number | undefined>
  const adapt = choiceOption('adapt', values.adapt, ['yes', 'no'])
  return given({
    ...others,
    adaptRegularization: adapt === undefined ? undefined : adapt === 'yes',
    unobservedWeight: unobservedWeight ?? numberOption('alpha0', values.alpha0),
    method: choiceOption('method', values.method, methodSchema.options),
    duplicates: choiceOption('duplicates', values.duplicates, duplicatePolicySchema.options),
    split: choiceOption('split', values.split, splitKindSchema.options)
  })
}
