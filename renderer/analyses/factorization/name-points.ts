import type { NamedThing } from '../../app/named-things.ts'
import { session } from '../../app/session.svelte.ts'
import { formatPlural } from '../../ui/format.ts'
import { holdsWords } from './find-names.ts'
import type { FactorPoints } from './factors.svelte.ts'
import { nameOfUser } from './map-model.ts'
import type { AdviceChoice } from './recommend/choice.svelte.ts'
import { people } from './recommend/people.svelte.ts'

const MOST_ITEMS = 8
const MOST_USERS = 4

/** Items, users and saved people of a model by their names: an item is gone to on the map, or to its reasons; of a user the list is shown. */
export function findPoints(points: FactorPoints, choice: AdviceChoice, words: string): NamedThing[] {
  const { numbers, nItems, hasFactors } = points
  if (!numbers) return []
  const { id, name } = points.analysis
  const items = points.itemNames.find(words, MOST_ITEMS).map((item): NamedThing => ({
    id: `item ${item}`,
    label: numbers.items[item]!,
    detail: `item of ${name}, ${formatPlural(numbers.itemCounts[item]!, 'rating')}`,
    icon: 'waypoints',
    run: () => {
      points.select([item])
      if (hasFactors) {
        points.choosePicture('plane')
        points.picked.flyTo = item
      }
      session.setTab(id, hasFactors ? 'map' : 'recommend')
    }
  }))
  const saved = people
    .of(id)
    .filter(({ name: person }) => holdsWords(person, words))
    .map(({ name: person, ratings }): NamedThing => ({
      id: `person ${person}`,
      label: person,
      detail: `saved, ${formatPlural(ratings.length, 'rating')}; list by ${name}`,
      icon: 'star',
      run: () => {
        choice.choose({ kind: 'person', name: person })
        session.setTab(id, 'recommend')
      }
    }))
  const users = points.userNames.find(plainUser(words), MOST_USERS).map((user): NamedThing => ({
    id: `user ${user}`,
    label: nameOfUser(numbers.users[user]!),
    detail: `user of ${name}, ${formatPlural(numbers.userCounts[user]!, 'rating')}`,
    icon: 'waypoints',
    run: () => {
      choice.choose({ kind: 'user', name: numbers.users[user]! })
      points.select([nItems + user])
      session.setTab(id, 'recommend')
    }
  }))
  return [...saved, ...items, ...users]
}

/** A user whose name is a number is called "User 426". */
export const plainUser = (words: string): string => words.trim().replace(/^user\s+(?=\d)/i, '')
