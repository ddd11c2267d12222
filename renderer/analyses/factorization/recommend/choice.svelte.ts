import { purposeOf } from '../../../../core/analyses/factorization/figures/purpose.ts'
import type { GivenRating, ListFilter, Who } from '../../../../core/contract/recommending.ts'
import { session } from '../../../app/session.svelte.ts'
import type { FactorPoints } from '../factors.svelte.ts'
import { splitYear } from '../item-words.ts'
import { nameOfUser } from '../map-model.ts'
import { listChoiceOf, type ListChoice } from './list-choice.ts'
import { people } from './people.svelte.ts'

/** Whose list is looked at: names, so that it holds for a result that is run again. */
export type WhoChoice = { kind: 'user'; name: string } | { kind: 'person'; name: string } | { kind: 'you' }

/** A user with fewer ratings says little for a first look. */
const TELLING = 20

/** What is asked about a model's people: whose list, narrowed how, and what the person at the desk has rated. Remembered with the
 * session. */
export class AdviceChoice {
  readonly #of: () => FactorPoints

  constructor(points: () => FactorPoints) {
    this.#of = points
  }

  get points(): FactorPoints {
    return this.#of()
  }

  get #id(): string {
    return this.points.analysis.id
  }
  get isPreferences(): boolean {
    return this.points.summary !== null && purposeOf(this.points.summary.method) === 'preferences'
  }

  readonly #itemOf = $derived.by(() => new Map((this.points.numbers?.items ?? []).map((name, item) => [name, item])))

  get choice(): WhoChoice {
    const chosen = session.plotChoice<{ kind: string; name?: string } | null>(this.#id, 'who', null) as WhoChoice | null
    if (chosen?.kind === 'you' && this.given.length > 0) return chosen
    if (chosen?.kind === 'user' && this.#userOf(chosen.name) >= 0) return chosen
    if (chosen?.kind === 'person' && people.of(this.#id).some(({ name }) => name === chosen.name)) return chosen
    return { kind: 'user', name: this.points.numbers?.users[this.#firstUser] ?? '' }
  }

  #userOf(name: string): number {
    return this.points.numbers?.users.indexOf(name) ?? -1
  }

  choose(choice: WhoChoice): void {
    session.setPlotChoice(this.#id, 'who', { ...choice })
    this.points.select([])
  }

  /** the first user with enough ratings to tell something, else the one with most */
  readonly #firstUser = $derived.by(() => {
    const counts = Array.from(this.points.numbers?.userCounts ?? [])
    const telling = counts.findIndex((count) => count >= TELLING)
    return telling >= 0 ? telling : Math.max(0, counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0)))
  })

  /** as the engine is asked */
  get who(): Who {
    const { choice } = this
    if (choice.kind === 'you') return { ratings: this.given }
    if (choice.kind === 'person') return { ratings: people.ratingsOf(this.#id, choice.name) }
    return { user: Math.max(0, this.#userOf(choice.name)) }
  }
  get name(): string {
    const { choice } = this
    return choice.kind === 'you' ? 'You' : choice.kind === 'user' ? nameOfUser(choice.name) : choice.name
  }
  /** for the middle of a sentence: "user 426", "you" */
  get nameWithin(): string {
    return this.name.replace(/^(User \d|You$)/, (start) => start.toLowerCase())
  }
  /** point of the map, −1 for who is no user of the table */
  get point(): number {
    return 'user' in this.who ? this.points.nItems + this.who.user : -1
  }

  /** what the person at the desk has rated, by the items of this result */
  get given(): GivenRating[] {
    return this.#stored.flatMap(({ item, value }) => {
      const index = this.#itemOf.get(item)
      return index === undefined ? [] : [{ item: index, value }]
    })
  }

  get #stored(): { item: string; value: number }[] {
    return session.plotChoice<{ item: string; value: number }[]>(this.#id, 'given', [])
  }

  /** @param value null takes the rating away */
  rate(item: number, value: number | null): void {
    const name = this.points.numbers!.items[item]!
    const known = this.#stored.some((rating) => rating.item === name)
    const rating = { item: name, value: value ?? 0 }
    const kept = this.#stored.filter((one) => value !== null || one.item !== name)
    const next = known ? kept.map((one) => (one.item === name ? rating : one)) : [...kept, rating]
    session.setPlotChoice(this.#id, 'given', next)
  }

  startOver(): void {
    session.setPlotChoice(this.#id, 'given', [])
  }

  get list(): ListChoice {
    return listChoiceOf(this.#id, this.points.summary)
  }

  narrow(change: Partial<ListChoice>): void {
    session.setPlotChoice(this.#id, 'list', { ...this.list, ...change })
  }

  /** year by item, read of its name; null where no name has one */
  readonly years = $derived.by<Int32Array | null>(() => {
    const years = Int32Array.from(this.points.numbers?.items ?? [], (name) => splitYear(name).year ?? 0)
    return years.some((year) => year > 0) ? years : null
  })

  /** Everything a list may hold again, but for what its person has seen. */
  showAll(): void {
    this.narrow({ minRatings: 0, maxRatings: null, word: '', low: null, high: null, fromYear: null, toYear: null })
    this.points.picked.leaveArea()
  }

  /** Another column to filter by: what was chosen of the last one says nothing of it. */
  filterBy(column: string): void {
    this.points.colours.chooseKinds(column)
    this.narrow({ word: '', low: null, high: null })
  }

  /** what the fields of the filter say */
  readonly filter = $derived.by<ListFilter>(() => this.#filterOf(null))
  /** the same among what a lasso caught on the map */
  readonly filterOnMap = $derived.by<ListFilter>(() => this.#filterOf(this.points.caught.item))

  #filterOf(caught: readonly number[] | null): ListFilter {
    const { seen, minRatings, maxRatings } = this.list
    const passes = this.#passes
    const among = caught && caught.length > 0 ? Int32Array.from(caught) : null
    const allowed =
      passes || among
        ? (among ?? Int32Array.from(this.points.ranked).sort()).filter((item) => passes?.(item) ?? true)
        : null
    return {
      seen: seen ? 'include' : 'exclude',
      ...(minRatings > 0 && { minRatings }),
      ...(maxRatings !== null && { maxRatings }),
      ...(allowed && { items: allowed })
    }
  }

  /** whether an item has the column and the year that are asked for; null where neither is */
  readonly #passes = $derived.by<((item: number) => boolean) | null>(() => {
    const { word, low, high, fromYear, toYear } = this.list
    const { years } = this
    const { kinds } = this.points.colours
    const { numbers, words } = kinds
    const tests: ((item: number) => boolean)[] = []
    if (word !== '' && words.some((one) => one.word === word)) tests.push((item) => kinds.has(item, word))
    if (word !== '' && kinds.cells && words.length === 0) tests.push((item) => kinds.holds(item, word))
    if (numbers && (low !== null || high !== null))
      tests.push((item) => numbers[item]! >= (low ?? -Infinity) && numbers[item]! <= (high ?? Infinity))
    if (years && (fromYear !== null || toYear !== null))
      tests.push((item) => years[item]! >= (fromYear ?? 1) && years[item]! <= (toYear ?? 9999))
    return tests.length > 0 ? (item) => tests.every((test) => test(item)) : null
  })

  /** the filter as a text, for the key of an answer */
  readonly filterKey = $derived.by(() => JSON.stringify(this.list) + this.points.colours.kinds.name)
  readonly filterOnMapKey = $derived.by(() => `${this.filterKey} ${this.points.caught.item.join(' ')}`)
}
