import { explain, recommend, type TimeOf } from '../analyses/factorization/recommending/answers.ts'
import { knowModel, type KnownModel } from '../analyses/factorization/recommending/known-model.ts'
import {
  groupRatings,
  pickCells,
  placesWhere,
  type GroupedRatings,
  type RatingCells
} from '../analyses/factorization/cells.ts'
import { makePace } from '../analyses/factorization/pace.ts'
import { rowsOfItems, shareOfItems } from '../analyses/factorization/recommending/item-tables.ts'
import { describeItem } from '../analyses/factorization/recommending/similar-items.ts'
import { prepareRatings } from '../analyses/factorization/prepare.ts'
import { factorizationParamsSchema, type FactorizationSummary } from '../analyses/factorization/spec.ts'
import type { TableView } from '../contract/table.ts'
import { SeededRandom } from '../linalg/random.ts'
import type { Answers, RatingsReference, RecommendTask } from './recommend-request.ts'
import { reading, type SessionReader } from './session-reader.ts'
import type { TaskOutside } from './task-outside.ts'

/** Models a worker keeps: that in sight, and one it may be compared with. */
const KEPT_MODELS = 2

interface Kept {
  known: KnownModel
  timeOf: TimeOf
}

const kept = new Map<string, Kept>()

/** Answers a question about a stored factorization. The first one reads the model and its ratings; later ones find them here.
 * @throws INVALID_CALL | CANCELLED */
export function answerQuestion(task: RecommendTask, outside: TaskOutside): Answers[keyof Answers] {
  const { known, timeOf } = keep(task, outside)
  const { question } = task
  switch (question.ask) {
    case 'user':
      return recommend(known, question.who, question.n, question.filter, timeOf)
    case 'explain':
      return explain(known, question.who, question.item)
    case 'similar':
      return describeItem(known, question.item, question.n, question.exponent)
    case 'predict':
      return Float64Array.from(question.pairs, ([user, item]) => known.scorer.predict(user, item))
    case 'itemShares':
      return reading(outside, (reader) =>
        question.columns.map((column) => shareOfItems(reader.column(column), column.nRows, known.items))
      )
    case 'itemRows': {
      const { column } = question
      return reading(outside, (reader) => rowsOfItems(reader.column(column), column.nRows, known.items))
    }
  }
}

function keep(task: RecommendTask, outside: TaskOutside): Kept {
  const found = kept.get(task.key)
  if (found) {
    // The one used last goes last.
    kept.delete(task.key)
    kept.set(task.key, found)
    return found
  }
  for (const key of [...kept.keys()].slice(0, 1 - KEPT_MODELS)) kept.delete(key)
  const read = reading(outside, (reader) => readModel(task, reader, outside))
  kept.set(task.key, read)
  return read
}

/** Reads the arrays of a result, and makes its training ratings again from the table. */
function readModel({ result, table, others }: RecommendTask, reader: SessionReader, outside: TaskOutside): Kept {
  const { post, checkpoint } = outside
  post({ type: 'progress', phase: 'Reading the ratings', fraction: 0.1 })
  const params = factorizationParamsSchema.parse(result.params)
  const summary = result.summary as unknown as FactorizationSummary
  const view = viewOf(table, reader)
  const tests = Object.fromEntries(others.map((other) => [other.datasetId, viewOf(other, reader)]))
  const pace = makePace(checkpoint)
  const { ratings, split, training } = prepareRatings(
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
    held: split.test === null ? null : groupKnown(split.test, ratings.users.length),
    deviation: training.deviation,
    arrays
  })
  const time = view.columns.find((column) => column.name === params.time)
  return { known, timeOf: time ? timesBy(ratings, time) : () => null }
}

/** Held out ratings by user; those of users or items the model does not know are left out. */
function groupKnown(cells: RatingCells, nUsers: number): GroupedRatings {
  const isKnown = (t: number): boolean => cells.userIndex[t]! >= 0 && cells.itemIndex[t]! >= 0
  const { userIndex, itemIndex, values } = pickCells(cells, placesWhere(cells.values.length, isKnown))
  return groupRatings(userIndex, itemIndex, values, nUsers)
}

/** A table whose "lines" are its row numbers, so that a rating leads back to its row. */
function viewOf({ nRows, columns }: RatingsReference, reader: SessionReader): TableView {
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
