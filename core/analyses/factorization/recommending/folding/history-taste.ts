import type { Term } from '../../../../contract/recommending.ts'
import type { Given, KnownModel } from '../known-model.ts'
import type { Taste } from '../taste.ts'
import { itemWeightsScorer } from '../../scorers/item-weights-scorer.ts'

/** What a method without factors knows of somebody: what they have. */
interface HistoryRule {
  scoreItems: (scores: Float64Array) => void
  /** what a past item adds to the score of another; null where it has no say in it */
  share: (past: number, item: number) => number | null
  rule: string
}

/** A person in a model of weights from item to item: a row of scores, each the sum of what the items of their history add. */
export function historyTaste(known: KnownModel, given: Given): Taste {
  const { scoreItems, share, rule } =
    known.params.method === 'ease' ? byWeights(known, given) : byNeighbours(known, given)
  return {
    factors: null,
    bias: 0,
    foundBy: 'The method has no factors: what they have is all there is.',
    rule,
    scoreItems,
    explain: (item) =>
      Array.from(given.items, (past, t): Term | null => {
        const value = share(past, item)
        return value === null
          ? null
          : { kind: 'past', index: past, label: known.items[past]!, value, given: given.values[t]! }
      }).filter((term) => term !== null)
  }
}

function byWeights(known: KnownModel, { items, values }: Given): HistoryRule {
  const nItems = known.items.length
  const weights = known.array('itemWeights') as Float64Array
  const one = { nRows: 1, offsets: Int32Array.of(0, items.length), columns: items, values }
  return {
    scoreItems: (scores) => itemWeightsScorer(weights, nItems, one).scoreItems(0, scores),
    share: (past, item) => weights[past * nItems + item]!,
    rule: 'Each item they have adds its weight to this one; the weights sum to the score.'
  }
}

function byNeighbours(known: KnownModel, { items }: Given): HistoryRule {
  const [offsets, columns] = [known.array('neighbourOffsets')!, known.array('neighbourColumns')!]
  const weights = known.array('neighbourWeights')!
  const has = new Uint8Array(known.items.length)
  for (const item of items) has[item] = 1
  return {
    scoreItems: (scores) => {
      for (let item = 0; item < scores.length; item++) {
        let sum = 0
        for (let s = offsets[item]!; s < offsets[item + 1]!; s++) if (has[columns[s]!] === 1) sum += weights[s]!
        scores[item] = sum
      }
    },
    share: (past, item) => {
      for (let s = offsets[item]!; s < offsets[item + 1]!; s++) if (columns[s] === past) return weights[s]!
      return null
    },
    rule: 'Each of its neighbours that they have adds its similarity; the similarities sum to the score.'
  }
}

/** Everybody in a model of popularity: the share of all users who have an item. */
export function popularTaste({ scorer }: KnownModel): Taste {
  return {
    factors: null,
    bias: 0,
    foundBy: 'Everybody has the same list.',
    rule: 'The share of all users who have the item.',
    scoreItems: (scores) => scorer.scoreItems(-1, scores),
    explain: (item) => [
      { kind: 'item', index: -1, label: 'Share of users who have it', value: scorer.predict(-1, item) }
    ]
  }
}
