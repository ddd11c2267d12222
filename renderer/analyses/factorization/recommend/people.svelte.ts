import type { GivenRating, Person } from '../../../../core/contract/recommending.ts'
import { call } from '../../../app/api.ts'
import { session } from '../../../app/session.svelte.ts'

export interface SavedPerson {
  name: string
  ratings: GivenRating[]
  /** ratings of items that the result does not have */
  unknown: number
}

/** Those saved with the table of a result, by the result that is looked at. */
class People {
  #saved = $state.raw<ReadonlyMap<string, SavedPerson[]>>(new Map())

  of(analysisId: string): readonly SavedPerson[] {
    return this.#saved.get(analysisId) ?? []
  }

  ratingsOf(analysisId: string, name: string): GivenRating[] {
    return this.of(analysisId).find((person) => person.name === name)?.ratings ?? []
  }

  async load(analysisId: string): Promise<void> {
    const found = await session.attempt('Saved people could not be read', () =>
      call('recommend.people', { analysisId })
    )
    if (found) this.#saved = new Map([...this.#saved, [analysisId, found]])
  }

  async save(analysisId: string, name: string, ratings: GivenRating[]): Promise<boolean> {
    const done = await session.attempt(`${name} could not be saved`, () =>
      call('recommend.savePerson', { analysisId, name, ratings })
    )
    await this.load(analysisId)
    return done !== null
  }

  /** @returns who was removed, to be put back; null where nobody was */
  async remove(analysisId: string, name: string): Promise<Person | null> {
    const removed = await session.attempt(`${name} was not removed`, () =>
      call('recommend.removePerson', { analysisId, name })
    )
    await this.load(analysisId)
    return removed
  }

  async restore(analysisId: string, person: Person): Promise<void> {
    await session.attempt(`${person.name} was not put back`, () =>
      call('recommend.restorePerson', { analysisId, person })
    )
    await this.load(analysisId)
  }
}

export const people = new People()
