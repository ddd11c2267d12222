import type { IconName } from '../ui/icons.ts'

/** Something in the result in sight that has a name of its own: an item, a user. */
export interface NamedThing {
  id: string
  label: string
  /** muted, after the label */
  detail: string
  icon: IconName
  run: () => void
}

type Finder = (words: string) => NamedThing[]

const finders = new Set<Finder>()

/** While a result is in sight the palette finds what it names. @returns ends that */
export function nameThings(find: Finder): () => void {
  finders.add(find)
  return () => finders.delete(find)
}

/** One letter is in too many names. */
const FEWEST_LETTERS = 2

/** What has such a name, the best of each kind first. */
export function findThings(words: string): NamedThing[] {
  if (words.trim().length < FEWEST_LETTERS) return []
  return [...finders].flatMap((find) => find(words))
}
