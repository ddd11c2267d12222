import { groupCoincident, markDiameters, sharedLabel } from '../../../core/analyses/factorization/figures.ts'
import type { Colouring } from '../../plots/categories.ts'
import { OTHER_COLOUR } from '../../plots/categories.ts'
import type { ScatterGroup, ScatterModel } from '../../plots/scatter.ts'
import { titleOf } from './item-words.ts'
import type { FactorNumbers } from './numbers.ts'

/** Items drawn unless all are asked for: those with few ratings lie in a heap at the middle. */
export const MOST_RATED = 300
/** Users are named on the map up to this many. */
const NAMED_USERS = 50
/** Labels tried on the map, most rated first; the rest appear on hover or by searching. */
const TRIED_LABELS = 150
/** Points closer than this share of the map's size share a label. */
const SAME_SPOT = 1e-6
const SMALLEST_MARK = 4
const LARGEST_MARK = 11
const PERSON_MARK = 16

export interface MapInput {
  /** coordinates, items first, then users times scale */
  x: Float64Array
  y: Float64Array
  scale: number
  numbers: FactorNumbers
  axisNames: readonly [string, string]
  /** items, most rated first */
  ranked: readonly number[]
  showsAll: boolean
  /** points that are drawn in any case, and named before others */
  first: readonly number[]
  /** users that stand out */
  people: readonly number[]
  /** by item; null: all alike */
  colouring: Colouring | null
}

/** Users beyond this many are drawn small and pale: what is dense of them stands out, and no item is lost among them. */
const MANY_USERS = 5000
const USER_MARKS = { few: 7, more: 4, many: 3 }
/** of 255 */
const PALE = 120

type LabelsInput = Pick<MapInput, 'x' | 'y' | 'numbers' | 'ranked' | 'first' | 'people'>

/** Items by category, sized by √ratings, among users as small plus signs. */
export function mapModel(input: MapInput): ScatterModel {
  return { ...mapMarks(input), labels: labelsOf(input) }
}

/** The marks alone, which take longer than their names where there are many. */
export function mapMarks(input: MapInput): Omit<ScatterModel, 'labels'> {
  const { x, y, numbers, scale, colouring } = input
  const nItems = numbers.items.length
  const nUsers = numbers.users.length
  const crowd = nUsers > MANY_USERS
  const diameters = new Float64Array(nItems + nUsers).fill(
    crowd ? USER_MARKS.many : nUsers > 500 ? USER_MARKS.more : USER_MARKS.few
  )
  diameters.set(markDiameters(numbers.itemCounts, SMALLEST_MARK, LARGEST_MARK))
  // The chosen user is drawn large over the plus sign: names stand clear of that.
  for (const point of input.people) diameters[point] = PERSON_MARK
  const drawn = drawnItems(input)
  const few = nUsers <= NAMED_USERS
  const users: ScatterGroup = {
    name: scale === 1 ? 'Users' : `Users, × ${scale}`,
    colour: 'axis',
    symbol: 'cross-thin-open',
    members: countFrom(nItems, nUsers)
  }
  const byNumber = colouring?.kind === 'number' && {
    scale: {
      name: colouring.column,
      values: padded(colouring.values, nItems + nUsers),
      low: colouring.low,
      high: colouring.high
    }
  }
  return {
    x,
    y,
    diameters,
    ellipses: false,
    groups: [users, ...itemGroups(drawn, colouring)],
    behind: nItems,
    ...(crowd && { strengths: new Uint8Array(nItems + nUsers).fill(255).fill(PALE, nItems) }),
    axisNames: input.axisNames,
    ...(!few && drawn.length > 1 && { framed: withPeople(drawn, input.people) }),
    ...byNumber
  }
}

function countFrom(first: number, n: number): Int32Array {
  const all = new Int32Array(n)
  for (let i = 0; i < n; i++) all[i] = first + i
  return all
}

function withPeople(drawn: Int32Array, people: readonly number[]): Int32Array {
  const framed = new Int32Array(drawn.length + people.length)
  framed.set(drawn)
  framed.set(people, drawn.length)
  return framed
}

function padded(values: Float64Array, length: number): Float64Array {
  const all = new Float64Array(length).fill(NaN)
  all.set(values)
  return all
}

/** items on the map, ascending: the most rated, and those that are asked for */
function drawnItems({ numbers, ranked, showsAll, first }: MapInput): Int32Array {
  const nItems = numbers.items.length
  if (showsAll) return countFrom(0, nItems)
  const asked = first.filter((point) => point < nItems)
  return Int32Array.from([...new Set([...ranked.slice(0, MOST_RATED), ...asked])]).sort()
}

/** The items that are drawn, by category. */
export function itemGroups(drawn: Int32Array, colouring: Colouring | null): ScatterGroup[] {
  if (colouring?.kind !== 'categories') return [{ name: 'Items', colour: 'mark', symbol: 'circle', members: drawn }]
  const members = membersOf(drawn, colouring.of, colouring.categories.length)
  return colouring.categories
    .map((category, i): ScatterGroup => ({
      ...category,
      members: members[i]!,
      ...(category.colour !== OTHER_COLOUR && { of: colouring.column })
    }))
    .filter((group) => group.members.length > 0)
}

/** Items by their category, in one pass. */
function membersOf(drawn: Int32Array, of: ArrayLike<number>, nCategories: number): Int32Array[] {
  const counts = new Int32Array(nCategories)
  for (const item of drawn) counts[of[item]!]!++
  const members = Array.from(counts, (count) => new Int32Array(count))
  counts.fill(0)
  for (const item of drawn) members[of[item]!]![counts[of[item]!]!++] = item
  return members
}

/** What is asked for first, then items by ratings, then users where they are few. */
export function labelsOf({ x, y, numbers, ranked, first, people }: LabelsInput): ScatterModel['labels'] {
  const nItems = numbers.items.length
  const nameOf = (point: number): string =>
    point < nItems ? titleOf(numbers.items[point]!) : nameOfUser(numbers.users[point - nItems]!)
  const few = numbers.users.length <= NAMED_USERS
  const users = few ? numbers.users.map((_, i) => nItems + i) : []
  const wanted = [...new Set([...people, ...first])].slice(0, NAMED_USERS)
  const chosen = new Set(wanted)
  let reach = 0
  for (let i = 0; i < x.length; i++) reach = Math.max(reach, Math.abs(x[i]!), Math.abs(y[i]!))
  const share = (points: readonly number[]): { text: string; point: number }[] =>
    groupCoincident(
      points.map((point) => x[point]!),
      points.map((point) => y[point]!),
      reach * SAME_SPOT
    ).map((group) => ({ text: sharedLabel(group.map((i) => nameOf(points[i]!))), point: points[group[0]!]! }))
  return [
    ...share(wanted),
    ...share(ranked.slice(0, TRIED_LABELS).filter((point) => !chosen.has(point))),
    ...share(users.filter((point) => !chosen.has(point)))
  ]
}

/** "User 426"; what is a name already stays as it is. */
export function nameOfUser(name: string): string {
  return /^\d+$/.test(name) ? `User ${name}` : name
}
