import { ialsRidge } from '../../models/ials.ts'
import type { Given, KnownModel } from '../known-model.ts'

/** The normal equations (base + Σ_j w_j q_j q_jᵀ + ridge I) p = Σ_j t_j q_j of a method of preferences, for one person: as its
 * own last half sweep has them (wals.ts, models/ials.ts, models/hkv.ts). */
interface LikeRule {
  base: Float64Array
  /** null: 1 */
  weights: Float64Array | null
  targets: Float64Array
  ridge: number
}

/** @throws nothing: methods without factors have no such equations, and are not asked */
export function likeRule({ params, itemGram, items: names }: KnownModel, { items, values }: Given): LikeRule {
  const { unobservedWeight, regularization, alpha } = params
  const scaledGram = (weight: number): Float64Array => itemGram().map((value) => value * weight)
  if (params.method === 'ials') {
    return {
      base: scaledGram(unobservedWeight),
      weights: null,
      targets: new Float64Array(items.length).fill(1),
      ridge: ialsRidge(params, items.length, names.length)
    }
  }
  if (params.method === 'hkv') {
    return {
      base: itemGram(),
      weights: values.map((count) => alpha * count),
      targets: values.map((count) => 1 + alpha * count),
      ridge: regularization
    }
  }
  return {
    base: scaledGram(unobservedWeight),
    weights: new Float64Array(items.length).fill(1 - unobservedWeight),
    targets: values.slice(),
    ridge: regularization
  }
}
