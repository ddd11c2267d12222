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

/** Items by category, sized by √ratings, among users as small plus signs. */
export function mapModel(input: MapInput): ScatterModel {
  const { x, y, numbers, scale, colouring } = input
  const nItems = numbers.items.length
  const nUsers = numbers.users.length
  const diameters = new Float64Array(nItems + nUsers).fill(nUsers > 500 ? 4 : 7)
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
    axisNames: input.axisNames,
    labels: labelsOf(input, nItems),
    ...(!few && drawn.length > 1 && { framed: [...drawn, ...input.people] }),
    ...byNumber
  }
}

function countFrom(first: number, n: number): Int32Array {
  const all = new Int32Array(n)
  for (let i = 0; i < n; i++) all[i] = first + i
  return all
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
  return colouring.categories
    .map((category, i): ScatterGroup => ({
      ...category,
      members: drawn.filter((item) => colouring.of[item] === i),
      ...(category.colour !== OTHER_COLOUR && { of: colouring.column })
    }))
    .filter((group) => group.members.length > 0)
}

/** What is asked for first, then items by ratings, then users where they are few. */
function labelsOf({ x, y, numbers, ranked, first, people }: MapInput, nItems: number): ScatterModel['labels'] {
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
