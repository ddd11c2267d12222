/** How other programs would write the same principal components: their divisors, their signs and their names. */

export const CONVENTIONS = ['eigendesk', 'scikit-learn', 'scikit-learn-1.4', 'prcomp', 'factominer', 'matlab'] as const
export type ConventionId = (typeof CONVENTIONS)[number]

type Divisor = 'n-1' | 'n'

/** What a convention depends on of a result. */
export interface ConventionContext {
  nSamples: number
  divisor: Divisor
  centre: 'mean' | 'median' | 'none'
  scale: 'none' | 'unit' | 'pareto' | 'range' | 'robust'
  weighted: boolean
}

/** What a program calls the parts of a result; null where it has no such thing. */
export interface ConventionNames {
  mean: string | null
  scale: string | null
  components: string
  scores: string
  loadings: string | null
  variance: string
  share: string | null
  singular: string | null
}

/** Which of the two directions of an axis is called positive. */
export type SignRule = 'largest-weight' | 'largest-score' | 'weights-sum' | 'none'

export interface Convention {
  id: ConventionId
  label: string
  /** divisor of the standard deviations columns are divided by for unit variance */
  scaleDivisor: Divisor | 'as-fitted'
  /** divisor of the eigenvalues */
  varianceDivisor: Divisor | 'as-fitted'
  sign: SignRule
  /** one sentence on the signs */
  signNote: string
  names: ConventionNames
}

const SKLEARN_NAMES: ConventionNames = {
  mean: 'mean_',
  scale: 'StandardScaler().scale_',
  components: 'components_',
  scores: 'transform(X)',
  loadings: null,
  variance: 'explained_variance_',
  share: 'explained_variance_ratio_',
  singular: 'singular_values_'
}

/** Sources: scikit-learn, `PCA` and `svd_flip` (u_based_decision=False since 1.5); R stats::prcomp, `Note` on signs;
 * FactoMineR 2.7, `svd.triplet` and `PCA`; MATLAB, `pca`, "coeff — sign convention", and `zscore`, flag 0, as GNU Octave's
 * statistics package follows them. */
export const conventions: Record<ConventionId, Convention> = {
  eigendesk: {
    id: 'eigendesk',
    label: 'Eigendesk',
    scaleDivisor: 'as-fitted',
    varianceDivisor: 'as-fitted',
    sign: 'largest-weight',
    signNote: 'The largest entry of each component is positive.',
    names: {
      mean: 'mean',
      scale: 'scale',
      components: 'components',
      scores: 'scores',
      loadings: 'loadings',
      variance: 'explainedVariance',
      share: 'explainedVarianceRatio',
      singular: 'singularValues'
    }
  },
  'scikit-learn': {
    id: 'scikit-learn',
    label: 'scikit-learn',
    scaleDivisor: 'n',
    varianceDivisor: 'n-1',
    sign: 'largest-weight',
    signNote: 'Since version 1.5, the largest entry of each component is positive.',
    names: SKLEARN_NAMES
  },
  'scikit-learn-1.4': {
    id: 'scikit-learn-1.4',
    label: 'scikit-learn < 1.5',
    scaleDivisor: 'n',
    varianceDivisor: 'n-1',
    sign: 'largest-score',
    signNote: 'Before version 1.5, the largest score on each component is positive.',
    names: SKLEARN_NAMES
  },
  prcomp: {
    id: 'prcomp',
    label: 'R prcomp',
    scaleDivisor: 'n-1',
    varianceDivisor: 'n-1',
    sign: 'none',
    signNote: 'R leaves the signs as LAPACK gives them: each may be the other one on your machine.',
    names: {
      mean: 'center',
      scale: 'scale',
      components: 'rotation',
      scores: 'x',
      loadings: null,
      variance: 'sdev^2',
      share: 'summary()$importance[2, ]',
      singular: null
    }
  },
  factominer: {
    id: 'factominer',
    label: 'FactoMineR',
    scaleDivisor: 'n',
    varianceDivisor: 'n',
    sign: 'weights-sum',
    signNote: 'The entries of each component have a positive sum.',
    names: {
      mean: 'call$centre',
      scale: 'call$ecart.type',
      components: 'svd$V',
      scores: 'ind$coord',
      loadings: 'var$coord',
      variance: 'eig[, 1]',
      share: 'eig[, 2]',
      singular: null
    }
  },
  matlab: {
    id: 'matlab',
    label: 'MATLAB',
    scaleDivisor: 'n-1',
    varianceDivisor: 'n-1',
    sign: 'largest-weight',
    signNote: 'The largest entry of each component is positive.',
    names: {
      mean: 'mu',
      scale: 'sigma',
      components: 'coeff',
      scores: 'score',
      loadings: null,
      variance: 'latent',
      share: 'explained',
      singular: null
    }
  }
}

/** What each number of a result is multiplied by. */
export interface ConventionFactors {
  /** divisors of the columns */
  scale: number
  scores: number
  variance: number
  /** component · √variance */
  loadings: number
  singular: number
  /** the divisor variances have then, as a number */
  divisor: number
}

/** Factors from a result to a convention. Dividing columns by a standard deviation with divisor d instead of d₀ makes
 * every scaled cell, and so every score, √(d/d₀) as large; a variance with divisor e is their sum of squares over e.
 * Only unit variance is part of those programs: a table scaled otherwise is handed over scaled, with a factor of 1. */
export function conventionFactors(id: ConventionId, context: ConventionContext): ConventionFactors {
  const { scaleDivisor, varianceDivisor } = conventions[id]
  const { nSamples, divisor } = context
  const sizeOf = (d: Divisor | 'as-fitted'): number =>
    (d === 'as-fitted' ? divisor : d) === 'n' ? nSamples : nSamples - 1
  const fitted = sizeOf('as-fitted')
  const scores = context.scale === 'unit' ? Math.sqrt(sizeOf(scaleDivisor) / fitted) : 1
  const variance = (scores * scores * fitted) / sizeOf(varianceDivisor)
  return {
    scale: 1 / scores,
    scores,
    variance,
    loadings: Math.sqrt(variance),
    singular: scores,
    divisor: sizeOf(varianceDivisor)
  }
}

/** 1, or −1 where the convention calls the other direction of this axis positive.
 * @param weights the component (p), largest entry positive as Eigendesk has it
 * @param scores of all rows on it (n); read only where the rule is 'largest-score' */
export function conventionSign(id: ConventionId, weights: ArrayLike<number>, scores: ArrayLike<number>): 1 | -1 {
  const { sign } = conventions[id]
  if (sign === 'weights-sum') {
    let sum = 0
    for (let j = 0; j < weights.length; j++) sum += weights[j]!
    return sum < 0 ? -1 : 1
  }
  if (sign === 'largest-score') {
    let largest = 0
    for (let i = 0; i < scores.length; i++) if (Math.abs(scores[i]!) > Math.abs(largest)) largest = scores[i]!
    return largest < 0 ? -1 : 1
  }
  return 1
}

/** The call that makes this analysis in the program, as a person would type it; '' for Eigendesk. */
export function conventionCall(id: ConventionId, { scale }: ConventionContext): string {
  const unit = scale === 'unit'
  const table = scale === 'none' || unit ? 'X' : 'Z'
  const calls: Record<ConventionId, string> = {
    eigendesk: '',
    'scikit-learn': unit ? 'PCA().fit(StandardScaler().fit_transform(X))' : `PCA().fit(${table})`,
    'scikit-learn-1.4': unit ? 'PCA().fit(StandardScaler().fit_transform(X))' : `PCA().fit(${table})`,
    prcomp: unit ? 'prcomp(X, scale. = TRUE)' : `prcomp(${table})`,
    factominer: `PCA(${table}, scale.unit = ${unit ? 'TRUE' : 'FALSE'})`,
    matlab: unit ? '[coeff, score, latent] = pca(zscore(X))' : `[coeff, score, latent] = pca(${table})`
  }
  return calls[id]
}

/** What a person has to know before comparing: sentences on divisors, signs, and what the program cannot do. */
export function conventionNotes(id: ConventionId, context: ConventionContext): string[] {
  const { label, signNote, scaleDivisor, varianceDivisor } = conventions[id]
  if (id === 'eigendesk') return [`Variances have the divisor ${written(context.divisor)}. ${signNote}`]
  const notes = [
    context.scale === 'unit' && scaleDivisor !== varianceDivisor
      ? `Standard deviations have the divisor ${written(scaleDivisor)} (StandardScaler), variances ${written(varianceDivisor)}.`
      : `Standard deviations and variances have the divisor ${written(varianceDivisor)}.`,
    signNote
  ]
  if (context.scale !== 'none' && context.scale !== 'unit') {
    notes.push(`${label} does not scale like this: it is given the scaled table Z.`)
  }
  if (context.centre !== 'mean' && id !== 'prcomp') {
    notes.push(`${label} always subtracts the mean, so it would find other axes; these are Eigendesk’s, in its names.`)
  }
  if (context.centre === 'none' && id === 'prcomp') notes.push('Called with center = FALSE.')
  if (context.centre === 'median' && id === 'prcomp') notes.push('Called with center = the medians of the columns.')
  if (context.weighted && (id === 'prcomp' || id.startsWith('scikit-learn'))) {
    notes.push(`${label} takes no row weights, so it would find other axes; these are Eigendesk’s, in its names.`)
  }
  if (context.weighted && id === 'factominer') notes.push('Called with row.w = the weights.')
  if (context.weighted && id === 'matlab') notes.push("Called with 'Weights' = the weights.")
  return notes
}

const written = (divisor: Divisor | 'as-fitted'): string => (divisor === 'n' ? 'n' : 'n\u00a0−\u00a01')
