import { z } from 'zod'
import { EigendeskError } from '../contract/errors.ts'
import { personSchema, type GivenRating, type Person } from '../contract/recommending.ts'
import type { SessionFile } from '../session/session-file.ts'

/** Under this key the people saved with a table are kept: every model of it, also one fitted later, knows them. */
const FINDING = 'people'

const peopleSchema = z.array(personSchema)

interface KnownPerson {
  name: string
  ratings: GivenRating[]
  /** ratings of items that the model does not have */
  unknown: number
}

/** @throws ANALYSIS_UNKNOWN */
export function listPeople(session: SessionFile, analysisId: string): KnownPerson[] {
  const people = read(session, datasetOf(session, analysisId))
  if (people.length === 0) return []
  const places = new Map(session.analyses.items(analysisId, 'items').map((name, item) => [name, item]))
  return people.map(({ name, ratings }) => {
    const known = ratings.flatMap(({ item, value }) => {
      const place = places.get(item)
      return place === undefined ? [] : [{ item: place, value }]
    })
    return { name, ratings: known, unknown: ratings.length - known.length }
  })
}

/** @throws ANALYSIS_UNKNOWN | INVALID_CALL where an item is not there */
export function keepPerson(session: SessionFile, analysisId: string, name: string, ratings: GivenRating[]): void {
  const datasetId = datasetOf(session, analysisId)
  const items = session.analyses.items(analysisId, 'items')
  const named = ratings.map(({ item, value }) => {
    const known = items[item]
    if (known === undefined) throw new EigendeskError('INVALID_CALL', { reason: `item ${item} of ${items.length}` })
    return { item: known, value }
  })
  const others = read(session, datasetId).filter((person) => person.name !== name)
  write(session, datasetId, [...others, { name, ratings: named }])
}

/** @throws ANALYSIS_UNKNOWN */
export function removePerson(session: SessionFile, analysisId: string, name: string): void {
  const datasetId = datasetOf(session, analysisId)
  write(
    session,
    datasetId,
    read(session, datasetId).filter((person) => person.name !== name)
  )
}

const datasetOf = (session: SessionFile, analysisId: string): string => session.analyses.get(analysisId).datasetId

function read(session: SessionFile, datasetId: string): Person[] {
  const parsed = peopleSchema.safeParse(session.findings.get(datasetId, FINDING) ?? [])
  return parsed.success ? parsed.data : []
}

const write = (session: SessionFile, datasetId: string, people: Person[]): void =>
  session.findings.put(datasetId, FINDING, people)
