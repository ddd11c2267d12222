import { writeDampedMean } from '../../../../core/analyses/factorization/figures/damped-mean.ts'
import { writeNonnegativeStep } from '../../../../core/analyses/factorization/figures/nonnegative-step.ts'
import { writeCosine, writeWeight } from '../../../../core/analyses/factorization/figures/pair-step.ts'
import { writeRatingStep } from '../../../../core/analyses/factorization/figures/rating-step.ts'
import type { FactorizationParams, FactorizationSummary } from '../../../../core/analyses/factorization/spec.ts'
import type { AnalysisInfo } from '../../../../core/contract/session.ts'
import { call } from '../../../app/api.ts'
import { loadArray } from '../../results.ts'
import { loadRows } from '../array-rows.ts'
import { loadHistory } from './load-history.ts'
import {
  sumLine,
  workedCoordinates,
  workedCosine,
  workedMean,
  workedRating,
  workedWeight,
  type Worked
} from './worked.ts'

/** Who has an item is asked for up to so many. */
const MOST_HAVERS = 1000

const NO_RATINGS = 'This user has no training rating.'
const OLDER = 'The numbers of this step need a result of this version: run the analysis again to see them.'
const TOO_MANY =
  'Each item of this user is had by more than 1,000 others: too many to be written out. Choose another user.'

const saying = (answer: string): Worked => ({ views: [], lines: [], difference: null, answer })

interface MethodQuestion {
  analysis: AnalysisInfo
  summary: FactorizationSummary
  params: FactorizationParams
  names: { users: string[]; items: string[]; userCounts: ArrayLike<number>; itemCounts: ArrayLike<number> }
  user: number
}

/** The step of a method that solves no equations, with the numbers of one user or two items.
 * @returns null where the method has no such step */
export function workOut(question: MethodQuestion): Promise<Worked | null> {
  switch (question.params.method) {
    case 'sgd':
    case 'svdpp':
      return workRating(question)
    case 'nmf':
      return workCoordinates(question)
    case 'bias':
      return workMean(question)
    case 'ease':
    case 'itemknn':
      return workPair(question)
    default:
      return Promise.resolve(null)
  }
}

/** What a user rated in training, and both sides of the model. */
async function seatOf({ analysis, summary: { nFactors }, user }: MethodQuestion) {
  const history = (await loadHistory(analysis, user)).filter(({ held }) => !held)
  const items = history.map(({ item }) => item)
  const [factors, own, userBias, itemBias] = await Promise.all([
    loadRows(analysis, 'itemFactors', items, nFactors),
    loadRows(analysis, 'userFactors', [user], nFactors),
    loadArray(analysis, 'userBias'),
    loadArray(analysis, 'itemBias')
  ])
  const biases = items.map((item) => itemBias[item]!)
  return { history, items, values: history.map(({ value }) => value), factors, own, userBias: userBias[user]!, biases }
}

/** Of the user's ratings the one that is predicted worst: it pulls most. */
async function workRating(question: MethodQuestion): Promise<Worked> {
  const { analysis, summary, params, names, user } = question
  const { nFactors } = summary
  const { history, items, values, factors, own, userBias, biases } = await seatOf(question)
  if (history.length === 0) return saying(NO_RATINGS)
  const errors = history.map(({ value, predicted }) => Math.abs(value - predicted))
  const at = errors.indexOf(Math.max(...errors))
  let implicit: Float64Array | null = null
  if (params.method === 'svdpp') {
    const y = await loadRows(analysis, 'implicitFactors', items, nFactors)
    implicit = new Float64Array(nFactors)
    for (let j = 0; j < y.length; j++) implicit[j % nFactors]! += y[j]! / Math.sqrt(items.length)
  }
  const rating = {
    value: values[at]!,
    userBias,
    itemBias: biases[at]!,
    own: own.map((p, k) => p - (implicit?.[k] ?? 0)),
    implicit,
    item: factors.subarray(at * nFactors, (at + 1) * nFactors),
    userCount: names.userCounts[user]!,
    itemCount: names.itemCounts[items[at]!]!
  }
  const step = writeRatingStep(params, summary, rating)
  return step === null ? saying(OLDER) : workedRating(step, rating, names.items[items[at]!]!, nFactors)
}

async function workCoordinates(question: MethodQuestion): Promise<Worked> {
  const { summary, params } = question
  const { values, factors, own, userBias, biases } = await seatOf(question)
  const rated = { values, factors, itemBias: biases, nFactors: summary.nFactors }
  const step = writeNonnegativeStep(params, summary, rated, own, userBias)
  return step === null ? saying(OLDER) : workedCoordinates(step)
}

async function workMean(question: MethodQuestion): Promise<Worked> {
  const { summary, names } = question
  const { values, items, userBias, biases } = await seatOf(question)
  const step = writeDampedMean(values, biases, summary.globalMean)
  return workedMean(
    step,
    userBias,
    items.map((item) => names.items[item]!)
  )
}

/** An item the user has, and the one that it speaks for most. Users who were held out whole are not among those it was learnt from. */
async function workPair({ analysis, params, names, user }: MethodQuestion): Promise<Worked> {
  if (params.split === 'strong')
    return saying('Users were held out whole: who has an item is not who the weights were learnt from.')
  const analysisId = analysis.id
  const has = (await loadHistory(analysis, user)).filter(({ held }) => !held)
  const few = has.filter(({ item }) => names.itemCounts[item]! <= MOST_HAVERS)
  const first = few.sort((a, b) => names.itemCounts[b.item]! - names.itemCounts[a.item]!)[0]?.item
  if (first === undefined) return saying(has.length === 0 ? NO_RATINGS : TOO_MANY)
  const facts = await call('recommend.similar', { analysisId, item: first, n: MOST_HAVERS })
  const near = facts.similar.find(({ item, nRatings }) => item !== first && nRatings <= MOST_HAVERS)
  if (!near) return saying('No other item is like those this user has.')
  const [other, explained] = await Promise.all([
    call('recommend.similar', { analysisId, item: near.item, n: MOST_HAVERS }),
    call('recommend.explain', { analysisId, who: { user }, item: near.item })
  ])
  const pair = [names.items[first]!, names.items[near.item]!] as const
  const sum = sumLine(pair[1], names.users[user]!, explained.terms)
  if (params.method === 'itemknn') {
    const step = writeCosine(facts.ratedBy, other.ratedBy, params.shrinkage)
    return workedCosine(step, pair, params.shrinkage, near.similarity, sum)
  }
  const [backward] = await call('analysis.rows', {
    analysisId,
    name: 'itemWeights',
    rows: [near.item],
    columns: [first]
  })
  const step = writeWeight(facts.ratedBy, other.ratedBy, backward!, params.regularization)
  return workedWeight(step, pair, near.similarity, sum)
}
