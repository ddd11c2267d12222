import { outermostPoints } from '../../../core/analyses/pca/figures.ts'
import { levelsOfNumbers } from '../../../core/analyses/pca/figures/number-levels.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import type { ColumnData } from '../../../core/contract/table.ts'
import { session } from '../../app/session.svelte.ts'
import { colourBy, MAX_CATEGORIES, OTHER_COLOUR, recolour, type Colouring } from '../../plots/categories.ts'
import { scaleEnds } from '../../plots/colour-scales.ts'
import { FigureEdits } from '../../plots/edit/figure-edits.svelte.ts'
import type { ScatterGroup, ScatterModel } from '../../plots/scatter.ts'
import { formatCell, formatCount, formatPercent } from '../../ui/format.ts'
import { follow } from '../resource.svelte.ts'
import { loadArray, loadColumn, loadPlotted, loadSummary, resultKey } from '../results.ts'
import { axesOf, CLUSTERS_COLOUR, colourColumnOf, groupColumnOf, NO_COLOUR } from './choices.ts'
import { loadClusterColumn } from './cluster-column.ts'

/** Components whose scores the table of rows shows. */
const TABLE_COMPONENTS = 6
/** Rows up to which the scores of all components in the table are loaded whole. */
const LARGE_ROWS = 50_000
/** Names drawn at once: all of few rows, else those furthest out. */
const NAME_ALL_UP_TO = 60
const NAMED_OUTERMOST = 8

/** Fitted columns the table of rows shows; a wide table has thousands. */
export const MOST_FITTED_COLUMNS = 12

/** "PC1 · 72.96 %" */
export function componentName(summary: PcaSummary, component: number): string {
  return `PC${component + 1} · ${formatPercent(summary.explainedVarianceRatio[component] ?? 0, 2)}`
}

/** The name of a value of a column, as the file has it; null where it is missing. */
export function valueText(column: ColumnData, row: number, decimals?: number): string | null {
  if (column.kind === 'number') {
    const value = column.values[row]!
    return Number.isNaN(value) ? null : formatCell(value, decimals)
  }
  return column.kind === 'codes' ? (column.dictionary[column.codes[row]!] ?? null) : column.values[row]!
}

/** Of many rows, those that pixels need. */
export type ScoreValues = Float64Array | Float32Array

/** Everything the PCA views share about the rows of one result: scores, colours, names, and the selection as points.
 * A point is a row of the scores; rowsUsed says which row of the dataset it is. */
export class PcaPoints {
  readonly #analysis: () => AnalysisInfo
  readonly #dataset: () => DatasetInfo
  readonly #colourBy: () => string
  readonly #summary
  readonly #rows
  readonly #scores
  readonly #colour
  readonly #names
  readonly #edits: FigureEdits

  /** @param colourBy the column that colours the points, or CLUSTERS_COLOUR; as it is chosen for the result unless said
   * @param coloursOf the result whose colours the categories have: its own unless said */
  constructor(
    analysis: () => AnalysisInfo,
    dataset: () => DatasetInfo,
    colourBy: () => string = () => colourColumnOf(analysis(), dataset()),
    coloursOf: () => string = () => analysis().id
  ) {
    this.#analysis = analysis
    this.#edits = new FigureEdits(coloursOf)
    this.#dataset = dataset
    this.#colourBy = colourBy
    const key = (): string => resultKey(analysis())
    this.#summary = follow(key, () => loadSummary<PcaSummary>(analysis()))
    this.#rows = follow(key, () => loadArray(analysis(), 'rowsUsed'))
    this.#scores = follow<Map<number, ScoreValues>>(key, () => {
      const summary = this.summary
      if (!summary) return null
      const components = this.shownComponents
      if (!this.#isLarge) return loadArray(analysis(), 'scores', components).then((data) => split(data, components))
      const columns = components.map((component) => loadPlotted(analysis(), 'scores', component))
      return Promise.all(columns).then((loaded) => new Map(components.map((component, i) => [component, loaded[i]!])))
    })
    this.#colour = follow(
      () => `${dataset().id} ${this.colourColumn} ${groupColumnOf(analysis(), dataset()) ?? ''}`,
      () => {
        if (this.colourColumn === CLUSTERS_COLOUR) return loadClusterColumn(analysis(), dataset().nRows)
        if (this.colourColumn === NO_COLOUR) return null
        const column = loadColumn(dataset(), this.colourColumn)
        return this.colourColumn === groupColumnOf(analysis(), dataset()) ? column.then(groupsOfNumbers) : column
      }
    )
    this.#names = follow(
      () => `${dataset().id} ${this.nameColumn ?? ''}`,
      () => (this.nameColumn === null ? null : loadColumn(dataset(), this.nameColumn))
    )
  }

  /** the column that names the rows, if there is one */
  readonly nameColumn = $derived.by<string | null>(() => {
    const name = this.#analysis().params['label']
    return typeof name === 'string' && this.#dataset().columns.some((column) => column.name === name) ? name : null
  })

  get analysis(): AnalysisInfo {
    return this.#analysis()
  }
  get summary(): PcaSummary | null {
    return this.#summary.value
  }
  get error() {
    return this.#summary.error ?? this.#scores.error ?? this.#rows.error
  }
  /** asked for by every row that is drawn: in a table of thousands of columns it is looked for once */
  readonly colourColumn = $derived.by<string>(() => this.#colourBy())
  readonly #colourDecimals = $derived.by(
    () => this.#dataset().columns.find((column) => column.name === this.colourColumn)?.decimals
  )
  get axes(): [number, number] {
    return axesOf(this.#analysis(), this.summary?.nComponents ?? 1)
  }
  /** components that are plotted besides the pair: a third dimension, a matrix of pairs */
  further = $state.raw<readonly number[]>([])
  /** scores of so many rows come one by one, in single precision, and only for what is plotted */
  get #isLarge(): boolean {
    return (this.summary?.nSamples ?? 0) > LARGE_ROWS
  }
  /** components in the table of rows: the first few and the two shown */
  get tableComponents(): number[] {
    const first = Array.from({ length: Math.min(TABLE_COMPONENTS, this.summary?.nComponents ?? 1) }, (_, i) => i)
    return [...new Set([...first, ...this.axes])].sort((a, b) => a - b)
  }
  /** components whose scores are loaded whole: those of the table, of many rows the two shown */
  get shownComponents(): number[] {
    const shown = [...(this.#isLarge ? [] : this.tableComponents), ...this.axes, ...this.further]
    return [...new Set(shown)].filter((k) => k < (this.summary?.nComponents ?? 1)).sort((a, b) => a - b)
  }

  /** dataset row by point */
  readonly rowOf = $derived.by((): Int32Array => {
    const rows = this.#rows.value
    return rows instanceof Int32Array ? rows : Int32Array.from(rows ?? [])
  })
  /** point by dataset row, −1 where a row was left out */
  readonly #pointOf = $derived.by(() => {
    const points = new Int32Array(this.#dataset().nRows).fill(-1)
    this.rowOf.forEach((row, point) => (points[row] = point))
    return points
  })
  readonly colouring = $derived.by<Colouring>(() =>
    this.#colour.value
      ? recolour(colouringOf(this.#colour.value, this.colourColumn === CLUSTERS_COLOUR), this.#edits.colours.categories)
      : { kind: 'none' }
  )
  readonly selected = $derived.by<number[]>(() => {
    const rows = session.selectedRows(this.#dataset().id)
    const pointOf = this.#pointOf
    const found: number[] = []
    for (let i = 0; i < rows.length; i++) {
      const point = pointOf[rows[i]!] ?? -1
      if (point >= 0) found.push(point)
    }
    return found
  })

  readonly #selectedMask = $derived.by(() => {
    const mask = new Uint8Array(this.rowOf.length)
    const { selected } = this
    for (let i = 0; i < selected.length; i++) mask[selected[i]!] = 1
    return mask
  })

  isSelected(point: number): boolean {
    return this.#selectedMask[point] === 1
  }

  /** point of a dataset row, −1 where it was left out */
  pointOf(row: number): number {
    return this.#pointOf[row] ?? -1
  }

  /** scores of one component by point, or null while they load */
  scoresOf(component: number): ScoreValues | null {
    return this.#scores.value?.get(component) ?? null
  }

  select(points: ArrayLike<number>): void {
    const { rowOf } = this
    const rows: number[] = []
    for (let i = 0; i < points.length; i++) rows.push(rowOf[points[i]!]!)
    session.select(this.#dataset().id, rows)
  }

  /** What a row is called: its name where the run has a name column, else its number, counted from 1. */
  nameOf(row: number): string {
    const column = this.#names.value
    return (column && valueText(column, row)) ?? `Row ${formatCount(row + 1)}`
  }

  colourText(row: number): string | null {
    const column = this.#colour.value
    return column && valueText(column, row, this.#colourDecimals)
  }

  /** mark of a dataset row, for tables; null where points are coloured by a number or not at all */
  categoryOf(row: number) {
    const colouring = this.colouring
    return colouring.kind === 'categories' ? (colouring.categories[colouring.of[row]!] ?? null) : null
  }

  /** the last one made, with the result it is of: it stays in sight while other components are on their way */
  #lastModel: { key: string; model: ScatterModel } | null = null

  readonly model = $derived.by<ScatterModel | null>(() => {
    const key = resultKey(this.#analysis())
    const model = this.#makeModel()
    if (model) this.#lastModel = { key, model }
    return model ?? (this.#lastModel?.key === key ? this.#lastModel.model : null)
  })

  #makeModel(): ScatterModel | null {
    const summary = this.summary
    const [xAxis, yAxis] = this.axes
    const x = this.scoresOf(xAxis)
    const y = this.scoresOf(yAxis)
    if (!summary || !x || !y || x.length !== this.rowOf.length) return null
    const single = xAxis === yAxis
    const vertical = single ? new Float64Array(x.length) : y
    const named = this.#names.value !== null
    const count = x.length <= NAME_ALL_UP_TO ? x.length : NAMED_OUTERMOST
    const [varianceX, varianceY] = [summary.explainedVariance[xAxis] ?? 0, summary.explainedVariance[yAxis] ?? 0]
    const colouring = this.colouring
    const ends = colouring.kind === 'number' && scaleEnds(this.#edits.colours.scale, colouring.low, colouring.high)
    return {
      x,
      y: vertical,
      groups: this.#groups(),
      ...(colouring.kind === 'number' &&
        ends && {
          scale: {
            name: colouring.column,
            values: Float64Array.from(this.rowOf, (row) => colouring.values[row]!),
            low: ends[0],
            high: ends[1],
            decimals: this.#dataset().columns.find((column) => column.name === colouring.column)?.decimals
          }
        }),
      ellipses: !single && colouring.kind === 'categories',
      axisNames: [componentName(summary, xAxis), single ? 'one component only' : componentName(summary, yAxis)],
      labels: outermostPoints(x, vertical, varianceX, varianceY, count).map((point) => ({
        point,
        text: named ? this.nameOf(this.rowOf[point]!) : formatCount(this.rowOf[point]! + 1)
      }))
    }
  }

  #groups(): ScatterGroup[] {
    const colouring = this.colouring
    const rows = this.rowOf
    if (colouring.kind !== 'categories')
      return [{ name: 'rows', colour: 'mark', symbol: 'circle', members: rows.map((_, point) => point) }]
    const counts = new Int32Array(colouring.categories.length)
    for (const row of rows) counts[colouring.of[row]!]!++
    const members = Array.from(counts, (count) => new Int32Array(count))
    counts.fill(0)
    for (let point = 0; point < rows.length; point++) {
      const category = colouring.of[rows[point]!]!
      members[category]![counts[category]!++] = point
    }
    return colouring.categories
      .map((category, i) => ({
        ...category,
        members: members[i]!,
        ...(category.colour !== OTHER_COLOUR && { of: colouring.column })
      }))
      .filter((group) => group.members.length > 0)
  }
}

/** Groups written as numbers have the colours and shapes of categories, unless there are more than can be told apart: then they
 * stay in the order of numbers. */
function groupsOfNumbers(column: ColumnData): ColumnData {
  const levels = column.kind === 'number' ? levelsOfNumbers(column) : null
  return levels && levels.dictionary.length <= MAX_CATEGORIES ? levels : column
}

const colourings = new WeakMap<ColumnData, Colouring>()

/** Worked out once for a column: another pair of components has the same colours. */
function colouringOf(column: ColumnData, inOrder: boolean): Colouring {
  let known = colourings.get(column)
  if (!known) colourings.set(column, (known = colourBy(column, inOrder)))
  return known
}

/** Row-major columns of the scores, by component. */
function split(data: Float64Array | Int32Array, components: readonly number[]): Map<number, Float64Array> {
  const width = components.length
  const n = data.length / width
  return new Map(
    components.map((component, column) => [
      component,
      Float64Array.from({ length: n }, (_, point) => data[point * width + column]!)
    ])
  )
}
