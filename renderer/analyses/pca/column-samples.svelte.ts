import { normalEllipse } from '../../../core/analyses/pca/figures.ts'
import type { BootstrapParams, BootstrapSummary } from '../../../core/analyses/pca/studies/bootstrap/spec.ts'
import type { AnalysisInfo } from '../../../core/contract/session.ts'
import { follow } from '../resource.svelte.ts'
import { loadStudy, loadStudyArray, studyKey } from '../studies.ts'

/** share of the resamples inside an outline */
const CLOUD_LEVEL = 0.95

export interface ColumnOutline {
  column: number
  x: number[]
  y: number[]
}

/** The loadings of the bootstrap's samples, where one was made: outlines round the arrows, and an interval a loading. Make it
 * while a component starts. */
export class ColumnSamples {
  readonly #cloud
  readonly #bounds

  constructor(analysis: () => AnalysisInfo) {
    const key = (): string => studyKey(analysis(), 'bootstrap')
    this.#cloud = follow(key, () => {
      const study = loadStudy<BootstrapParams, BootstrapSummary>(analysis(), 'bootstrap')
      const cloud = loadStudyArray(analysis(), 'bootstrap', 'cloud')
      return study && cloud && Promise.all([study, cloud])
    })
    this.#bounds = follow(key, () => {
      const study = loadStudy<BootstrapParams, BootstrapSummary>(analysis(), 'bootstrap')
      const [lower, upper] = ['loadingsLower', 'loadingsUpper'].map((name) =>
        loadStudyArray(analysis(), 'bootstrap', name)
      )
      return study && lower && upper ? Promise.all([study, lower, upper]) : null
    })
  }

  /** samples that outlines on two axes are drawn from; 0 where there are none */
  countOn([xAxis, yAxis]: readonly [number, number]): number {
    const { summary } = this.#cloud.value?.[0] ?? {}
    return summary && xAxis !== yAxis && Math.max(xAxis, yAxis) < summary.nComponents ? summary.cloudSamples : 0
  }

  /** components whose loadings have intervals; 0 without a bootstrap */
  get nIntervals(): number {
    return this.#bounds.value?.[0].summary.nComponents ?? 0
  }
  /** how it was asked for; null without a bootstrap */
  get params(): BootstrapParams | null {
    return this.#bounds.value?.[0].params ?? null
  }
  get confidence(): number {
    return this.#bounds.value?.[0].summary.confidence ?? 0
  }
  /** the interval of a loading; null where none was computed */
  interval(column: number, axis: number): [number, number] | null {
    const [study, lower, upper] = this.#bounds.value ?? []
    if (!study || !lower || !upper || axis >= study.summary.nComponents) return null
    const at = column * study.summary.nComponents + axis
    return [lower[at]!, upper[at]!]
  }

  /** Which of the drawn columns have an outline: the chosen ones, all where none is chosen and they are few:
   * more hide each other and what lies below. */
  outlined(drawn: readonly number[], chosen: (column: number) => boolean, most: number): number[] {
    const picked = drawn.filter(chosen)
    if (picked.length > 0) return picked
    return drawn.length <= most ? [...drawn] : []
  }

  /** Where the arrows of columns end in 95 % of the samples, as closed lines; none where no bootstrap was made of these axes.
   * @param factor what a loading is multiplied by in the picture; not finite: the column has no outline */
  outlines(
    columns: readonly number[],
    axes: readonly [number, number],
    factor: (column: number, axis: number) => number
  ): ColumnOutline[] {
    const [study, cloud] = this.#cloud.value ?? []
    const samples = this.countOn(axes)
    if (!study || !cloud || samples === 0) return []
    const width = study.summary.nComponents
    const members = Array.from({ length: samples }, (_, i) => i)
    const nColumns = cloud.length / (samples * width)
    return columns.flatMap((column) => {
      const on = (axis: number): Float64Array => {
        const by = factor(column, axis)
        return Float64Array.from(members, (sample) => cloud[(sample * nColumns + column) * width + axis]! * by)
      }
      const [x, y] = [on(axes[0]), on(axes[1])]
      if (!Number.isFinite(x[0]! + y[0]!)) return []
      const outline = normalEllipse(x, y, members, CLOUD_LEVEL)
      return outline === null ? [] : [{ column, ...outline }]
    })
  }
}

/** An outline no further out than the circle of correlations: a normal ellipse does not know that it ends there. */
export function insideCircle({ column, x, y }: ColumnOutline): ColumnOutline {
  const inward = x.map((value, i) => Math.min(1, 1 / Math.hypot(value, y[i]!)))
  return { column, x: x.map((value, i) => value * inward[i]!), y: y.map((value, i) => value * inward[i]!) }
}
