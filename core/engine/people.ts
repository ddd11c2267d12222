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
  put(session, datasetId, { name, ratings: named })
}

/** @returns who was removed; null where nobody has that name @throws ANALYSIS_UNKNOWN */
export function removePerson(session: SessionFile, analysisId: string, name: string): Person | null {
  const datasetId = datasetOf(session, analysisId)
  const people = read(session, datasetId)
  const removed = people.find((person) => person.name === name) ?? null
  if (removed)
    write(
      session,
      datasetId,
      people.filter((person) => person !== removed)
    )
  return removed
}

/** Puts somebody back who was removed, in the place of whoever took the name meanwhile. @throws ANALYSIS_UNKNOWN */
export function restorePerson(session: SessionFile, analysisId: string, person: Person): void {
  put(session, datasetOf(session, analysisId), person)
}

function put(session: SessionFile, datasetId: string, person: Person): void {
  const others = read(session, datasetId).filter(({ name }) => name !== person.name)
  write(session, datasetId, [...others, person])
}

const datasetOf = (session: SessionFile, analysisId: string): string => session.analyses.get(analysisId).datasetId

function read(session: SessionFile, datasetId: string): Person[] {
  const parsed = peopleSchema.safeParse(session.findings.get(datasetId, FINDING) ?? [])
  return parsed.success ? parsed.data : []
}

const write = (session: SessionFile, datasetId: string, people: Person[]): void =>
  session.findings.put(datasetId, FINDING, people)
