import { EigendeskError } from '../../../../contract/errors.ts'
import type { ResultArray } from '../../../../contract/analysis.ts'
import type { StudyInput, StudyRun } from '../../../../contract/study.ts'
import { SeededRandom } from '../../../../linalg/random.ts'
import { placesWhere } from '../../cells.ts'
import { fitMethod } from '../../fit-method.ts'
import { askRanking, measureRanking, sampleUsers } from '../../judging/ranking.ts'
import { methods, purposeOf } from '../../methods.ts'
import { measureErrors } from '../../metrics.ts'
import { makePace } from '../../../../linalg/pace.ts'
import { prepareRatings } from '../../prepare.ts'
import { factorScorer } from '../../scorers/factor-scorer.ts'
import { restoreModel } from '../../scorers/restore.ts'
import type { FactorizationParams, FactorizationSummary } from '../../spec.ts'
import { bestLists, compareLists } from './kept-lists.ts'
import { centreFactors, matchAxes, matchTurned, sharedSpace } from './match-factors.ts'
import type { Likeness, StabilityParams, StabilitySummary } from './spec.ts'

/** Lists of so many are compared, of so many users: their mean is then known to 0.01. */
const LIST_LENGTH = 10
const LIST_USERS = 1000

type Input = StudyInput<FactorizationParams, FactorizationSummary>

function readStored(input: Input) {
  return (name: string): ResultArray => {
    const array = input.array(name)
    if (!array) throw new EigendeskError('ARRAY_UNKNOWN', { value: name })
    return array
  }
}

/** Mean and smallest over the fits; null where there is nothing to compare. */
function likenessOf(values: readonly number[]): Likeness | null {
  if (values.length === 0 || values.some(Number.isNaN)) return null
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, least: Math.min(...values) }
}

/** Fits the result's method again from other seeds, to the same ratings, and compares: which factors come back, which space the item
 * factors span, how well each fit predicts, and how many items of a list stay. */
export const runStability: StudyRun<FactorizationParams, FactorizationSummary, StabilityParams, StabilitySummary> = (
  input,
  params,
  { progress, checkpoint }
) => {
  const { table, others = {}, params: own, summary } = input
  const { method } = own
  const measure = method === 'nmf' ? 'correlation' : 'congruence'
  const empty = { method, seeds: [], measure, factors: [], space: null, fits: [], lists: null } as const
  const judgedOn = summary.nTest > 0 ? 'test' : 'training'
  if (!methods[method].keys.includes('nFactors')) {
    const notes = [`${methods[method].title} begins with no random number: every seed gives the same.`]
    return { summary: { ...empty, seeds: [], factors: [], fits: [], judgedOn, notes }, arrays: {}, lists: {} }
  }
  const pace = makePace(checkpoint)
  progress('Reading ratings', 0)
  const prepared = prepareRatings(table, own, new SeededRandom(own.seed), others, pace, checkpoint)
  const { training, split, heldOut } = prepared
  const stored = restoreModel(summary, readStored(input))
  const { nFactors, nItems } = stored
  const histories = heldOut?.histories ?? training.byUser
  const known = placesWhere(histories.nRows, (user) => histories.offsets[user + 1]! > histories.offsets[user]!)
  const users = sampleUsers(known, LIST_USERS, own.seed)
  const lists = bestLists(factorScorer(stored), users, histories, LIST_LENGTH, checkpoint)
  const compared = (factors: Float64Array): Float64Array =>
    measure === 'correlation' ? centreFactors(factors, nFactors) : factors
  const reference = compared(stored.itemFactors)
  const question = split.test && askRanking({ byUser: histories, byItem: training.byItem }, split.test, own)
  const isRatings = purposeOf(method) === 'ratings'
  const seeds = Array.from({ length: params.seeds }, (_, s) => (params.seed + s + 1) % 4294967296)
  const axes: Float64Array[] = []
  const turned: Float64Array[] = []
  const spaces: number[] = []
  const kept: { jaccard: number; kept: number }[] = []
  const fits = seeds.map((seed, place) => {
    const title = `Seed ${place + 1} of ${seeds.length}`
    const share = [place, place + 1].map((part) => 0.02 + (0.97 * part) / seeds.length) as [number, number]
    progress(title, share[0])
    const began = performance.now()
    const fitted = fitMethod(training, split.test, heldOut, {
      params: { ...own, seed },
      random: new SeededRandom(seed),
      pace,
      progress: (_phase, fraction, point) => progress(title, fraction, point),
      checkpoint,
      share: [share[0], share[0] + 0.9 * (share[1] - share[0])]
    })
    const seconds = (performance.now() - began) / 1000
    const { itemFactors } = fitted.model
    const pair = { found: compared(itemFactors), reference, nFactors }
    axes.push(matchAxes(pair))
    // Where no factor is below zero, what is turned is no such model any more.
    if (method !== 'nmf') turned.push(matchTurned(pair))
    spaces.push(sharedSpace({ ...pair, found: itemFactors, reference: stored.itemFactors }))
    checkpoint()
    kept.push(compareLists(lists, bestLists(fitted.scorer, users, histories, LIST_LENGTH, checkpoint)))
    const judged = fitted.test ?? fitted.predicted.cells
    return {
      seed,
      own: false,
      rmse: isRatings ? measureErrors(fitted.scorer, judged, fitted.clip, pace).rmse : null,
      ndcg: question ? measureRanking(fitted.scorer, question, pace).ndcg : null,
      seconds
    }
  })
  const mine = {
    seed: own.seed,
    own: true,
    rmse: isRatings ? (summary.metrics.test ?? summary.metrics.train).rmse : null,
    ndcg: question ? (summary.ranking?.model.ndcg ?? null) : null,
    seconds: 0
  }
  const space = likenessOf(spaces)
  const jaccard = likenessOf(kept.map((fit) => fit.jaccard))
  const factors = Array.from({ length: nFactors }, (_, k) => ({
    axis: likenessOf(axes.map((values) => values[k]!)),
    turned: likenessOf(turned.map((values) => values[k]!))
  }))
  return {
    summary: {
      method,
      seeds,
      measure,
      factors,
      space: space && { ...space, chance: Math.min(1, nFactors / nItems) },
      judgedOn,
      fits: [mine, ...fits],
      lists: jaccard && {
        n: LIST_LENGTH,
        nUsers: users.length,
        jaccard,
        kept: kept.reduce((sum, fit) => sum + fit.kept, 0) / kept.length
      },
      notes: users.length < known.length ? [`Lists are those of ${users.length} of ${known.length} users, by lot.`] : []
    },
    arrays: {},
    lists: {}
  }
}
