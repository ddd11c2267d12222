import { EigendeskError } from '../../../../contract/errors.ts'
import type { StudyRun } from '../../../../contract/study.ts'
import { SeededRandom } from '../../../../linalg/random.ts'
import { chooseAtRandom, chooseOfEachUser } from '../../judging/random-parts.ts'
import { methods } from '../../methods.ts'
import { makePace, type Pace } from '../../../../linalg/pace.ts'
import { prepareRatings, prepareTraining, type PreparedRatings } from '../../prepare.ts'
import type { FactorizationParams, FactorizationSummary } from '../../spec.ts'
import { separate } from '../../split.ts'
import { judgeModel, type Fold } from '../models/judge-model.ts'
import { halve } from './halving.ts'
import { rangesOf, resourceOf } from './ranges.ts'
import { searchSummarySchema, type SearchParams, type SearchSummary, type SearchTrial } from './spec.ts'
import { Trials } from './try-out.ts'
import { gridOf, randomPoints } from './trials.ts'

/** A part of the training ratings is held out once more: the test ratings are for judging what comes out.
 * For lists each user gives a share, so that there is something to be ranked for everybody. */
function innerSplit({ ratings, split }: PreparedRatings, { validation, measure, seed }: SearchParams): Fold {
  const { train } = split
  const random = new SeededRandom(seed)
  const nUsers = ratings.users.length
  const parts =
    measure === 'ndcg'
      ? chooseOfEachUser(train.userIndex, nUsers, validation, random)
      : chooseAtRandom(train.values.length, validation, random)
  const inner = separate(train, parts)
  if (inner.test === null) {
    throw new EigendeskError('INVALID_PARAMETER', { field: 'Validation', reason: 'there are too few training ratings' })
  }
  return { training: prepareTraining(inner.train, nUsers, ratings.items.length), test: inner.test, heldOut: null }
}

/** The trials of the stored search, where they were judged on the same ratings by the same measure. */
function earlierTrials(before: { params: unknown; summary: unknown } | null, params: SearchParams): SearchTrial[] {
  if (!params.continues || before === null) return []
  const { measure, validation, seed } = before.params as SearchParams
  const same = measure === params.measure && validation === params.validation && seed === params.seed
  return same ? searchSummarySchema.parse(before.summary).trials : []
}

/** Searches for better parameters of the result's method. Trials are fitted to a part of its training ratings and judged on the
 * rest of them; its own parameters are the first trial. Every trial is kept, and a later search may go on from them: what was
 * tried is not tried again. */
export const runSearch: StudyRun<FactorizationParams, FactorizationSummary, SearchParams, SearchSummary> = (
  { table, others = {}, params: own, before = null },
  params,
  context
) => {
  const pace: Pace = makePace(context.checkpoint)
  context.progress('Reading ratings', 0)
  const prepared = prepareRatings(table, own, new SeededRandom(own.seed), others, pace, context.checkpoint)
  const fold = innerSplit(prepared, params)
  const ranges = rangesOf(own.method)
  const resource = resourceOf(own.method)
  const trials = new Trials(
    earlierTrials(before, params),
    own,
    ranges,
    resource,
    params,
    context,
    (asked, told, share) => judgeModel(asked, fold, pace, { ...context, progress: told }, share)
  )
  trials.tryOut({}, null)
  const notes: string[] = []
  if (ranges.length === 0) notes.push(`${methods[own.method].title} has no parameters to search for.`)
  else if (params.kind === 'grid') trials.tryAll(gridOf(ranges, trials.list.length - 1 + trials.left))
  else if (params.kind === 'halving' && resource !== null) halve(trials, own[resource], ranges, params)
  else {
    if (params.kind === 'halving') {
      notes.push(
        `${methods[own.method].title} is solved at once and cannot be fitted shorter: the trials are random ones.`
      )
    }
    trials.tryAll(randomPoints(ranges, trials.list.length + trials.left, params.seed))
  }
  return {
    summary: {
      method: own.method,
      measure: params.measure,
      ranges,
      nTrain: fold.training.cells.values.length,
      nValidation: fold.test.values.length,
      trials: trials.list,
      best: trials.best,
      ended: trials.ended ?? 'tried',
      notes
    },
    arrays: {},
    lists: {}
  }
}
