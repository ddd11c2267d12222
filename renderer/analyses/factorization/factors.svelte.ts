import { overLength } from '../../../core/analyses/factorization/figures/factor-lengths.ts'
import { shareShown, userScale } from '../../../core/analyses/factorization/figures.ts'
import type { FactorizationSummary } from '../../../core/analyses/factorization/spec.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { call } from '../../app/api.ts'
import { session } from '../../app/session.svelte.ts'
import type { ScatterModel } from '../../plots/scatter.ts'
import { formatNumber, formatPercent } from '../../ui/format.ts'
import { follow } from '../resource.svelte.ts'
import { loadSummary, once, resultKey } from '../results.ts'
import { loadCoordinates } from './coordinates.ts'
import { NameIndex } from './find-names.ts'
import type { ItemColours } from './item-colours.svelte.ts'
import { labelsOf, mapMarks, MOST_RATED } from './map-model.ts'
import { loadNumbers, type FactorNumbers } from './numbers.ts'
import { pickedOf, type Picked } from './picked.svelte.ts'

/** Numbers of factors up to which all of them are loaded; of more only those that are drawn. */
const LOADED_WHOLE = 2e6
/** Factors of a large model that stand in the tables besides those drawn. */
const FIRST_FACTORS = 2

/** "factor 1 · 62.1 % of the item factors" */
export function factorName(summary: FactorizationSummary, factor: number): string {
  return `factor ${factor + 1} · ${formatPercent(summary.factorShare[factor] ?? 0, 1)} of the item factors`
}

/** A picture of the items: where their factors lie, or how long they are. */
export type Picture = 'plane' | 'lengths'

const COSINE = 1

/** Place of the first number that is not below another. @param ascending numbers */
function firstFrom(ascending: readonly number[], least: number): number {
  const place = ascending.findIndex((number) => number >= least)
  return place < 0 ? ascending.length : place
}

const numbersIn = (text: string): number[] => (text === '' ? [] : text.split(' ').map(Number))

/** Everything the views of one factorization share. Points of the map are numbered items first, then users. */
export class FactorPoints {
  readonly #analysis: () => AnalysisInfo
  readonly #summary
  readonly #numbers
  readonly #coordinates
  readonly #lengths
  /** names that stand on the map before others: those of a list */
  first = $state.raw<readonly number[]>([])
  /** users that stand out, by their points */
  people = $state.raw<readonly number[]>([])

  constructor(
    analysis: () => AnalysisInfo,
    readonly colours: ItemColours
  ) {
    this.#analysis = analysis
    const key = (): string => resultKey(analysis())
    this.#summary = follow(key, () => loadSummary<FactorizationSummary>(analysis()))
    this.#numbers = follow(key, () => loadNumbers(analysis()))
    this.#coordinates = follow(key, () => (this.summary ? loadCoordinates(analysis(), this.loadedFactors) : null))
    this.#lengths = follow(key, () =>
      this.hasFactors && (this.picture === 'lengths' || this.isOverLength)
        ? once(`${key()} lengths`, () => call('recommend.itemLengths', { analysisId: analysis().id }))
        : null
    )
  }

  get analysis(): AnalysisInfo {
    return this.#analysis()
  }
  get summary(): FactorizationSummary | null {
    return this.#summary.value
  }
  get numbers(): FactorNumbers | null {
    return this.#numbers.value
  }
  get coordinates() {
    return this.#coordinates.value
  }
  get error() {
    return this.#summary.error ?? this.#numbers.error ?? this.#coordinates.error
  }
  /** ‖q‖ of the items; asked for when a picture needs them */
  get lengths() {
    return this.#lengths.value
  }
  get lengthsError() {
    return this.#lengths.error
  }

  get picture(): Picture {
    return session.plotChoice<Picture>(this.#analysis().id, 'picture', 'plane')
  }
  choosePicture(picture: Picture): void {
    session.setPlotChoice(this.#analysis().id, 'picture', picture)
  }

  /** α of nearness q·r / (‖q‖^α ‖r‖^α): 0 is the dot product, 1 the cosine */
  get exponent(): number {
    return this.#exponent
  }
  setExponent(exponent: number): void {
    session.setPlotChoice(this.#analysis().id, 'exponent', exponent)
  }

  /** whether items stand at q/‖q‖^α, where what the measure calls near is near */
  get isOverLength(): boolean {
    return session.plotChoice<boolean>(this.#analysis().id, 'overLength', false)
  }
  standOverLength(over: boolean): void {
    session.setPlotChoice(this.#analysis().id, 'overLength', over)
  }
  /** "q/‖q‖^0.4" where items stand there; null where they stand at q */
  readonly overLengthText = $derived.by(() => {
    if (!this.isOverLength || !this.lengths || this.exponent === 0) return null
    return this.exponent === 1 ? 'q/‖q‖' : `q/‖q‖^${formatNumber(this.exponent, 2)}`
  })

  get nItems(): number {
    return this.numbers?.items.length ?? 0
  }
  get hasFactors(): boolean {
    return (this.summary?.nFactors ?? 0) > 0
  }
  // Numbers, each on its own: another choice of the same result is no reason to place all points anew and lose the zoom.
  readonly #lastFactor = $derived(Math.max(0, (this.summary?.nFactors ?? 1) - 1))
  readonly #axisX = $derived(Math.min(this.#lastFactor, session.plotChoice(this.analysis.id, 'axisX', 0)))
  readonly #axisY = $derived(
    Math.min(this.#lastFactor, session.plotChoice(this.analysis.id, 'axisY', Math.min(1, this.#lastFactor)))
  )
  readonly #exponent = $derived(session.plotChoice<number>(this.analysis.id, 'exponent', COSINE))

  get axes(): [number, number] {
    return [this.#axisX, this.#axisY]
  }

  setAxis(which: 0 | 1, factor: number): void {
    session.setPlotChoice(this.#analysis().id, which === 0 ? 'axisX' : 'axisY', factor)
  }

  /** factors that are in the page: all of a small model, else the first and those drawn */
  get loadedFactors(): number[] {
    const { nFactors, nUsers, nItems } = this.summary!
    const all = Array.from({ length: nFactors }, (_, k) => k)
    if ((nUsers + nItems) * nFactors <= LOADED_WHOLE) return all
    return [...new Set([...all.slice(0, FIRST_FACTORS), ...this.axes])].sort((a, b) => a - b)
  }

  /** the most rated items only, or all of them */
  readonly showsAll = $derived.by(
    () => this.nItems <= MOST_RATED || session.plotChoice<string>(this.analysis.id, 'mapItems', 'most') === 'all'
  )

  showAll(all: boolean): void {
    session.setPlotChoice(this.#analysis().id, 'mapItems', all ? 'all' : 'most')
  }

  get picked(): Picked {
    return pickedOf(this.#analysis().id)
  }
  /** point numbers of the map that are picked out, ascending */
  get selected(): readonly number[] {
    return this.picked.points
  }

  /** what a lasso caught on a map: items, and users by their place among the users */
  readonly caught = $derived.by<{ item: readonly number[]; user: readonly number[] }>(() => {
    const { nItems, picked } = this
    const nUsers = this.numbers?.users.length ?? 0
    const split = firstFrom(picked.area, nItems)
    return {
      item: picked.area.slice(0, split),
      user: picked.area.slice(split, firstFrom(picked.area, nItems + nUsers)).map((point) => point - nItems)
    }
  })

  nameOf(point: number): string {
    return point < this.nItems ? this.numbers!.items[point]! : this.numbers!.users[point - this.nItems]!
  }

  select(points: ArrayLike<number>): void {
    this.picked.select(points)
  }

  readonly itemNames = $derived(new NameIndex(this.numbers?.items ?? []))
  readonly userNames = $derived(new NameIndex(this.numbers?.users ?? []))

  /** Points whose name holds the words, best first, items before users. */
  find(words: string): number[] {
    return [...this.itemNames.find(words), ...this.userNames.find(words).map((user) => user + this.nItems)]
  }

  /** coordinates of all points, and how users were scaled to stand among the items */
  readonly plane = $derived.by(() => {
    const { numbers, summary, coordinates, hasFactors } = this
    if (!numbers || !summary || !coordinates || !hasFactors) return null
    const [axisX, axisY] = this.axes
    const of = (side: 'user' | 'item'): { x: Float64Array; y: Float64Array } | null => {
      const [x, y] = [coordinates[side].get(axisX), coordinates[side].get(axisY)]
      if (!x || !y) return null
      return { x, y: summary.nFactors < 2 || axisX === axisY ? new Float64Array(x.length) : y }
    }
    const [plain, users] = [of('item'), of('user')]
    if (!plain || !users) return null
    const { lengths } = this
    const items =
      this.overLengthText !== null && lengths
        ? { x: overLength(plain.x, lengths, this.exponent), y: overLength(plain.y, lengths, this.exponent) }
        : plain
    const scale = userScale(items, users)
    const together = (a: Float64Array, b: Float64Array): Float64Array => {
      const all = new Float64Array(a.length + b.length)
      all.set(a)
      for (let i = 0; i < b.length; i++) all[a.length + i] = b[i]! * scale
      return all
    }
    return {
      x: together(items.x, users.x),
      y: together(items.y, users.y),
      scale,
      share: shareShown(summary.factorShare, this.axes)
    }
  })

  /** items by ratings, most first */
  readonly ranked = $derived.by(() => {
    const counts = this.numbers?.itemCounts ?? []
    return Array.from(counts, (_, item) => item).sort((a, b) => counts[b]! - counts[a]! || a - b)
  })

  /** items that are on the map only because they are asked for; a text, so that the same ones are no other */
  readonly #besides = $derived.by(() => {
    if (this.showsAll) return ''
    const usual = new Set(this.ranked.slice(0, MOST_RATED))
    const besides = [...this.selected, ...this.first].filter((point) => point < this.nItems && !usual.has(point))
    return [...new Set(besides)].sort((a, b) => a - b).join(' ')
  })

  readonly #standOut = $derived(this.people.join(' '))

  /** all of the map but its names: a name more leaves it as it is */
  readonly #marks = $derived.by(() => {
    const { numbers, summary, plane } = this
    if (!numbers || !summary || !plane) return null
    const [xAxis, yAxis] = this.axes
    const single = summary.nFactors < 2 || xAxis === yAxis
    const over = this.overLengthText
    const nameOf = (axis: number): string =>
      over === null ? factorName(summary, axis) : `factor ${axis + 1} of ${over}`
    return mapMarks({
      ...plane,
      numbers,
      axisNames: [nameOf(xAxis), single ? 'one factor only' : nameOf(yAxis)],
      ranked: this.ranked,
      showsAll: this.showsAll,
      first: numbersIn(this.#besides),
      people: numbersIn(this.#standOut),
      colouring: this.colours.value
    })
  })

  readonly model = $derived.by<ScatterModel | null>(() => {
    const [marks, numbers, plane] = [this.#marks, this.numbers, this.plane]
    if (!marks || !numbers || !plane) return null
    const { ranked, people } = this
    return {
      ...marks,
      labels: labelsOf({ ...plane, numbers, ranked, people, first: [...this.selected, ...this.first] })
    }
  })
}
