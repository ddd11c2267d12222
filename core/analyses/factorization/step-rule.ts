import { factorRidge, ialsRidge, penaltyFor } from './penalty.ts'
import type { FactorizationParams, FactorizationSummary } from './spec.ts'

/** Methods whose users are each solved for exactly. */
export const SOLVED_METHODS = ['als', 'wals', 'ials', 'hkv'] as const
type SolvedMethod = (typeof SOLVED_METHODS)[number]

export const isSolved = (method: string): method is SolvedMethod =>
  (SOLVED_METHODS as readonly string[]).includes(method)

/** The normal equations (w₀ QᵀQ + Σ w q qᵀ + ridge) p = Σ t q of one user, as the last half sweep of the method has them (als.ts, wals.ts,
 * models/ials.ts, models/hkv.ts): what a fold-in solves, and what Math writes out. Pure: the page imports it. */
export interface StepRule {
  /** a bias is solved for too: one more coordinate whose partner is 1 */
  withBias: boolean
  /** w₀: how much QᵀQ of all items counts */
  blankWeight: number
  /** w of a rating */
  weightOf: (value: number) => number
  /** t of a rating, before the item's bias is taken away */
  targetOf: (value: number) => number
  /** what is added to the diagonal */
  ridge: number
  /** what is added for the bias */
  lastRidge: number | null
}

type RuleParams = Pick<
  FactorizationParams,
  'method' | 'regularization' | 'countExponent' | 'unobservedWeight' | 'alpha'
>

/** @param count ratings the user has in training
 * @returns null for methods that solve no user exactly, and for results of before that lack what the rule counts in */
export function stepRule(
  { method, regularization, countExponent, unobservedWeight, alpha }: RuleParams,
  {
    deviation,
    penaltyScale = 1,
    globalMean,
    nItems
  }: Pick<FactorizationSummary, 'deviation' | 'penaltyScale' | 'globalMean' | 'nItems'>,
  count: number
): StepRule | null {
  const plain = { withBias: false, lastRidge: null }
  switch (method) {
    case 'als': {
      if (deviation === undefined) return null
      const penalty = penaltyFor(regularization * penaltyScale, deviation, countExponent)
      return {
        withBias: true,
        blankWeight: 0,
        weightOf: () => 1,
        targetOf: (value) => value - globalMean,
        ridge: factorRidge(penalty, count),
        lastRidge: penalty.bias
      }
    }
    case 'wals':
      return {
        ...plain,
        blankWeight: unobservedWeight,
        weightOf: () => 1 - unobservedWeight,
        targetOf: (value) => value,
        ridge: regularization
      }
    case 'ials':
      return {
        ...plain,
        blankWeight: unobservedWeight,
        weightOf: () => 1,
        targetOf: () => 1,
        ridge: ialsRidge({ regularization, unobservedWeight, countExponent }, count, nItems)
      }
    case 'hkv':
      return {
        ...plain,
        blankWeight: 1,
        weightOf: (value) => alpha * value,
        targetOf: (value) => 1 + alpha * value,
        ridge: regularization
      }
    default:
      return null
  }
}
