import {
  diagnoseProjected,
  diagnoseRows,
  limitsOf,
  type DiagnosticLimits,
  type RowDiagnosis
} from '../../../core/analyses/pca/figures/diagnosis.ts'
import { largestRows } from '../../../core/analyses/pca/figures/choose-rows.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { call } from '../../app/api.ts'
import { session } from '../../app/session.svelte.ts'
import { formatCount, formatNumber } from '../../ui/format.ts'
import { giveTurn } from '../../ui/turns.ts'
import { follow } from '../resource.svelte.ts'
import { hasArray, loadArray, once, resultKey } from '../results.ts'
import { cutOf } from './choices.ts'
import { afterEachOther, excessOf } from './diagnosed-rows.ts'
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

async function loadProjected(analysis: AnalysisInfo) {
  const [rows, scores, distances] = await Promise.all(
    ['supplementaryRowsUsed', 'supplementaryScores', 'supplementarySquaredDistances'].map((name) =>
      loadArray(analysis, name)
    )
  )
  return { rows: rows!, scores: scores!, distances: distances! }
}

/** A T² or its limit: near as many components as rows the limit is a number of seven digits. */
export const t2Text = (value: number): string =>
  value >= 1e5 ? formatCount(Number(value.toPrecision(4))) : formatNumber(value, 2)

/** What the diagnostics of one result show: measures and limits of the rows over the cut, and which of them stand out. */
export class Diagnosis {
  readonly #analysis: () => AnalysisInfo
  readonly #points: () => PcaPoints
  readonly #isWanted: () => boolean
  readonly #loaded
  readonly #projected

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
    this.#projected = follow(
      () => resultKey(analysis()),
      () => ((points().summary?.supplementary?.rows ?? 0) > 0 && isWanted() ? loadProjected(analysis()) : null)
    )
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

  /** The supplementary rows: the dataset row of each, its scores (m×K) and measures; none where there are none. */
  readonly projected = $derived.by(() => {
    const [summary, found] = [this.#points().summary, this.#projected.value]
    const none = new Float64Array(0)
    if (!summary || !found) return { rows: new Int32Array(0), scores: none, distances: none, t2: none, q: none }
    return { ...found, ...diagnoseProjected(summary, this.cut, found.scores, found.distances) }
  })
  /** points that were fitted; the supplementary rows are counted on from there */
  get nFitted(): number {
    return this.rows?.t2.length ?? 0
  }
  /** measures of every point, the supplementary ones last */
  readonly measures = $derived.by(() => {
    const { rows, projected } = this
    const none = new Float64Array(0)
    return {
      t2: afterEachOther(rows?.t2 ?? none, projected.t2),
      q: afterEachOther(rows?.q ?? none, projected.q)
    }
  })
  /** dataset row of a point, fitted or supplementary */
  rowAt(point: number): number {
    return (point < this.nFitted ? this.#points().rowOf[point] : this.projected.rows[point - this.nFitted]) ?? 0
  }
  distanceOf(point: number): number {
    return (point < this.nFitted ? this.rows?.distances[point] : this.projected.distances[point - this.nFitted]) ?? 0
  }
  /** selected points, the supplementary ones last */
  readonly selected = $derived.by<number[]>(() => {
    const { selected } = this.#points()
    const { rows } = this.projected
    if (rows.length === 0) return selected
    const chosen = new Set(session.selectedRows(this.#analysis().datasetId))
    return [...selected, ...Array.from(rows).flatMap((row, i) => (chosen.has(row) ? [this.nFitted + i] : []))]
  })
  select(chosen: readonly number[]): void {
    session.select(
      this.#analysis().datasetId,
      chosen.map((point) => this.rowAt(point))
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
  /** the same of every point, the supplementary ones last */
  readonly excessOfAll = $derived.by<Float64Array>(() =>
    afterEachOther(this.excess, excessOf(this.projected, { t2Limit: this.t2Limit, qLimit: this.qLimit }))
  )
  /** the most unusual points, the most unusual first; of many rows some */
  readonly mostUnusual = $derived(largestRows(this.excess, LISTED_ROWS))
  /** points beyond a limit, ascending */
  readonly beyond = $derived.by<number[]>(() => {
    const { rows, t2Limit, qLimit } = this
    const [mostT2, mostQ] = [t2Limit ?? Infinity, qLimit ?? Infinity]
    const found: number[] = []
    rows?.t2.forEach((value, point) => {
      if (value > mostT2 || rows.q[point]! > mostQ) found.push(point)
    })
    return found
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
