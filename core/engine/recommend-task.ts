import { lengthsOf } from '../analyses/factorization/figures/factor-lengths.ts'
import { explain, recommend } from '../analyses/factorization/recommending/answers.ts'
import { rowsOfItems, shareOfItems } from '../analyses/factorization/recommending/item-tables.ts'
import { rehearse } from '../analyses/factorization/recommending/rehearse.ts'
import { describeItem } from '../analyses/factorization/recommending/similar-items.ts'
import { EigendeskError } from '../contract/errors.ts'
import { readKnownModel, type ReadModel } from './read-known-model.ts'
import type { Answers, RecommendTask } from './recommend-request.ts'
import { reading } from './session-reader.ts'
import type { TaskOutside } from './task-outside.ts'

/** Models a worker keeps: that in sight, and one it may be compared with. */
const KEPT_MODELS = 2

/** So often somebody is placed to try: code that has run a few times runs fast. A question may come between two of them. */
const REHEARSALS = 3

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

/** What cannot be placed is said when it is asked for. */
function tryToRehearse({ known }: ReadModel): void {
  try {
    rehearse(known)
  } catch (error) {
    if (!(error instanceof EigendeskError)) throw error
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
  // The first answer is as a rule about a user of the table; somebody new is expected after it.
  for (let time = 0; time < REHEARSALS; time++) setTimeout(() => tryToRehearse(read))
  return read
}
