import {
  diagnoseRows,
  limitsOf,
  type DiagnosticLimits,
  type RowDiagnosis
} from '../../../core/analyses/pca/figures/diagnosis.ts'
import { largestRows } from '../../../core/analyses/pca/figures/choose-rows.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import { call } from '../../app/api.ts'
import { session } from '../../app/session.svelte.ts'
import { giveTurn } from '../../ui/turns.ts'
import { follow } from '../resource.svelte.ts'
import { formatCount } from '../../ui/format.ts'
import { hasArray, loadArray, once, resultKey } from '../results.ts'
import { cutOf } from './choices.ts'
import { afterEachOther, excessOf } from './diagnosed-rows.ts'
import { FurtherRows } from './further-rows.svelte.ts'
import { writeMeasures, type WriteMeasure } from './measure-words.ts'
import type { PcaPoints } from './points.svelte.ts'

/** Scores that come in one answer; of a larger table some components at a time. */
const ENTRIES_AT_ONCE = 4_000_000

/** With this share of the variance left over, the distances are exact enough to take the scores of a large table away from. */
const ENOUGH_LEFT = 1e-6

/** Rows that a table in order of a measure lists at most. */
export const LISTED_ROWS = 20_000

export const LIMIT_LEVELS = [0.95, 0.99] as const
/** for rows that come new, or for the rows the components were fitted to */
export type LimitKind = 'new' | 'fitted'

export interface DiagnosedRows extends RowDiagnosis {
  /** n: squared distance of each row from the origin */
  distances: ArrayLike<number>
  spectrum: ArrayLike<number>
  weights: ArrayLike<number> | null
}

/** T², Q and leverage of the rows of a result over its first components; null for a result of an older version. */
export function loadDiagnosis(analysis: AnalysisInfo, summary: PcaSummary, cut: number): Promise<DiagnosedRows | null> {
  return once(`${resultKey(analysis)} diagnosis ${cut}`, async () => {
    if (!(await hasArray(analysis, 'residualSquares'))) return null
    const [distances, residuals, spectrum, weights] = await Promise.all([
      loadArray(analysis, 'squaredDistances'),
      loadArray(analysis, 'residualSquares'),
      loadArray(analysis, 'spectrum'),
      hasArray(analysis, 'weights').then((has) => (has ? loadArray(analysis, 'weights') : null))
    ])
    const isLarge = summary.nSamples * summary.nComponents > ENTRIES_AT_ONCE
    const left = 1 - summary.explainedVarianceRatio.slice(0, cut).reduce((sum, share) => sum + share, 0)
    const rows =
      isLarge && left > ENOUGH_LEFT
        ? await diagnoseRows(summary, cut, groupsOf(analysis, summary, cut), { distances }, weights)
        : await diagnoseRows(summary, cut, groupsOf(analysis, summary, summary.nComponents), { residuals }, weights)
    return { ...rows, distances, spectrum, weights }
  })
}

function* groupsOf(
  analysis: AnalysisInfo,
  { nSamples, nComponents: kept }: PcaSummary,
  nComponents: number
): Generator<{ width: number; load: () => Promise<ArrayLike<number>> }> {
  if (nSamples * kept <= ENTRIES_AT_ONCE) {
    yield { width: kept, load: () => loadArray(analysis, 'scores') }
    return
  }
  const most = Math.max(1, Math.floor(ENTRIES_AT_ONCE / nSamples))
  for (let from = 0; from < nComponents; from += most) {
    const components = Array.from({ length: Math.min(most, nComponents - from) }, (_, i) => from + i)
    yield { width: components.length, load: () => loadScores(analysis, components) }
  }
}

/** Not kept: the measures are, and all scores of a large table are hundreds of megabytes. */
async function loadScores(analysis: AnalysisInfo, columns: number[]): Promise<ArrayLike<number>> {
  const { data } = await call('analysis.array', { analysisId: analysis.id, name: 'scores', columns })
  await giveTurn()
  return data
}

/** What the diagnostics of one result show: measures and limits of the rows over the cut, and which of them stand out. */
export class Diagnosis {
  readonly #analysis: () => AnalysisInfo
  readonly #points: () => PcaPoints
  readonly #isWanted: () => boolean
  readonly #loaded
  /** rows that were not fitted */
  readonly further: FurtherRows

  /** @param isWanted whether it is loaded at all */
  constructor(analysis: () => AnalysisInfo, points: () => PcaPoints, isWanted: () => boolean = () => true) {
    this.#analysis = analysis
    this.#points = points
    this.#isWanted = isWanted
    this.#loaded = follow(
      () => resultKey(analysis()),
      () => {
        const summary = points().summary
        return summary && isWanted() ? loadDiagnosis(analysis(), summary, this.cut).then((rows) => ({ rows })) : null
      }
    )
    this.further = new FurtherRows(analysis, points, () => this.cut, isWanted)
  }

  /** whether all rows are diagnosed, or are going to be */
  get isWanted(): boolean {
    return this.#isWanted()
  }
  get cut(): number {
    const { summary } = this.#points()
    return summary ? cutOf(this.#analysis(), summary) : 1
  }
  /** null while it is on its way, and for good in a result of an older version */
  get rows(): DiagnosedRows | null {
    return this.#loaded.value?.rows ?? null
  }
  get isOlder(): boolean {
    return this.#loaded.value !== null && this.#loaded.value.rows === null
  }
  get error() {
    return this.#loaded.error
  }
  get level(): number {
    return session.plotChoice<number>(this.#analysis().id, 'limitLevel', LIMIT_LEVELS[0])
  }
  get limitKind(): LimitKind {
    return session.plotChoice<LimitKind>(this.#analysis().id, 'limitKind', 'new')
  }

  /** points that were fitted; those of the dataset that were not are counted on from there, then those of another dataset */
  get nFitted(): number {
    return this.rows?.t2.length ?? 0
  }
  /** points that are rows of the dataset of the result */
  get nOwn(): number {
    return this.nFitted + this.further.supplementary.rows.length
  }
  get nPoints(): number {
    return this.nOwn + (this.further.elsewhere?.rows.length ?? 0)
  }
  /** the fitted rows, the supplementary ones and those of another dataset, one after the other */
  #joined(fitted: Float64Array, of: 't2' | 'q' | 'cos2'): Float64Array {
    const { supplementary, elsewhere } = this.further
    return afterEachOther(afterEachOther(fitted, supplementary[of]), elsewhere?.[of] ?? [])
  }
  /** measures of every point */
  readonly measures = $derived.by(() => {
    const fitted = this.rows ?? { t2: new Float64Array(0), q: new Float64Array(0) }
    return { t2: this.#joined(fitted.t2, 't2'), q: this.#joined(fitted.q, 'q') }
  })
  /** cos² in the plane shown of every point. @param fitted of those that were fitted */
  cos2OfAll(fitted: Float64Array): Float64Array {
    return this.#joined(fitted, 'cos2')
  }
  /** cos² in the plane shown of a point that was not fitted */
  furtherCos2(point: number): number {
    const { supplementary, elsewhere } = this.further
    return (point < this.nOwn ? supplementary.cos2[point - this.nFitted] : elsewhere?.cos2[point - this.nOwn]) ?? NaN
  }
  /** row of a point in its dataset */
  rowAt(point: number): number {
    const { supplementary, elsewhere } = this.further
    if (point < this.nFitted) return this.#points().rowOf[point] ?? 0
    return (point < this.nOwn ? supplementary.rows[point - this.nFitted] : elsewhere?.rows[point - this.nOwn]) ?? 0
  }
  /** dataset of a point, where it is not that of the result */
  elsewhere(point: number): DatasetInfo | null {
    return point < this.nOwn ? null : (this.further.elsewhere?.dataset ?? null)
  }
  /** What a point is called: its row's name, or its number in another dataset. */
  nameAt(point: number): string {
    const row = this.rowAt(point)
    return this.elsewhere(point) ? `Row ${formatCount(row + 1)}` : this.#points().nameOf(row)
  }
  /** 'fitted', 'supplementary', or the name of the dataset it was projected from */
  partOf(point: number): string {
    if (point < this.nFitted) return 'fitted'
    return this.elsewhere(point)?.name ?? 'supplementary'
  }
  /** squared distances of the points of the dataset, the supplementary ones last */
  get distances(): ArrayLike<number> {
    const fitted = this.rows?.distances ?? []
    const { rows, distances } = this.further.supplementary
    return rows.length === 0 ? fitted : afterEachOther(Float64Array.from(fitted), distances)
  }
  distanceOf(point: number): number {
    const { supplementary, elsewhere } = this.further
    if (point < this.nFitted) return this.rows?.distances[point] ?? 0
    return (
      (point < this.nOwn ? supplementary.distances[point - this.nFitted] : elsewhere?.distances[point - this.nOwn]) ?? 0
    )
  }
  /** selected points, ascending: those of the dataset, or of the other one, for a selection is of one */
  readonly selected = $derived.by<number[]>(() => {
    const { selected } = this.#points()
    const { supplementary, elsewhere } = this.further
    const among = (rows: Int32Array, datasetId: string, from: number): number[] => {
      if (rows.length === 0) return []
      const chosen = new Set(session.selectedRows(datasetId))
      return Array.from(rows).flatMap((row, i) => (chosen.has(row) ? [from + i] : []))
    }
    return [
      ...selected,
      ...among(supplementary.rows, this.#analysis().datasetId, this.nFitted),
      ...(elsewhere ? among(elsewhere.rows, elsewhere.dataset.id, this.nOwn) : [])
    ]
  })
  select(chosen: readonly number[]): void {
    const own = chosen.filter((point) => point < this.nOwn)
    const other = own.length === 0 ? this.elsewhere(chosen[0] ?? 0) : null
    session.select(
      other?.id ?? this.#analysis().datasetId,
      (other ? chosen : own).map((point) => this.rowAt(point))
    )
  }

  readonly limits = $derived.by<DiagnosticLimits | null>(() => {
    const [summary, rows] = [this.#points().summary, this.rows]
    return summary && rows ? limitsOf(summary, rows, rows.spectrum, this.level) : null
  })
  /** the limit that is drawn */
  get t2Limit(): number | null {
    const limits = this.limits?.t2
    return (this.limitKind === 'new' ? limits?.f : limits?.beta) ?? null
  }
  get qLimit(): number | null {
    const limits = this.limits?.q
    return (this.limitKind === 'new' ? (limits?.jacksonMudholkar ?? limits?.box) : limits?.box) ?? null
  }
  /** whether the limit of Q is Box's, chosen or for want of the other */
  get qByBox(): boolean {
    return this.limitKind === 'fitted' || this.limits?.q.jacksonMudholkar === null
  }
  /** whether components are left over that make up a residual */
  get hasResidual(): boolean {
    return this.qLimit !== null
  }

  /** how far beyond its limits each fitted row lies: 1 is on the nearer one */
  readonly excess = $derived.by<Float64Array>(() =>
    this.rows ? excessOf(this.rows, { t2Limit: this.t2Limit, qLimit: this.qLimit }) : new Float64Array(0)
  )
  /** the same of every point */
  readonly excessOfAll = $derived.by<Float64Array>(() =>
    this.nPoints === this.nFitted
      ? this.excess
      : excessOf(this.measures, { t2Limit: this.t2Limit, qLimit: this.qLimit })
  )
  /** the most unusual fitted points, the most unusual first; of many rows some */
  readonly mostUnusual = $derived(largestRows(this.excess, LISTED_ROWS))
  /** points beyond a limit, those that were not fitted too, ascending */
  readonly beyond = $derived.by<number[]>(() => {
    const { measures, t2Limit, qLimit } = this
    const [mostT2, mostQ] = [t2Limit ?? Infinity, qLimit ?? Infinity]
    const found: number[] = []
    measures.t2.forEach((value, point) => {
      if (value > mostT2 || measures.q[point]! > mostQ) found.push(point)
    })
    return found
  })
  /** how the numbers of this result are written, in rows, limits and parts alike */
  readonly write = $derived.by<WriteMeasure>(() => {
    const [component] = this.#points().axes
    return writeMeasures({
      t2: this.t2Limit ?? NaN,
      q: this.qLimit ?? NaN,
      score: Math.sqrt(this.rows?.variances[component] ?? NaN)
    })
  })
  /** the point looked at: of the selected ones the most unusual, of the fitted ones where none is selected */
  readonly subject = $derived.by<number | null>(() => {
    const { excessOfAll, mostUnusual, selected } = this
    if (selected.length === 0) return mostUnusual[0] ?? null
    return selected.reduce<number | null>(
      (best, point) => (best === null || excessOfAll[point]! > excessOfAll[best]! ? point : best),
      null
    )
  })
}
