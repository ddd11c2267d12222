import type { Term } from '../../../../contract/recommending.ts'
import type { Given, KnownModel } from '../known-model.ts'
import type { Taste } from '../taste.ts'
import { stepRule } from '../../step-rule.ts'
import { gatherRows, RowSystem } from './row-system.ts'

/** A person in a model of preferences with factors: p solves A p = Σ_j t_j q_j over what they liked, so that the score
 * of item i is Σ_j t_j q_iᵀ A⁻¹ q_j: each past item has an exact share of it.
 * @param stored their factors where they are a user of the table
 * Source: Hu, Koren & Volinsky, ICDM 2008, §5. */
export function likeTaste(known: KnownModel, given: Given, stored: Float64Array | null): Taste {
  const { nFactors, itemFactors } = known.model
  const { deviation, model, items } = known
  const told = { deviation, globalMean: model.globalMean, nItems: items.length }
  // Every method of preferences that has factors has a rule.
  const rule = stepRule(known.params, told, given.items.length)!
  const targets = given.values.map(rule.targetOf)
  const system = new RowSystem({
    rows: gatherRows(itemFactors, nFactors, given.items, false),
    size: nFactors,
    weights: given.values.map(rule.weightOf),
    base: known.itemGram().map((value) => value * rule.blankWeight),
    ridge: rule.ridge,
    lastRidge: null
  })
  const factors = stored ?? system.solveFor(targets)
  return {
    factors,
    bias: 0,
    foundBy: stored ? 'Fitted with all others.' : 'One exact weighted least-squares solve with the items held fixed.',
    rule: 'Each item of their history adds its exact share; the shares sum to p · q.',
    scoreItems: (scores) => {
      for (let item = 0; item < scores.length; item++) {
        let sum = 0
        for (let k = 0; k < nFactors; k++) sum += factors[k]! * itemFactors[item * nFactors + k]!
        scores[item] = sum
      }
    },
    explain: (item) => {
      const weighted = system.solve(itemFactors.slice(item * nFactors, (item + 1) * nFactors))
      const shares = system.along(weighted)
      return Array.from(given.items, (past, t): Term => {
        const value = targets[t]! * shares[t]!
        return { kind: 'past', index: past, label: known.items[past]!, value, given: given.values[t]! }
      })
    }
  }
}
