import type { FactorModel } from './model.ts'
import type { Ranking } from './judgement.ts'
import { countsAsLikes } from './likes.ts'
import { methods, purposeOf } from './methods.ts'
import type { ClipRange } from './metrics.ts'
import { takenOfDuplicates } from './ratings.ts'
import type { FactorizationParams } from './spec.ts'

/** Factors that move no prediction by more than this share of the ratings' spread are as good as zero. */
const NEGLIGIBLE = 1e-6

const shown = (value: number): string => String(Number(value.toPrecision(6)))
const digits = (share: number): string => share.toFixed(3)
const ratings = (count: number): string => `${count} test rating${count === 1 ? '' : 's'}`

/** Root mean square of p·q over all users and items, bounded from above by Cauchy–Schwarz. */
function factorEffect(model: FactorModel): number {
  const meanSquare = (factors: Float64Array, rows: number): number => {
    let sum = 0
    for (const value of factors) sum += value * value
    return sum / rows
  }
  return Math.sqrt(meanSquare(model.userFactors, model.nUsers) * meanSquare(model.itemFactors, model.nItems))
}

/** What was found while splitting and fitting. */
export interface Findings {
  /** of the training ratings as they stand in the table */
  range: readonly [number, number]
  /** of what the method predicts: 1 … 1 where a filled cell is one like */
  predictedRange: readonly [number, number]
  clip: ClipRange
  deviation: number
  coldTest: number
  leakedTest: number
  /** on the test set, beside popularity; null without one */
  ranking: { model: Ranking; popularity: Ranking } | null
  /** users with a relevant test item, of whom some may have been sampled */
  nRankable: number
  duplicateTest: number
  leftOutTest: number
}

/** What its lists are worth, where a model fitted to stars makes some, and of how many users. */
function remarkOnRanking(params: FactorizationParams, { ranking, nRankable }: Findings): string[] {
  if (ranking === null) return []
  const { model, popularity } = ranking
  const notes: string[] = []
  if (purposeOf(params.method) === 'ratings' && model.ndcg < popularity.ndcg)
    notes.push(
      `A model fitted to stars ranks poorly: its lists have an nDCG@${model.k} of ${digits(model.ndcg)}, those of what is popular ${digits(popularity.ndcg)}. To recommend, choose a method for preferences, such as iALS.`
    )
  else if (params.method !== 'popularity' && model.ndcg < popularity.ndcg)
    notes.push(
      `Its lists are no better than what is popular: an nDCG@${model.k} of ${digits(model.ndcg)}, those of what is popular ${digits(popularity.ndcg)}. These likes are too few, or too much alike, to tell more; a search may find parameters that do.`
    )
  if (model.nUsers < nRankable)
    notes.push(
      `Lists were judged for ${model.nUsers} of ${nRankable} users with a test rating, chosen at random by the seed.`
    )
  return notes
}

/** Honest remarks in plain sentences about a finished fit. */
export function remarkOn(params: FactorizationParams, model: FactorModel, found: Findings): string[] {
  const notes: string[] = []
  const isRatings = purposeOf(params.method) === 'ratings'
  const hasFactors = methods[params.method].keys.includes('nFactors')
  const [low, high] = found.predictedRange
  const sides = Math.min(model.nUsers, model.nItems)
  if (low === high && isRatings)
    notes.push(
      `Every training rating is ${shown(low)}: the mean predicts them all and the factors have nothing to explain. For likes choose Preferences.`
    )
  else if (isRatings && hasFactors && factorEffect(model) < NEGLIGIBLE * found.deviation)
    notes.push(
      'The regularization pulls every factor to zero: the mean and the biases alone predict. Lower it to get a map.'
    )
  if (countsAsLikes(params.method) && found.range[0] !== found.range[1])
    notes.push(
      params.method === 'hkv'
        ? 'Each number says how sure a like is; what is predicted is the like, 1.'
        : 'Each filled cell counts as one like, whatever number stands in it.'
    )
  if (low === high && !isRatings)
    notes.push(
      `Every observed value is ${shown(low)}, so the mean has no error on observed cells: these errors do not judge a preference model.`
    )
  if (hasFactors && params.nFactors > sides)
    notes.push(
      `${params.nFactors} factors were asked for; with ${model.nUsers} users and ${model.nItems} items at most ${sides} can differ from zero.`
    )
  if (found.clip !== null && low !== high)
    notes.push(
      `Errors are those of predictions clipped to ${shown(low)} … ${shown(high)}, the range of the training ratings.`
    )
  notes.push(...remarkOnRanking(params, found))
  if (found.coldTest > 0)
    notes.push(`${ratings(found.coldTest)} of a user or item without training ratings: predicted from what is known.`)
  if (found.leakedTest > 0)
    notes.push(
      `${ratings(found.leakedTest)} of a user and item that are in the training ratings too: the test error is flattered.`
    )
  if (found.duplicateTest > 0)
    notes.push(
      `${ratings(found.duplicateTest)} repeated a user and item and took ${takenOfDuplicates[params.duplicates]}.`
    )
  if (found.leftOutTest > 0)
    notes.push(
      `${found.leftOutTest} row${found.leftOutTest === 1 ? '' : 's'} of the test table had no user, item or rating and were left out.`
    )
  return notes
}
