import { z } from 'zod'

/** What a model is for: to predict the stars a person would give, or to rank what they will like. */
export type Purpose = 'ratings' | 'preferences'

/** Ratings: 'mean' and 'bias' are baselines, 'als' alternating least squares with biases, 'sgd' Koren's SVD, 'svdpp' SVD++,
 * 'nmf' nonnegative factors, 'bpmf' Bayesian, by Gibbs sampling, 'bsvdpp' the same with
 * what was rated at all. Preferences: 'popularity' is the baseline, 'wals' plain
 * weighted least squares, 'ials' Rendle et al. 2021, 'hkv' Hu, Koren & Volinsky, 'ease' Steck 2019, 'itemknn' neighbours. */
export const methodSchema = z.enum([
  'mean',
  'bias',
  'als',
  'sgd',
  'svdpp',
  'nmf',
  'bpmf',
  'bsvdpp',
  'popularity',
  'wals',
  'ials',
  'hkv',
  'ease',
  'itemknn'
])
export type Method = z.infer<typeof methodSchema>

/** Parameters that not every method has. */
export type MethodKey =
  | 'nFactors'
  | 'regularization'
  | 'iterations'
  | 'unobservedWeight'
  | 'countExponent'
  | 'alpha'
  | 'learningRate'
  | 'neighbours'
  | 'shrinkage'
  | 'samples'
  | 'burnIn'

export type MethodParams = Record<MethodKey, number>

export interface MethodInfo {
  /** as in the form and in tables: "Biased ALS" */
  title: string
  purpose: Purpose
  /** one plain sentence: what it predicts from what */
  about: string
  /** the parameters it reads; the form shows these */
  keys: readonly MethodKey[]
}

/** The methods there are, baselines of each purpose first. */
export const methods: Record<Method, MethodInfo> = {
  mean: { title: 'Global mean', purpose: 'ratings', about: 'Predicts the same rating for everybody.', keys: [] },
  bias: {
    title: 'Bias only',
    purpose: 'ratings',
    about: 'The mean, what a user rates above it, and what an item gets above it.',
    keys: ['iterations']
  },
  als: {
    title: 'Biased ALS',
    purpose: 'ratings',
    about: 'Predicts the rating: biases and factors from the observed cells only, each solved for exactly in turn.',
    keys: ['nFactors', 'iterations', 'regularization', 'countExponent']
  },
  sgd: {
    title: 'SVD by gradient steps',
    purpose: 'ratings',
    about: 'Biases and factors by stochastic gradient descent, one rating after the other.',
    keys: ['nFactors', 'iterations', 'regularization', 'learningRate']
  },
  svdpp: {
    title: 'SVD++',
    purpose: 'ratings',
    about: 'As SVD, and what a user rated at all says something too.',
    keys: ['nFactors', 'iterations', 'regularization', 'learningRate']
  },
  nmf: {
    title: 'NMF',
    purpose: 'ratings',
    about: 'Factors that are never negative, so that they add up like parts.',
    keys: ['nFactors', 'iterations', 'regularization']
  },
  bpmf: {
    title: 'Bayesian factors',
    purpose: 'ratings',
    about: 'Averages over many models that the ratings allow; every prediction has an interval.',
    keys: ['nFactors', 'samples', 'burnIn']
  },
  bsvdpp: {
    title: 'Bayesian SVD++',
    purpose: 'ratings',
    about: 'As Bayesian factors, and what a user rated at all, and who rated an item, says something too.',
    keys: ['nFactors', 'samples', 'burnIn']
  },
  popularity: {
    title: 'Popularity',
    purpose: 'preferences',
    about: 'The same list for everybody: what most have.',
    keys: []
  },
  wals: {
    title: 'Weighted ALS',
    purpose: 'preferences',
    about:
      'Predicts what is liked: a blank counts as zero with a small weight. Right where all that is known is a like.',
    keys: ['nFactors', 'iterations', 'regularization', 'unobservedWeight']
  },
  ials: {
    title: 'iALS',
    purpose: 'preferences',
    about: 'Every blank counts as zero with a small weight; users and items with more are regularized more.',
    keys: ['nFactors', 'iterations', 'regularization', 'unobservedWeight', 'countExponent']
  },
  hkv: {
    title: 'Confidence-weighted ALS',
    purpose: 'preferences',
    about: 'For counts of plays or clicks: the more often, the surer a like.',
    keys: ['nFactors', 'iterations', 'regularization', 'alpha']
  },
  ease: {
    title: 'EASE',
    purpose: 'preferences',
    about: 'A weight from every item to every other, by one exact solution; no factors.',
    keys: ['regularization']
  },
  itemknn: {
    title: 'Item neighbours',
    purpose: 'preferences',
    about: 'What is similar to what a user has, by the cosine of who has it.',
    keys: ['neighbours', 'shrinkage']
  }
}

export const methodsFor = (purpose: Purpose): Method[] =>
  methodSchema.options.filter((method) => methods[method].purpose === purpose)

export const purposeOf = (method: Method): Purpose => methods[method].purpose

/** Methods whose λ has the meaning it has in ALS, so that it can be adapted to the noise of the ratings as there. */
const adapting: readonly Method[] = ['als', 'sgd', 'svdpp', 'nmf']
export const canAdapt = (method: Method): boolean => adapting.includes(method)
