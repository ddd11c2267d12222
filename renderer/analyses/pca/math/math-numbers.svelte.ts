import {
  conventionFactors,
  conventions,
  conventionSign,
  type ConventionFactors
} from '../../../../core/analyses/pca/figures/conventions.ts'
import type { MathContext } from '../../../../core/analyses/pca/figures/math-steps.ts'
import { cornerOf, GAP, productsOf } from '../../../../core/analyses/pca/figures/matrix-corner.ts'
import type { PcaSummary } from '../../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../../core/contract/session.ts'
import { call } from '../../../app/api.ts'
import { follow } from '../../resource.svelte.ts'
import { loadArray, loadColumn, loadPlotted, resultKey } from '../../results.ts'
import { loadFilledCells } from '../filled-cells.svelte.ts'
import type { PcaPoints } from '../points.svelte.ts'
import { mathContext } from './math-context.ts'

/** So many columns and rows of a square matrix are all shown; of more, a corner of MOST_SHOWN. */
const ALL_SHOWN = 8
const MOST_SHOWN = 6
/** Rows of a long matrix that are shown. */
const MOST_ROWS = 4
/** Rows of the covariance matrix are made again from the columns for so many rows at most. */
const MOST_ROWS_MULTIPLIED = 200_000

const none = new Float64Array(0)

/** The numbers behind the steps of one result, in the convention it is looked at: only what is shown is loaded. */
export class MathNumbers {
  readonly #points: PcaPoints
  readonly #analysis: () => AnalysisInfo
  readonly #dataset: () => DatasetInfo
  readonly #summary: () => PcaSummary
  readonly #chosen: () => number
  readonly #scores
  readonly #largestScores
  readonly #components
  readonly #weights
  readonly #filled
  readonly #extra
  readonly #columns
  readonly #gram

  constructor(
    points: PcaPoints,
    analysis: () => AnalysisInfo,
    dataset: () => DatasetInfo,
    summary: () => PcaSummary,
    chosen: () => number
  ) {
    this.#points = points
    this.#analysis = analysis
    this.#dataset = dataset
    this.#summary = summary
    this.#chosen = chosen
    const key = (): string => resultKey(analysis())
    this.#components = follow(key, () => loadArray(analysis(), 'components'))
    this.#scores = follow(
      () => `${key()} ${this.componentCorner.join()}`,
      () => {
        const rows = this.rowCorner.filter((point) => point !== GAP)
        const columns = this.componentCorner
        if (rows.length === 0) return null
        const asked = { analysisId: analysis().id, name: 'scores', rows, columns }
        return call('analysis.rows', asked).then((scores) => ({ rows, columns, scores }))
      }
    )
    this.#largestScores = follow(
      () => `${key()} ${this.#signsByScores} ${this.componentCorner.join()}`,
      () => (this.#signsByScores ? largestOf(analysis(), this.componentCorner) : null)
    )
    this.#weights = follow(key, () => (this.context.weighted ? loadArray(analysis(), 'weights') : null))
    this.#filled = follow(key, () => (this.context.nImputed > 0 ? loadFilledCells(analysis()) : null))
    this.#extra = follow(key, () =>
      this.context.supplementaryRows > 0
        ? Promise.all(['supplementaryScores', 'supplementaryRowsUsed'].map((name) => loadArray(analysis(), name)))
        : null
    )
    this.#columns = follow(
      () => `${key()} ${this.#fromColumns}`,
      () => (this.#fromColumns ? Promise.all(this.shownColumns.map((name) => loadColumn(dataset(), name))) : null)
    )
    this.#gram = follow(
      () => `${key()} ${points.rowOf.length}`,
      () => (this.context.solver === 'eigh-gram' && points.rowOf.length > 0 ? this.cellsOf(this.shownPoints) : null)
    )
  }

  readonly context = $derived.by<MathContext>(() => mathContext(this.#analysis(), this.#summary()))
  readonly factors = $derived.by<ConventionFactors>(() => conventionFactors(this.context.convention, this.context))
  /** positions of the columns shown, with GAP where others lie between */
  readonly columnCorner = $derived.by(() => squareCorner(this.#summary().nFeatures))
  readonly componentCorner = $derived.by(() => this.#points.tableComponents)
  /** rows of a long matrix: the first, the chosen and the last */
  readonly rowCorner = $derived.by(() => cornerOf(this.#points.rowOf.length, MOST_ROWS, [this.#chosen()]))
  /** the first points, for products of rows */
  readonly pointCorner = $derived.by(() => squareCorner(this.#points.rowOf.length))
  get shownPoints(): number[] {
    return this.pointCorner.filter((point) => point !== GAP)
  }

  get shownColumns(): string[] {
    return this.columnCorner.filter((j) => j !== GAP).map((j) => this.#summary().columns[j]!)
  }
  get components(): Float64Array | null {
    const { value } = this.#components
    return value instanceof Float64Array ? value : null
  }
  get rowWeights(): ArrayLike<number> | null {
    return this.#weights.value
  }
  /** whether the fit filled cells, of its own rows or of supplementary ones */
  get #mayBeFilled(): boolean {
    return this.context.nImputed > 0 || this.context.supplementaryRows > 0
  }
  /** scores (m × nComponents, as fitted) and rows of the dataset (m) */
  get supplementary(): { scores: ArrayLike<number>; rows: ArrayLike<number> } | null {
    const [scores, rows] = this.#extra.value ?? []
    return scores && rows ? { scores, rows } : null
  }

  get #signsByScores(): boolean {
    return conventions[this.context.convention].sign === 'largest-score'
  }
  /** 1 or −1 by component, of those that are shown */
  readonly #signs = $derived.by(() => {
    const signs = new Map<number, 1 | -1>()
    const whole = this.components
    if (!whole) return signs
    const p = this.#summary().nFeatures
    this.componentCorner.forEach((k, at) => {
      const largest = this.#largestScores.value?.[at]
      const weights = whole.subarray(k * p, (k + 1) * p)
      signs.set(k, conventionSign(this.context.convention, weights, largest === undefined ? [] : [largest]))
    })
    return signs
  })
  signOf(component: number): 1 | -1 {
    return this.#signs.get(component) ?? 1
  }

  /** the component, with the sign of the convention; null while it loads */
  weightsOf(component: number): Float64Array | null {
    const whole = this.components
    if (!whole) return null
    const p = this.#summary().nFeatures
    const weights = whole.subarray(component * p, (component + 1) * p)
    return this.signOf(component) === 1 ? weights : weights.map((value) => -value)
  }

  /** What scores are multiplied by in the convention. */
  factorOf(component: number): number {
    return this.factors.scores * this.signOf(component)
  }
  /** A score of a row of rowCorner, as the convention has it; NaN while it loads. */
  scoreOf(point: number, component: number): number {
    const loaded = this.#scores.value
    if (!loaded) return NaN
    const at = loaded.rows.indexOf(point) * loaded.columns.length + loaded.columns.indexOf(component)
    return (loaded.scores[at] ?? NaN) * this.factorOf(component)
  }
  /** A score of a supplementary row, by its place among them. */
  supplementaryScore(place: number, component: number): number {
    const score = this.supplementary?.scores[place * this.#summary().nComponents + component] ?? NaN
    return score * this.factorOf(component)
  }
  get knowsScores(): boolean {
    return this.#scores.value !== null
  }

  /** what columns are divided by, as the convention has it */
  readonly scale = $derived.by(() => this.#summary().scale.map((divisor) => divisor * this.factors.scale))

  /** Whether every component there is was kept: then V Λ Vᵀ is the whole covariance matrix. */
  get #keepsAll(): boolean {
    const { nSamples, nFeatures, nComponents } = this.#summary()
    const rank = Math.min(nFeatures, this.context.centre === 'mean' ? nSamples - 1 : nSamples)
    return nComponents >= rank
  }
  get #fromColumns(): boolean {
    const { nSamples } = this.#summary()
    return !this.#keepsAll && this.context.solver !== 'eigh-gram' && nSamples <= MOST_ROWS_MULTIPLIED
  }
  /** false: too many rows, and not all components were kept */
  get knowsCovariance(): boolean {
    return this.#keepsAll || this.#fromColumns
  }

  /** The covariance of the columns shown; null while it loads. */
  readonly covariance = $derived.by<number[][] | null>(() => {
    const summary = this.#summary()
    const shown = this.columnCorner.filter((j) => j !== GAP)
    if (this.#keepsAll) {
      const whole = this.components
      if (!whole) return null
      const p = summary.nFeatures
      const row = (j: number): number[] =>
        summary.explainedVariance.map((variance, k) => whole[k * p + j]! * Math.sqrt(variance))
      return productsOf(shown.map(row), 1 / this.factors.variance)
    }
    const columns = this.#columns.value
    if (!columns || (this.context.weighted && !this.rowWeights)) return null
    const rows = this.#points.rowOf
    const filled = this.#filled.value
    const prepared = columns.map((column, at) => {
      const j = shown[at]!
      if (column.kind !== 'number') return none
      const cells = Float64Array.from(rows, (row) => column.values[row]!)
      filled?.forEach((ofRow, row) => {
        const value = ofRow.get(j)
        const point = indexOfRow(rows, row)
        // Cells of supplementary rows are filled in too.
        if (value !== undefined && rows[point] === row) cells[point] = value
      })
      return cells.map((cell) => (cell - summary.mean[j]!) / this.scale[j]!)
    })
    return productsOf(prepared, this.factors.divisor, this.rowWeights)
  })

  /** Products of the first rows; null while they load. */
  readonly gram = $derived.by<number[][] | null>(() => {
    const cells = this.#gram.value
    if (!cells || (this.context.weighted && !this.rowWeights)) return null
    const { mean } = this.#summary()
    const prepared = cells.map((row, at) => {
      const root = Math.sqrt(this.rowWeights?.[this.shownPoints[at]!] ?? 1)
      return row.map((cell, j) => ((cell - mean[j]!) / this.scale[j]!) * root)
    })
    return productsOf(prepared, this.factors.divisor)
  })

  /** The cells of some points in the columns of the fit, missing ones as the fit filled them. */
  cellsOf(points: readonly number[]): Promise<Float64Array[]> {
    return this.cellsOfRows(points.map((point) => this.#points.rowOf[point]!))
  }

  /** The same of rows of the dataset, fitted or supplementary. */
  async cellsOfRows(rows: readonly number[]): Promise<Float64Array[]> {
    const summary = this.#summary()
    const dataset = this.#dataset()
    const { columns } = await call('dataset.rows', { datasetId: dataset.id, rows: [...rows] })
    const place = new Map(dataset.columns.map((column, at) => [column.name, at]))
    const filled = this.#mayBeFilled ? await loadFilledCells(this.#analysis()) : null
    const cells = rows.map(() => new Float64Array(summary.nFeatures))
    summary.columns.forEach((name, j) => {
      const column = columns[place.get(name) ?? -1]
      rows.forEach((_, at) => {
        const cell = column?.kind === 'number' ? column.values[at]! : NaN
        // What an older version filled in was the mean, and it did not keep it.
        cells[at]![j] = Number.isNaN(cell) ? summary.mean[j]! : cell
      })
    })
    rows.forEach((row, at) => filled?.get(row)?.forEach((value, column) => (cells[at]![column] = value)))
    return cells
  }

  /** Columns of a row whose cell was filled in. */
  async filledColumns(row: number): Promise<ReadonlySet<number>> {
    if (!this.#mayBeFilled) return new Set()
    return new Set((await loadFilledCells(this.#analysis()))?.get(row)?.keys())
  }
}

const squareCorner = (total: number): number[] => cornerOf(total, total <= ALL_SHOWN ? ALL_SHOWN : MOST_SHOWN)

/** Of each component the score of largest magnitude. */
async function largestOf(analysis: AnalysisInfo, components: readonly number[]): Promise<number[]> {
  const scores = await Promise.all(components.map((component) => loadPlotted(analysis, 'scores', component)))
  return scores.map((all) => all.reduce((largest, score) => (Math.abs(score) > Math.abs(largest) ? score : largest), 0))
}

/** Place of a row among the rows of the fit, which ascend. */
function indexOfRow(rows: Int32Array, row: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]! < row) low = middle + 1
    else high = middle
  }
  return low
}
