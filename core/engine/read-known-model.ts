import type { TimeOf } from '../analyses/factorization/recommending/answers.ts'
import { knowModel, type KnownModel } from '../analyses/factorization/recommending/known-model.ts'
import {
  groupRatings,
  pickCells,
  placesWhere,
  type GroupedRatings,
  type RatingCells
} from '../analyses/factorization/cells.ts'
import { makePace } from '../linalg/pace.ts'
import { prepareRatings } from '../analyses/factorization/prepare.ts'
import { factorizationParamsSchema, type FactorizationSummary } from '../analyses/factorization/spec.ts'
import type { ResultArray } from '../contract/analysis.ts'
import type { TableView } from '../contract/table.ts'
import { SeededRandom } from '../linalg/random.ts'
import type { ModelReference, RatingsReference } from './recommend-request.ts'
import type { SessionReader } from './session-reader.ts'
import type { TaskOutside } from './task-outside.ts'

/** A model as it is read from a session. */
export interface ReadModel {
  known: KnownModel
  /** what is stored of it */
  arrays: Record<string, ResultArray>
  timeOf: TimeOf
}

/** Reads the arrays of a result, and makes its training ratings again from the table. */
export function readKnownModel(
  { result, table, others }: ModelReference,
  reader: SessionReader,
  outside: TaskOutside
): ReadModel {
  const { post, checkpoint } = outside
  post({ type: 'progress', phase: 'Reading the ratings', fraction: 0.1 })
  const params = factorizationParamsSchema.parse(result.params)
  const summary = result.summary as unknown as FactorizationSummary
  const view = viewOf(table, reader)
  const tests = Object.fromEntries(others.map((other) => [other.datasetId, viewOf(other, reader)]))
  const pace = makePace(checkpoint)
  const { ratings, split, training, heldOut } = prepareRatings(
    view,
    params,
    new SeededRandom(params.seed),
    tests,
    pace,
    checkpoint
  )
  post({ type: 'progress', phase: 'Reading the model', fraction: 0.6 })
  // Read now, all of the model's own: those of studies have a dot in their names.
  const names = Object.keys(result.arrays).filter((name) => !name.includes('.'))
  const arrays = Object.fromEntries(names.map((name) => [name, reader.array(result, name)]))
  const known = knowModel({
    params,
    globalMean: summary.globalMean,
    users: ratings.users,
    items: ratings.items,
    training: training.byUser,
    given: heldOut?.given ?? null,
    held: split.test === null ? null : groupKnown(split.test, ratings.users.length),
    deviation: training.deviation,
    arrays
  })
  const time = view.columns.find((column) => column.name === params.time)
  return { known, arrays, timeOf: time ? timesBy(ratings, time) : () => null }
}

/** Held out ratings by user; those of users or items the model does not know are left out. */
function groupKnown(cells: RatingCells, nUsers: number): GroupedRatings {
  const isKnown = (t: number): boolean => cells.userIndex[t]! >= 0 && cells.itemIndex[t]! >= 0
  const { userIndex, itemIndex, values } = pickCells(cells, placesWhere(cells.values.length, isKnown))
  return groupRatings(userIndex, itemIndex, values, nUsers)
}

/** A table whose "lines" are its row numbers, so that a rating leads back to its row. */
export function viewOf({ nRows, columns }: RatingsReference, reader: SessionReader): TableView {
  const lines = Int32Array.from({ length: nRows }, (_, row) => row)
  return { fileName: '', nRows, lines, columns: columns.map((column) => reader.column(column)) }
}

function timesBy(
  { userIndex, itemIndex, lines }: { userIndex: Int32Array; itemIndex: Int32Array; lines: Int32Array },
  column: TableView['columns'][number]
): TimeOf {
  const at = (row: number): number | string | null => {
    if (column.kind === 'number') return Number.isNaN(column.values[row]!) ? null : column.values[row]!
    return (column.kind === 'codes' ? column.dictionary[column.codes[row]!] : column.values[row]) ?? null
  }
  return (user) => {
    const times = new Map<number, number | string | null>()
    for (let t = 0; t < userIndex.length; t++) if (userIndex[t] === user) times.set(itemIndex[t]!, at(lines[t]!))
    return times
  }
}
