import type { ResultArray } from '../../../contract/analysis.ts'
import { normalQuantile } from '../../../stats/distributions.ts'

/** Draws of a Bayesian model, as stored: each a whole model, whose predictions are as likely as the others'. */
export interface Draws {
  count: number
  nUsers: number
  nItems: number
  nFactors: number
  /** count × nUsers × nFactors */
  userFactors: Float64Array
  /** count × nItems × nFactors */
  itemFactors: Float64Array
  /** count × nUsers */
  userBias: Float64Array
  /** count × nItems */
  itemBias: Float64Array
  /** count: variance of a rating about what is predicted, in its units squared */
  noiseVariance: Float64Array
}

/** The draws among the arrays of a result; null where its method has none.
 * @param array one of the result, by name
 * @param names of those it has */
export function drawsOf(names: readonly string[], array: (name: string) => ResultArray): Draws | null {
  if (!names.includes('drawUserFactors')) return null
  const numbers = (name: string): Float64Array => array(name).data as Float64Array
  const [count = 0, nUsers = 0, nFactors = 0] = array('drawUserFactors').shape
  return {
    count,
    nUsers,
    nItems: array('drawItemBias').shape[1] ?? 0,
    nFactors,
    userFactors: numbers('drawUserFactors'),
    itemFactors: numbers('drawItemFactors'),
    userBias: numbers('drawUserBias'),
    itemBias: numbers('drawItemBias'),
    noiseVariance: numbers('noiseVariance')
  }
}

/** Variance of a rating not yet given: of what the draws predict, plus that of the noise. Index −1 is a user or item that is not
 * known and adds nothing. */
export function varianceOf(draws: Draws, user: number, item: number): number {
  const { count, nUsers, nItems, nFactors, userFactors, itemFactors, userBias, itemBias, noiseVariance } = draws
  let sum = 0
  let squares = 0
  let noise = 0
  let first = 0
  for (let s = 0; s < count; s++) {
    let predicted = 0
    if (user >= 0) predicted += userBias[s * nUsers + user]!
    if (item >= 0) predicted += itemBias[s * nItems + item]!
    if (user >= 0 && item >= 0) {
      const p = (s * nUsers + user) * nFactors
      const q = (s * nItems + item) * nFactors
      for (let k = 0; k < nFactors; k++) predicted += userFactors[p + k]! * itemFactors[q + k]!
    }
    if (s === 0) first = predicted
    sum += predicted - first
    squares += (predicted - first) ** 2
    noise += noiseVariance[s]!
  }
  const between = count > 1 ? (squares - (sum * sum) / count) / (count - 1) : 0
  return Math.max(0, between) + noise / count
}

/** Where a rating lies with the given probability: prediction ± z · √variance, the predictive distribution taken as normal.
 * Not clipped to the scale.
 * @param predicted by the model's scorer
 * @param level above 0, below 1: 0.9 for nine of ten */
export function predictInterval(
  draws: Draws,
  predicted: number,
  user: number,
  item: number,
  level: number
): { low: number; high: number } {
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(varianceOf(draws, user, item))
  return { low: predicted - reach, high: predicted + reach }
}
