import {
  groupCoincident,
  markDiameters,
  planeOf,
  shareShown,
  sharedLabel,
  userScale
} from '../../../core/analyses/factorization/figures.ts'
import type { FactorizationSummary } from '../../../core/analyses/factorization/spec.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { session } from '../../app/session.svelte.ts'
import type { ScatterModel } from '../../plots/scatter.ts'
import { formatPercent } from '../../ui/format.ts'
import { follow } from '../resource.svelte.ts'
import { loadArray, loadList, loadSummary, resultKey } from '../results.ts'

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

/** The numbers of a factor model, as the views need them. */
export interface FactorNumbers {
  users: string[]
  items: string[]
  userFactors: ArrayLike<number>
  itemFactors: ArrayLike<number>
  userBias: ArrayLike<number>
  itemBias: ArrayLike<number>
  userCounts: ArrayLike<number>
  itemCounts: ArrayLike<number>
}

async function loadNumbers(analysis: AnalysisInfo): Promise<FactorNumbers> {
  const array = (name: string): Promise<ArrayLike<number>> => loadArray(analysis, name)
  const [users, items, userFactors, itemFactors, userBias, itemBias, userCounts, itemCounts] = await Promise.all([
    loadList(analysis, 'users'),
    loadList(analysis, 'items'),
    array('userFactors'),
    array('itemFactors'),
    array('userBias'),
    array('itemBias'),
    array('userCounts'),
    array('itemCounts')
  ])
  return { users, items, userFactors, itemFactors, userBias, itemBias, userCounts, itemCounts }
}

/** "factor 1 · 62.1 % of the item factors" */
export function factorName(summary: FactorizationSummary, factor: number): string {
  return `factor ${factor + 1} · ${formatPercent(summary.factorShare[factor] ?? 0, 1)} of the item factors`
}

/** Everything the views of one factorization share. Points of the map are numbered items first, then users. */
export class FactorPoints {
  readonly #analysis: () => AnalysisInfo
  readonly #summary
  readonly #numbers
  /** point numbers of the map that are picked out, ascending */
  selected = $state.raw<readonly number[]>([])

  constructor(analysis: () => AnalysisInfo) {
    this.#analysis = analysis
    const key = (): string => resultKey(analysis())
    this.#summary = follow(key, () => loadSummary<FactorizationSummary>(analysis()))
    this.#numbers = follow(key, () => loadNumbers(analysis()))
  }

  get summary(): FactorizationSummary | null {
    return this.#summary.value
  }
  get numbers(): FactorNumbers | null {
    return this.#numbers.value
  }
  get error() {
    return this.#summary.error ?? this.#numbers.error
  }
  get nItems(): number {
    return this.numbers?.items.length ?? 0
  }
  get axes(): [number, number] {
    const last = Math.max(0, (this.summary?.nFactors ?? 1) - 1)
    const axis = (key: string, fallback: number): number =>
      Math.min(last, session.plotChoice(this.#analysis().id, key, fallback))
    return [axis('axisX', 0), axis('axisY', Math.min(1, last))]
  }

  setAxis(which: 0 | 1, factor: number): void {
    session.setPlotChoice(this.#analysis().id, which === 0 ? 'axisX' : 'axisY', factor)
  }

  /** the most rated items only, or all of them */
  get showsAll(): boolean {
    return this.nItems <= MOST_RATED || session.plotChoice<string>(this.#analysis().id, 'mapItems', 'most') === 'all'
  }

  showAll(all: boolean): void {
    session.setPlotChoice(this.#analysis().id, 'mapItems', all ? 'all' : 'most')
  }

  nameOf(point: number): string {
    return point < this.nItems ? this.numbers!.items[point]! : this.numbers!.users[point - this.nItems]!
  }

  select(points: ArrayLike<number>): void {
    this.selected = [...new Set(Array.from(points))].sort((a, b) => a - b)
  }

  /** Points whose name holds the words, best first: equal, then beginning, then anywhere. */
  find(words: string): number[] {
    const wanted = words.trim().toLowerCase()
    if (wanted === '' || !this.numbers) return []
    const rank = (name: string): number =>
      name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3
    return [...this.numbers.items, ...this.numbers.users]
      .map((name, point) => ({ point, rank: rank(name.toLowerCase()) }))
      .filter((found) => found.rank < 3)
      .sort((a, b) => a.rank - b.rank || a.point - b.point)
      .map((found) => found.point)
  }

  /** coordinates of all points, and how users were scaled to stand among the items */
  readonly plane = $derived.by(() => {
    const { numbers, summary } = this
    if (!numbers || !summary) return null
    const items = planeOf(numbers.itemFactors, summary.nFactors, this.axes)
    const users = planeOf(numbers.userFactors, summary.nFactors, this.axes)
    const scale = userScale(items, users)
    return {
      x: Float64Array.from([...items.x, ...users.x.map((value) => value * scale)]),
      y: Float64Array.from([...items.y, ...users.y.map((value) => value * scale)]),
      scale,
      share: shareShown(summary.factorShare, this.axes)
    }
  })

  /** items by ratings, most first */
  readonly #ranked = $derived.by(() => {
    const counts = this.numbers?.itemCounts ?? []
    return Array.from(counts, (_, item) => item).sort((a, b) => counts[b]! - counts[a]! || a - b)
  })

  /** items on the map, ascending: the most rated, and what is picked out */
  readonly #drawn = $derived.by(() => {
    if (this.showsAll) return Array.from({ length: this.nItems }, (_, item) => item)
    const picked = this.selected.filter((point) => point < this.nItems)
    return [...new Set([...this.#ranked.slice(0, MOST_RATED), ...picked])].sort((a, b) => a - b)
  })

  readonly model = $derived.by<ScatterModel | null>(() => {
    const { numbers, summary, plane, nItems } = this
    if (!numbers || !summary || !plane) return null
    const nUsers = numbers.users.length
    const [xAxis, yAxis] = this.axes
    const single = summary.nFactors < 2 || xAxis === yAxis
    const y = single ? new Float64Array(plane.x.length) : plane.y
    const diameters = new Float64Array(nItems + nUsers).fill(nUsers > 500 ? 4 : 7)
    diameters.set(markDiameters(numbers.itemCounts, SMALLEST_MARK, LARGEST_MARK))
    return {
      x: plane.x,
      y,
      diameters,
      ellipses: false,
      groups: [
        {
          name: plane.scale === 1 ? 'Users' : `Users, × ${plane.scale}`,
          colour: 'axis',
          symbol: 'cross-thin-open',
          members: Array.from({ length: nUsers }, (_, i) => nItems + i)
        },
        { name: 'Items', colour: 'mark', symbol: 'circle', members: this.#drawn }
      ],
      axisNames: [factorName(summary, xAxis), single ? 'one factor only' : factorName(summary, yAxis)],
      labels: this.#labels(plane.x, y)
    }
  })

  /** What is picked out first, then items by ratings, then users where they are few. */
  #labels(x: Float64Array, y: Float64Array): ScatterModel['labels'] {
    const { numbers, nItems } = this
    if (!numbers) return []
    const items = this.#ranked.slice(0, TRIED_LABELS)
    const users = numbers.users.length <= NAMED_USERS ? numbers.users.map((_, i) => nItems + i) : []
    const picked = this.selected.slice(0, NAMED_USERS)
    const chosen = new Set(picked)
    let reach = 0
    for (const value of [...x, ...y]) reach = Math.max(reach, Math.abs(value))
    const share = (points: readonly number[]): { text: string; point: number }[] =>
      groupCoincident(
        points.map((point) => x[point]!),
        points.map((point) => y[point]!),
        reach * SAME_SPOT
      ).map((group) => ({ text: sharedLabel(group.map((i) => this.nameOf(points[i]!))), point: points[group[0]!]! }))
    return [
      ...share(picked),
      ...share(items.filter((point) => !chosen.has(point))),
      ...share(users.filter((point) => !chosen.has(point)))
    ]
  }
}
