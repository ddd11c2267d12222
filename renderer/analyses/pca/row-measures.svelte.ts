import { untrack } from 'svelte'
import { hotellingT2, sampleVariances } from '../../../core/analyses/pca/figures/hotelling.ts'
import { follow } from '../resource.svelte.ts'
import { hasArray, resultKey } from '../results.ts'
import { loadDiagnosis, type Diagnosis } from './diagnosis.svelte.ts'
import type { PcaPoints } from './points.svelte.ts'
import { ofEveryRow, rowQuality } from './row-quality.ts'
import { ScoreRows } from './score-rows.svelte.ts'

/** What a table says of a row besides its cells and scores. */
export interface RowMeasure {
  id: 'cos2' | 't2'
  label: string
  title: string
  /** undefined while it is on its way */
  valueOf: (point: number) => number | undefined
}

/** How well the shown plane represents a row, and how far it lies from the centre: where the diagnosis of all rows is there, from it;
 * else from the scores and the distance of the rows in sight. Make it while a component starts. */
export class RowMeasures {
  readonly #points: PcaPoints
  readonly #diagnosis: () => Diagnosis | undefined
  readonly #hasDistances

  constructor(points: PcaPoints, diagnosis: () => Diagnosis | undefined) {
    this.#points = points
    this.#diagnosis = diagnosis
    this.#hasDistances = follow(
      () => resultKey(points.analysis),
      () => (diagnosis() ? hasArray(points.analysis, 'squaredDistances') : null)
    )
  }

  readonly #inSight = $derived.by(() => {
    const diagnosis = this.#diagnosis()
    const { summary, analysis, axes } = this.#points
    if (!summary || !diagnosis || diagnosis.isWanted || this.#hasDistances.value !== true) return null
    const cut = diagnosis.cut
    const components = [...new Set([...Array.from({ length: cut }, (_, k) => k), ...axes])]
    return untrack(() => ({
      cut,
      axes: [...new Set(axes)],
      variances: sampleVariances(summary.explainedVariance, summary.divisor, summary.nSamples),
      scores: new ScoreRows(analysis, components),
      distances: new ScoreRows(analysis, [0], 'squaredDistances')
    }))
  })

  /** empty for a result of an older version, and until something is known */
  readonly list = $derived.by<RowMeasure[]>(() => {
    const diagnosis = this.#diagnosis()
    const values = this.#ofAll() ?? this.#ofSight()
    if (!diagnosis || !values) return []
    const plane = [...new Set(this.#points.axes)].map((axis) => `PC${axis + 1}`).join(' and ')
    return [
      {
        id: 'cos2',
        label: 'cos²',
        title: `Share of its squared distance that is seen on ${plane}`,
        valueOf: values.cos2
      },
      {
        id: 't2',
        label: 'T²',
        title: `Hotelling’s T² over the first ${diagnosis.cut} components`,
        valueOf: values.t2
      }
    ]
  })

  #ofAll(): Record<RowMeasure['id'], RowMeasure['valueOf']> | null {
    const [rows, summary] = [this.#diagnosis()?.rows, this.#points.summary]
    const quality = rows && summary ? rowQuality(this.#points, rows, summary) : null
    return rows && quality ? { cos2: quality.cos2, t2: (point) => rows.t2[point] } : null
  }

  #ofSight(): Record<RowMeasure['id'], RowMeasure['valueOf']> | null {
    const sight = this.#inSight
    if (!sight) return null
    const { axes, cut, variances, scores, distances } = sight
    return {
      cos2: (point) => {
        const distance = distances.row(point)?.[0]
        const row = axes.map((axis) => scores.value(point, axis))
        if (distance === undefined || row.some((value) => value === undefined)) return undefined
        return distance > 0 ? Math.min(1, row.reduce<number>((sum, value) => sum + value! ** 2, 0) / distance) : 0
      },
      t2: (point) => {
        const row = scores.row(point)?.subarray(0, cut)
        return row && hotellingT2({ scores: row, nComponents: cut }, variances, cut)[0]
      }
    }
  }

  /** Says which points are in sight. */
  want(points: readonly number[]): void {
    this.#inSight?.scores.want(points)
    this.#inSight?.distances.want(points)
  }

  /** One measure of every row, for sorting; of many rows all scores are gone through for it. */
  async ofEveryRow(id: RowMeasure['id']): Promise<Float64Array | null> {
    const [points, summary] = [this.#points, this.#points.summary]
    const cut = this.#diagnosis()?.cut
    if (!summary || cut === undefined) return null
    const rows = await loadDiagnosis(points.analysis, summary, cut)
    if (!rows || id === 't2') return rows?.t2 ?? null
    const quality = rowQuality(points, rows, summary)
    return quality && ofEveryRow(rows.t2.length, quality.cos2)
  }
}
