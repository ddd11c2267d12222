import { groupCoincident, sharedLabel, userScale } from '../../../core/analyses/factorization/figures.ts'
import type { SvdSummary } from '../../../core/analyses/svd/spec.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { session } from '../../app/session.svelte.ts'
import type { ScatterModel } from '../../plots/scatter.ts'
import { follow } from '../resource.svelte.ts'
import { loadArray, loadList, loadPlotted, loadSummary, resultKey } from '../results.ts'
import { capital, factorName, sideWords, type SideWords } from './words.ts'

/** Columns drawn unless all are asked for: most words of a text lie in a heap at the middle. */
export const STRONGEST = 300
/** Rows are named on the map up to this many; of more only those that are picked out. */
const NAMED_ROWS = 60
/** Sentences are long: fewer of them have room. */
const NAMED_DOCUMENTS = 20
const TRIED_LABELS = 150
/** Points closer than this share of the map's size share a label. */
const SAME_SPOT = 1e-6

/** What the views of one truncated SVD share. Points of the map are numbered rows first, then columns. */
export class SvdPoints {
  readonly #analysis: () => AnalysisInfo
  readonly #summary
  readonly #names
  readonly #plane
  readonly #vectors
  /** point numbers that are picked out, ascending */
  selected = $state.raw<readonly number[]>([])

  constructor(analysis: () => AnalysisInfo, needsVectors: () => boolean) {
    this.#analysis = analysis
    const key = (): string => resultKey(analysis())
    this.#summary = follow(key, () => loadSummary<SvdSummary>(analysis()))
    this.#names = follow(key, async () => ({
      rows: await loadList(analysis(), 'rows'),
      columns: await loadList(analysis(), 'columns')
    }))
    this.#plane = follow(key, () => {
      const { summary, axes } = this
      return summary === null ? null : loadPlane(analysis(), summary, axes)
    })
    this.#vectors = follow(key, () => {
      const { summary } = this
      return summary !== null && needsVectors() ? loadVectors(analysis(), summary) : null
    })
  }

  get summary(): SvdSummary | null {
    return this.#summary.value
  }
  get rowNames(): readonly string[] {
    return this.#names.value?.rows ?? []
  }
  get columnNames(): readonly string[] {
    return this.#names.value?.columns ?? []
  }
  get plane() {
    return this.#plane.value
  }
  /** U and V; null until they are needed and there */
  get vectors() {
    return this.#vectors.value
  }
  get ready(): boolean {
    return this.#summary.value !== null && this.#names.value !== null
  }
  get error() {
    return this.#summary.error ?? this.#names.error ?? this.#plane.error ?? this.#vectors.error
  }
  get nRows(): number {
    return this.summary?.nRows ?? 0
  }
  get words(): SideWords {
    return sideWords(this.summary?.source ?? 'columns')
  }

  /** Of words the first factor is what all have in common, how often they occur: the map begins with the next two. */
  get axes(): [number, number] {
    const K = this.summary?.nFactors ?? 1
    const first = this.summary?.source === 'text' && K >= 3 ? 1 : 0
    const axis = (key: string, fallback: number): number =>
      Math.min(K - 1, session.plotChoice(this.#analysis().id, key, fallback))
    return [axis('axisX', first), axis('axisY', Math.min(first + 1, K - 1))]
  }

  setAxis(which: 0 | 1, factor: number): void {
    session.setPlotChoice(this.#analysis().id, which === 0 ? 'axisX' : 'axisY', factor)
  }

  /** the factor whose ends are looked at */
  get factor(): number {
    const last = (this.vectors?.kept ?? 1) - 1
    return Math.min(last, session.plotChoice(this.#analysis().id, 'factor', this.axes[0]))
  }

  setFactor(factor: number): void {
    session.setPlotChoice(this.#analysis().id, 'factor', factor)
  }

  /** the strongest columns only, or all of them */
  get showsAll(): boolean {
    const few = this.columnNames.length <= STRONGEST
    return few || session.plotChoice<string>(this.#analysis().id, 'mapColumns', 'strongest') === 'all'
  }

  showAll(all: boolean): void {
    session.setPlotChoice(this.#analysis().id, 'mapColumns', all ? 'all' : 'strongest')
  }

  /** the point whose neighbours are looked at: what is picked out, else the column that lies furthest out */
  get looked(): number {
    return this.selected[0] ?? this.nRows + (this.#ranked[0] ?? 0)
  }

  nameOf(point: number): string {
    return (point < this.nRows ? this.rowNames[point] : this.columnNames[point - this.nRows]) ?? ''
  }

  select(points: ArrayLike<number>): void {
    this.selected = [...new Set(Array.from(points))].sort((a, b) => a - b)
  }

  /** Points whose name holds the words, best first: equal, then beginning, then anywhere; columns before rows. */
  find(words: string): number[] {
    const wanted = words.trim().toLowerCase()
    if (wanted === '') return []
    const ranks: number[][] = [[], [], []]
    const look = (names: readonly string[], offset: number): void =>
      names.forEach((text, i) => {
        const name = text.toLowerCase()
        const at = name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3
        ranks[at]?.push(offset + i)
      })
    look(this.columnNames, this.nRows)
    look(this.rowNames, 0)
    return ranks.flat()
  }

  /** distance of each column from the origin of the map, the furthest first */
  readonly #ranked = $derived.by(() => {
    const { plane, nRows } = this
    if (!plane) return []
    const reach = (column: number): number => Math.hypot(plane.x[nRows + column]!, plane.y[nRows + column]!)
    const reaches = Float64Array.from(this.columnNames, (_, column) => reach(column))
    return Array.from(reaches.keys()).sort((a, b) => reaches[b]! - reaches[a]! || a - b)
  })

  readonly model = $derived.by<ScatterModel | null>(() => {
    const { summary, plane, nRows, words } = this
    if (!summary || !plane || !this.ready) return null
    const [xAxis, yAxis] = this.axes
    const single = xAxis === yAxis
    const drawn = this.showsAll ? Array.from(this.columnNames.keys()) : this.#ranked.slice(0, STRONGEST)
    const picked = this.selected.filter((point) => point >= nRows)
    const members = [...new Set([...drawn.map((column) => nRows + column), ...picked])].sort((a, b) => a - b)
    return {
      x: plane.x,
      y: plane.y,
      ellipses: false,
      groups: [
        {
          name: capital(words.rows),
          colour: 'axis',
          symbol: 'cross-thin-open',
          members: Array.from({ length: nRows }, (_, row) => row)
        },
        {
          name: plane.scale === 1 ? capital(words.columns) : `${capital(words.columns)}, × ${plane.scale}`,
          colour: 'mark',
          symbol: 'circle',
          members
        }
      ],
      axisNames: [factorName(summary, xAxis), single ? 'one factor only' : factorName(summary, yAxis)],
      labels: this.#labels(plane.x, plane.y)
    }
  })

  /** What is picked out first, then columns from the furthest in, then rows where they are few. */
  #labels(x: Float64Array, y: Float64Array): ScatterModel['labels'] {
    const { nRows } = this
    const columns = this.#ranked.slice(0, TRIED_LABELS).map((column) => nRows + column)
    const most = this.summary?.source === 'text' ? NAMED_DOCUMENTS : NAMED_ROWS
    const rows = nRows <= most ? Array.from({ length: nRows }, (_, row) => row) : []
    const picked = this.selected.slice(0, NAMED_ROWS)
    const chosen = new Set(picked)
    const reach = x.reduce((most, value, i) => Math.max(most, Math.abs(value), Math.abs(y[i]!)), 0)
    const share = (points: readonly number[]): { text: string; point: number }[] =>
      groupCoincident(
        points.map((point) => x[point]!),
        points.map((point) => y[point]!),
        reach * SAME_SPOT
      ).map((group) => ({ text: sharedLabel(group.map((i) => this.nameOf(points[i]!))), point: points[group[0]!]! }))
    return [
      ...share(picked),
      ...share(columns.filter((point) => !chosen.has(point))),
      ...share(rows.filter((point) => !chosen.has(point)))
    ]
  }
}

/** U·Σ and V·Σ on two factors; where the clouds differ in size the columns are scaled by a number that is said. */
async function loadPlane(
  analysis: AnalysisInfo,
  summary: SvdSummary,
  axes: [number, number]
): Promise<{ x: Float64Array; y: Float64Array; scale: number }> {
  const single = axes[0] === axes[1]
  const load = async (array: string): Promise<{ x: Float64Array; y: Float64Array }> => {
    const [x, y] = await Promise.all(axes.map((axis) => loadPlotted(analysis, array, axis)))
    const times = (values: Float32Array, axis: number): Float64Array =>
      Float64Array.from(values, (value) => value * summary.singularValues[axis]!)
    return { x: times(x!, axes[0]), y: single ? new Float64Array(y!.length) : times(y!, axes[1]) }
  }
  const [rows, columns] = await Promise.all([load('leftVectors'), load('rightVectors')])
  const scale = userScale(rows, columns)
  const joined = (one: Float64Array, other: Float64Array): Float64Array => {
    const all = new Float64Array(one.length + other.length)
    all.set(one)
    other.forEach((value, i) => (all[one.length + i] = value * scale))
    return all
  }
  return { x: joined(rows.x, columns.x), y: joined(rows.y, columns.y), scale }
}

/** Numbers of U and V together that the page holds; of larger ones the first factors. */
const MOST_NUMBERS = 8_000_000

/** U and V, n×kept row-major. */
interface Vectors {
  left: ArrayLike<number>
  right: ArrayLike<number>
  /** factors that are there: all of them, or as many as the page can hold */
  kept: number
}

async function loadVectors(analysis: AnalysisInfo, { nRows, nColumns, nFactors }: SvdSummary): Promise<Vectors> {
  const kept = Math.min(nFactors, Math.max(2, Math.floor(MOST_NUMBERS / (nRows + nColumns))))
  const some = kept < nFactors ? Array.from({ length: kept }, (_, k) => k) : undefined
  const load = (name: string): Promise<ArrayLike<number>> => loadArray(analysis, name, some)
  const [left, right] = await Promise.all([load('leftVectors'), load('rightVectors')])
  return { left, right, kept }
}
