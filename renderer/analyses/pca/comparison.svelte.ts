import { differingParams } from '../../../core/analyses/pca/figures/compare-params.ts'
import { pcaSpec } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import { call } from '../../app/api.ts'
import { session } from '../../app/session.svelte.ts'
import type { ScatterModel } from '../../plots/scatter.ts'
import { follow } from '../resource.svelte.ts'
import { loadPlotted, once, resultKey } from '../results.ts'
import { CLUSTERS_COLOUR, colourColumnOf } from './choices.ts'
import { componentName, PcaPoints } from './points.svelte.ts'

/** Another run beside the one that is shown. Call it while a component starts. */
export class Comparison {
  readonly points: PcaPoints
  readonly #first: () => PcaPoints
  readonly #other: () => AnalysisInfo
  readonly #answer
  readonly #scores

  /** @param first points of the run that is shown @param other a run of the same kind, and its dataset */
  constructor(first: () => PcaPoints, other: () => AnalysisInfo, dataset: () => DatasetInfo) {
    this.#first = first
    this.#other = other
    // The same colours mean the same in both pictures, where they can: clusters are those of one run.
    const colourBy = (): string => {
      const { colourColumn, analysis } = first()
      const shared = colourColumn !== CLUSTERS_COLOUR && analysis.datasetId === other().datasetId
      return shared ? colourColumn : colourColumnOf(other(), dataset())
    }
    this.points = new PcaPoints(other, dataset, colourBy, () => first().analysis.id)
    const key = (): string => `${resultKey(first().analysis)} ${resultKey(other())}`
    this.#answer = follow(key, () => {
      const nComponents = this.#wanted
      if (nComponents === 0) return null
      const asked = { analysisId: first().analysis.id, otherId: other().id, nComponents }
      return once(`${key()} compared ${nComponents}`, () => call('analysis.compare', asked))
    })
    this.#scores = follow(key, () => {
      const answer = this.#answer.value
      if (!answer?.aligned) return null
      const components = Array.from({ length: answer.nComponents }, (_, k) => k)
      return Promise.all(components.map((component) => loadPlotted(other(), 'scores', component)))
    })
  }

  /** components asked for: up to those that are shown; 0 until it is known how many there are */
  get #wanted(): number {
    const [one, other] = [this.#first().summary, this.points.summary]
    if (!one || !other) return 0
    return Math.min(one.nComponents, other.nComponents, Math.max(...this.#first().axes) + 1)
  }

  get error() {
    return this.#answer.error ?? this.#scores.error ?? this.points.error
  }
  get answer() {
    return this.#answer.value
  }
  /** what the runs were asked differently */
  readonly differences = $derived.by(() =>
    differingParams(pcaSpec.fields, this.#first().analysis.params, this.#other().params)
  )

  /** The other run's scores laid on those of the first; its own where the rows cannot be matched. */
  readonly model = $derived.by<ScatterModel | null>(() => {
    const own = this.points.model
    const { answer } = this
    const first = this.#first()
    if (!own || !answer || !first.summary) return null
    const { aligned } = answer
    if (!aligned) return own
    const scores = this.#scores.value
    if (!scores) return null
    const [x, y] = first.axes.map((axis) => laidOn(scores, aligned, Math.min(axis, answer.nComponents - 1)))
    const rows = (first.model?.labels ?? []).map(({ point, text }) => ({
      point: this.points.pointOf(first.rowOf[point]!),
      text
    }))
    return {
      ...own,
      x: x!,
      y: y!,
      axisNames: first.axes.map((axis) => componentName(first.summary!, axis).split(' · ')[0]!) as [string, string],
      labels: rows.filter(({ point }) => point >= 0)
    }
  })
}

function laidOn(
  scores: readonly Float32Array[],
  { rotation, scale, from, to }: { rotation: number[]; scale: number; from: number[]; to: number[] },
  axis: number
): Float64Array {
  const k = from.length
  const n = scores[0]?.length ?? 0
  const laid = new Float64Array(n).fill(to[axis]!)
  for (let component = 0; component < k; component++) {
    const factor = scale * rotation[component * k + axis]!
    const column = scores[component]!
    for (let i = 0; i < n; i++) laid[i]! += factor * (column[i]! - from[component]!)
  }
  return laid
}

/** Results of the same kind that a result can be compared with. */
export const comparable = (analysis: AnalysisInfo): AnalysisInfo[] =>
  session.analyses.filter(({ id, kind }) => kind === analysis.kind && id !== analysis.id)

/** The run that a result is compared with now, if any. */
export function comparedWith(analysis: AnalysisInfo): { other: AnalysisInfo; dataset: DatasetInfo } | null {
  const id = session.plotChoice<string>(analysis.id, 'compareWith', '')
  const other = comparable(analysis).find((candidate) => candidate.id === id)
  const dataset = other && session.datasets.find((candidate) => candidate.id === other.datasetId)
  return other && dataset ? { other, dataset } : null
}

/** "PCA, unit variance", with its dataset where that is another one. */
export function runName(other: AnalysisInfo, than: AnalysisInfo): string {
  const dataset = session.datasets.find(({ id }) => id === other.datasetId)
  return other.datasetId === than.datasetId || !dataset ? other.name : `${other.name} of ${dataset.name}`
}
