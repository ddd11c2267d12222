import type { Given, KnownModel } from '../known-model.ts'

/** The normal equations (base + Σ_j w_j q_j q_jᵀ + ridge I) p = Σ_j t_j q_j of a method of preferences, for one person. */
export interface LikeRule {
  base: Float64Array
  weights: Float64Array
  targets: Float64Array
  ridge: number
}

/** As the method's own sweep has them: see wals.ts. */
export function likeRule(known: KnownModel, { items, values }: Given): LikeRule {
  const { unobservedWeight, regularization } = known.params
  return {
    base: known.itemGram().map((value) => value * unobservedWeight),
    weights: new Float64Array(items.length).fill(1 - unobservedWeight),
    targets: values.slice(),
    ridge: regularization
  }
}
