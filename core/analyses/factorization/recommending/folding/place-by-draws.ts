import { inverse } from '../../../../linalg/inverse.ts'
import { createMatrix } from '../../../../linalg/matrix.ts'
import { syrk } from '../../../../linalg/syrk.ts'
import { normalQuantile } from '../../../../stats/distributions.ts'
import { INTERVAL_LEVEL } from '../../../../contract/recommending.ts'
import type { Draws } from '../../scorers/interval.ts'
import type { Given, KnownModel } from '../known-model.ts'
import { gatherRows } from './row-system.ts'
import type { Place } from './star-taste.ts'
import type { UserPrior } from './user-priors.ts'

/** Somebody as one draw sees them: normal with this mean and covariance. */
interface Posterior {
  mean: Float64Array
  covariance: Float64Array
}

/** Places somebody new in a Bayesian model: for each stored draw of the items, the normal distribution of (p, b) that their
 * ratings and the users of that draw allow, A = Σ q qᵀ/σ² + Λ, mean A⁻¹ (Σ (r − μ − b_i) q/σ² + Λ m); the point is the mean over
 * the draws. What was rated at all moves the prior of 'bsvdpp' in its fit, and is not known here: its prior is that of all users.
 * Source: Salakhutdinov & Mnih, ICML 2008, eq. 11. */
export function placeByDraws(known: KnownModel, draws: Draws, priors: readonly UserPrior[], given: Given): Place {
  const { nFactors, globalMean } = known.model
  const size = nFactors + 1
  const posteriors = priors.map((prior, s) => posteriorOf(known, draws, s, prior, given))
  const point = new Float64Array(size)
  for (const { mean } of posteriors) for (let a = 0; a < size; a++) point[a]! += mean[a]! / posteriors.length
  const z = normalQuantile((1 + INTERVAL_LEVEL) / 2)
  return {
    factors: point.slice(0, nFactors),
    bias: point[nFactors]!,
    implicit: null,
    foundBy: `The mean over ${draws.count} draws of the items of what their ratings and all other users allow.`,
    interval: (item, score) => {
      const reach = z * Math.sqrt(varianceOf(draws, posteriors, item, globalMean))
      return [score - reach, score + reach]
    }
  }
}

function posteriorOf(known: KnownModel, draws: Draws, s: number, prior: UserPrior, given: Given): Posterior {
  const { nItems, nFactors } = draws
  const size = nFactors + 1
  const itemFactors = draws.itemFactors.subarray(s * nItems * nFactors, (s + 1) * nItems * nFactors)
  const rows = gatherRows(itemFactors, nFactors, given.items, true)
  const noise = draws.noiseVariance[s]!
  const count = given.items.length
  const a = createMatrix(size, size, prior.precision.slice())
  if (count > 0) {
    const gram = syrk(createMatrix(count, size, rows), 'columns').data
    for (let j = 0; j < gram.length; j++) a.data[j]! += gram[j]! / noise
  }
  const right = multiply(prior.precision, prior.mean)
  for (let t = 0; t < count; t++) {
    const rest = given.values[t]! - known.model.globalMean - draws.itemBias[s * nItems + given.items[t]!]!
    for (let k = 0; k < size; k++) right[k]! += (rest * rows[t * size + k]!) / noise
  }
  const covariance = inverse(a).data
  return { mean: multiply(covariance, right), covariance }
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length
  return vector.map((_, i) => {
    let sum = 0
    for (let j = 0; j < size; j++) sum += matrix[i * size + j]! * vector[j]!
    return sum
  })
}

/** Of a rating not yet given: between the draws, of the person within a draw, and of the noise. */
function varianceOf(draws: Draws, posteriors: readonly Posterior[], item: number, globalMean: number): number {
  const { nItems, nFactors, itemFactors, itemBias, noiseVariance, count } = draws
  const q = new Float64Array(nFactors + 1).fill(1)
  const predicted = posteriors.map(({ mean }, s) => {
    q.set(itemFactors.subarray((s * nItems + item) * nFactors, (s * nItems + item + 1) * nFactors))
    return mean.reduce((sum, value, a) => sum + value * q[a]!, globalMean + itemBias[s * nItems + item]!)
  })
  const average = predicted.reduce((sum, value) => sum + value, 0) / count
  let between = 0
  let within = 0
  posteriors.forEach(({ covariance }, s) => {
    between += (predicted[s]! - average) ** 2
    q.set(itemFactors.subarray((s * nItems + item) * nFactors, (s * nItems + item + 1) * nFactors))
    within += multiply(covariance, q).reduce((sum, value, a) => sum + value * q[a]!, noiseVariance[s]!)
  })
  return (count > 1 ? between / (count - 1) : 0) + within / count
}
