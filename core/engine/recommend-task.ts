import { lengthsOf } from '../analyses/factorization/figures/factor-lengths.ts'
import { explain, recommend } from '../analyses/factorization/recommending/answers.ts'
import { rowsOfItems, shareOfItems } from '../analyses/factorization/recommending/item-tables.ts'
import { describeItem } from '../analyses/factorization/recommending/similar-items.ts'
import { readKnownModel, type ReadModel } from './read-known-model.ts'
import type { Answers, RecommendTask } from './recommend-request.ts'
import { reading } from './session-reader.ts'
import type { TaskOutside } from './task-outside.ts'

/** Models a worker keeps: that in sight, and one it may be compared with. */
const KEPT_MODELS = 2

const kept = new Map<string, ReadModel>()

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
    case 'itemLengths': {
      const { itemFactors, nItems, nFactors } = known.model
      return lengthsOf(itemFactors, nItems, nFactors)
    }
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

function keep(task: RecommendTask, outside: TaskOutside): ReadModel {
  const found = kept.get(task.key)
  if (found) {
    // The one used last goes last.
    kept.delete(task.key)
    kept.set(task.key, found)
    return found
  }
  for (const key of [...kept.keys()].slice(0, 1 - KEPT_MODELS)) kept.delete(key)
  const read = reading(outside, (reader) => readKnownModel(task, reader, outside))
  kept.set(task.key, read)
  // Placing somebody new needs it, the first answer as a rule not: that is about a user of the table.
  if (read.known.model.nFactors > 0) setTimeout(read.known.itemGram)
  return read
}
