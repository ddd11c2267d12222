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
import { searchSummarySchema, type SearchParams, type SearchPlan, type SearchSummary } from './spec.ts'
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

/** The stored search, where its trials were judged on the same ratings by the same measure. */
function earlierSearch(
  before: { params: unknown; summary: unknown } | null,
  params: SearchParams
): SearchSummary | null {
  if (!params.continues || before === null) return null
  const { measure, validation, seed } = before.params as SearchParams
  const same = measure === params.measure && validation === params.validation && seed === params.seed
  return same ? searchSummarySchema.parse(before.summary) : null
}

/** Searches for better parameters of the result's method. Trials are fitted to a part of its training ratings and judged on the
 * rest of them; its own parameters are the first trial. Every trial is kept as it is made, however the search ends, and a later
 * search may go on from them: what was tried is not tried again, what was to be tried comes first. */
export const runSearch: StudyRun<FactorizationParams, FactorizationSummary, SearchParams, SearchSummary> = (
  { table, others = {}, params: own, before = null },
  params,
  context
) => {
  const pace: Pace = makePace(context.checkpoint)
  context.progress('Reading ratings', 0)
  const prepared = prepareRatings(table, own, new SeededRandom(own.seed), others, pace, context.checkpoint)
  const fold = innerSplit(prepared, params)
  const { title } = methods[own.method]
  const ranges = rangesOf(own.method)
  const resource = resourceOf(own.method)
  const earlier = earlierSearch(before, params)
  const notes: string[] = []
  let plan: SearchPlan | undefined
  const summarize = (ended: SearchSummary['ended']): SearchSummary => ({
    method: own.method,
    measure: params.measure,
    ranges,
    nTrain: fold.training.cells.values.length,
    nValidation: fold.test.values.length,
    trials: trials.list,
    best: trials.best,
    ended,
    ...(plan && { plan }),
    notes
  })
  const trials = new Trials(
    earlier?.trials ?? [],
    own,
    ranges,
    resource,
    params,
    context,
    (asked, told, share) => judgeModel(asked, fold, pace, { ...context, progress: told }, share),
    () => context.keep?.(summarize('stopped'))
  )
  /** Goes through a plan; the one that was not finished, first. */
  const follow = (next: SearchPlan): boolean => {
    plan = next
    return next.kind === 'grid'
      ? trials.tryAll(gridOf(ranges, next.after + next.fits))
      : halve(trials, own[resource!], ranges, next, params.seed)
  }
  const kind = params.kind === 'halving' && resource === null ? 'random' : params.kind
  if (ranges.length === 0) notes.push(`${title} has no parameters to search for.`)
  else if (kind !== params.kind) {
    notes.push(`${title} is solved at once and cannot be fitted shorter: the trials are random ones.`)
  }
  trials.tryOut({}, null)
  if (ranges.length > 0) {
    if (kind === 'random') trials.tryAll(randomPoints(ranges, trials.list.length + trials.left, params.seed))
    else {
      const unfinished = earlier?.ended !== 'tried' && earlier?.plan?.kind === kind ? earlier.plan : null
      if ((unfinished === null || follow(unfinished)) && trials.left > 0) {
        follow({ kind, after: trials.list.length - 1, fits: trials.left })
      }
    }
  }
  return { summary: summarize(trials.ended ?? 'tried'), arrays: {}, lists: {} }
}
