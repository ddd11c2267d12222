import type { KnownWho } from '../analyses/factorization/recommending/answers.ts'
import { EigendeskError } from '../contract/errors.ts'
import type { recommendCalls } from '../contract/recommend-calls.ts'
import type { Who } from '../contract/recommending.ts'
import type { SessionFile } from '../session/session-file.ts'
import type { Desk } from './desk.ts'
import type { Handlers } from './dispatch.ts'
import type { JobQueue } from './jobs.ts'
import type { ModelWorker } from './model-worker.ts'
import { likelyColumns, rankTables } from './item-tables.ts'
import { keepPerson, listPeople, removePerson, restorePerson } from './people.ts'
import type { Answers, Question } from './recommend-request.ts'
import { referToModel } from './refer-to-model.ts'
import { referToColumns } from './session-requests.ts'
import { SlowWork } from './slow-work.ts'

/** Calls between a stored factorization and a person. */
export function recommendHandlers(
  desk: Desk,
  jobs: JobQueue,
  worker: ModelWorker
): Pick<Handlers, keyof typeof recommendCalls> {
  const work = new SlowWork(jobs)
  let asked = 0

  const ask = <A extends Question['ask']>(
    analysisId: string,
    question: Extract<Question, { ask: A }>
  ): Promise<Answers[A]> => {
    const { session } = desk
    const task = { task: 'recommend' as const, ...referToModel(session, analysisId), question }
    const { name, datasetId } = session.analyses.get(analysisId)
    // Questions wait for each other, and none takes the place of another: a page asks for a list and for reasons at once.
    return work.run(`question ${asked++}`, { name: `Ask ${name}`, datasetId }, (control) =>
      worker.ask(task, session, control)
    )
  }

  return {
    'recommend.user': ({ analysisId, who, n, filter }) =>
      ask(analysisId, { ask: 'user', who: resolve(desk.session, analysisId, who), n, filter }),
    'recommend.explain': ({ analysisId, who, item }) =>
      ask(analysisId, { ask: 'explain', who: resolve(desk.session, analysisId, who), item }),
    'recommend.similar': ({ analysisId, item, n, measure }) =>
      ask(analysisId, { ask: 'similar', item, n, exponent: measure.exponent }),
    'recommend.predict': ({ analysisId, pairs }) => ask(analysisId, { ask: 'predict', pairs }),
    'recommend.itemTables': async ({ analysisId }) => {
      const { session } = desk
      const columns = likelyColumns(session, analysisId)
      const shares = await ask(analysisId, { ask: 'itemShares', columns })
      return rankTables(session, analysisId, columns, shares)
    },
    'recommend.itemRows': ({ analysisId, datasetId, column }) => {
      const [reference] = referToColumns(desk.session, datasetId, [column])
      return ask(analysisId, { ask: 'itemRows', column: reference! })
    },
    'recommend.people': ({ analysisId }) => listPeople(desk.session, analysisId),
    'recommend.savePerson': ({ analysisId, name, ratings }) => {
      keepPerson(desk.session, analysisId, name, ratings)
      return {}
    },
    'recommend.removePerson': ({ analysisId, name }) => removePerson(desk.session, analysisId, name),
    'recommend.restorePerson': ({ analysisId, person }) => {
      restorePerson(desk.session, analysisId, person)
      return {}
    },
    'recommend.itemLengths': ({ analysisId }) => ask(analysisId, { ask: 'itemLengths' })
  }
}

/** Saved people by what they rated. @throws INVALID_CALL where nobody has that name */
function resolve(session: SessionFile, analysisId: string, who: Who): KnownWho {
  if (!('person' in who)) return who
  const found = listPeople(session, analysisId).find(({ name }) => name === who.person)
  if (!found) throw new EigendeskError('INVALID_CALL', { reason: `nobody is saved as ${who.person}` })
  return { ratings: found.ratings }
}
