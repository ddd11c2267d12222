import { groupRatings } from '../../../../core/analyses/factorization/cells.ts'
import { prepareRatings } from '../../../../core/analyses/factorization/prepare.ts'
import { knowModel, type KnownModel } from '../../../../core/analyses/factorization/recommending/known-model.ts'
import { runFactorization } from '../../../../core/analyses/factorization/run.ts'
import type { FactorizationParams } from '../../../../core/analyses/factorization/spec.ts'
import type { TableView } from '../../../../core/contract/table.ts'
import { SeededRandom } from '../../../../core/linalg/random.ts'
import { buildParams, drawRatings, noPace, quiet, tableOfCells } from '../build.ts'

/** Fits a table and knows the result as a worker does: from its arrays, and the ratings made again. */
export function fitKnown(table: TableView, over: Partial<FactorizationParams>): KnownModel {
  const params = buildParams(over)
  const { summary, arrays } = runFactorization(table, params, quiet, {})
  const random = new SeededRandom(params.seed)
  const { ratings, split, training, heldOut } = prepareRatings(table, params, random, {}, noPace, quiet.checkpoint)
  const { test } = split
  return knowModel({
    params,
    globalMean: summary.globalMean,
    users: ratings.users,
    items: ratings.items,
    training: training.byUser,
    given: heldOut?.given ?? null,
    held: test && groupRatings(test.userIndex, test.itemIndex, test.values, ratings.users.length),
    deviation: training.deviation,
    arrays
  })
}

/** A model of drawn ratings of 1 … 5. */
export const fitDrawn = (over: Partial<FactorizationParams>, seed = 1, nUsers = 9, nItems = 7): KnownModel =>
  fitKnown(tableOfCells(drawRatings(nUsers, nItems, 0.4, seed)), over)

export const noTimes = (): null => null
