import { EigendeskError } from '../../../../contract/errors.ts'
import type { StudyRun } from '../../../../contract/study.ts'
import { SeededRandom } from '../../../../linalg/random.ts'
import { dealFolds, partsOfFold } from '../../judging/folds.ts'
import { isSmall, type RatingsSize } from '../../layout.ts'
import { methods } from '../../methods.ts'
import { makePace } from '../../../../linalg/pace.ts'
import { prepareRatings, prepareTraining, type PreparedRatings } from '../../prepare.ts'
import type { FactorizationParams, FactorizationSummary } from '../../spec.ts'
import { separate } from '../../split.ts'
import { candidatesOf } from './candidates.ts'
import { judgeModel, type Fold, type Judged } from './judge-model.ts'
import type { ModelsParams, ModelsSummary } from './spec.ts'
import { tableOfModels } from './table-of-models.ts'

/** The folds, each made when its turn comes: of ten million ratings one fills half of the memory.
 * @throws INVALID_PARAMETER where the result holds nothing out and no folds are asked for */
function foldsOf(
  { ratings, split, training, heldOut }: PreparedRatings,
  { folds, seed }: ModelsParams
): (() => Fold)[] {
  const [nUsers, nItems] = [ratings.users.length, ratings.items.length]
  if (folds < 2) {
    const { test } = split
    if (test === null) {
      const reason = 'this result holds out no ratings; ask for 2 or more'
      throw new EigendeskError('INVALID_PARAMETER', { field: 'Folds', reason })
    }
    return [() => ({ training, test, heldOut })]
  }
  const count = ratings.values.length
  if (count < 2 * folds) {
    const reason = `${folds} folds of ${count} ratings would be too small`
    throw new EigendeskError('INVALID_PARAMETER', { field: 'Folds', reason })
  }
  const dealt = dealFolds(count, folds, new SeededRandom(seed))
  return Array.from({ length: folds }, (_, held) => () => {
    const { train, test } = separate(ratings, partsOfFold(dealt, held))
    return { training: prepareTraining(train, nUsers, nItems), test: test!, heldOut: null }
  })
}

const sizeOf = ({ ratings, training }: PreparedRatings): RatingsSize => ({
  small: isSmall(ratings.values.length),
  nRatings: ratings.values.length,
  nItems: ratings.items.length,
  mean: training.mean
})

/** Fits several models to the same ratings and judges each on the same test ratings: on the result's own split, or on each of a
 * few folds. The ratings are made again from the table, as the result had them. */
export const runModels: StudyRun<FactorizationParams, FactorizationSummary, ModelsParams, ModelsSummary> = (
  { table, others = {}, params: own },
  params,
  context
) => {
  const { progress, checkpoint } = context
  const pace = makePace(checkpoint)
  progress('Reading ratings', 0)
  const prepared = prepareRatings(table, own, new SeededRandom(own.seed), others, pace, checkpoint)
  const candidates = candidatesOf(own, params.methods, sizeOf(prepared), params.seed)
  const folds = foldsOf(prepared, params)
  const judged = candidates.map((): (Judged | string)[] => [])
  let [nTrain, nTest] = [0, 0]
  folds.forEach((makeFold, place) => {
    const fold = makeFold()
    if (place === 0) nTrain = fold.training.cells.values.length
    nTest += fold.test.values.length
    candidates.forEach((candidate, model) => {
      const done = place * candidates.length + model
      const share = [done, done + 1].map((part) => 0.02 + (0.96 * part) / (folds.length * candidates.length))
      const title = `${methods[candidate.params.method].title}${folds.length > 1 ? `, fold ${place + 1} of ${folds.length}` : ''}`
      progress(title, share[0]!)
      const told: typeof progress = (_phase, fraction, point) =>
        progress(title, fraction, point && { ...point, model, fold: place })
      // A model that failed once is not tried on the other folds.
      if (judged[model]!.some((before) => typeof before === 'string')) return
      judged[model]!.push(
        judgeModel(candidate.params, fold, pace, { progress: told, checkpoint }, [share[0]!, share[1]!])
      )
      checkpoint()
    })
  })
  const notes = [
    ...prepared.ratings.notes,
    ...(params.folds >= 2 && own.testDataset !== null
      ? ['The folds are of this table alone, without the test table.']
      : [])
  ]
  const models = tableOfModels(candidates, judged)
  return {
    summary: { nFolds: params.folds < 2 ? 0 : params.folds, nTrain, nTest, ...models, notes },
    arrays: {},
    lists: {}
  }
}
