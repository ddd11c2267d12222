import { diagnoseByComponent } from '../../../core/analyses/pca/figures/diagnosis.ts'
import { isModelOf, mayBeModelOf, projectedDataset } from '../../../core/analyses/pca/figures/projected-rows.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { DatasetInfo } from '../../../core/contract/session.ts'
import { session } from '../../app/session.svelte.ts'
import { follow } from '../resource.svelte.ts'
import { loadArray, loadColumn, resultKey } from '../results.ts'
import type { PcaPoints } from './points.svelte.ts'

/** Chosen in place of a dataset. */
export const NO_PROJECTED = 'none'

/** Rows of another dataset on the components of a result. */
export interface PlacedRows {
  dataset: DatasetInfo
  components: readonly number[]
  /** scores by component, in the order of components */
  scores: readonly Float64Array[]
}

/** What is known of such rows besides their places, over the first components; NaN in a row that lacks a cell. */
export interface PlacedMeasures {
  dataset: DatasetInfo
  t2: Float64Array
  q: Float64Array
  /** squared, from the origin */
  distances: Float64Array
}

/** Datasets of the session whose rows were projected on a result, and the scores of the one that is drawn. Make it while a
 * component starts. */
export class ProjectedRows {
  readonly #points: PcaPoints
  readonly #chosen: () => string
  readonly #components
  readonly #rows
  readonly #measures

  /** @param chosen id of a dataset, NO_PROJECTED, or '' for the newest
   * @param wanted the components that are drawn
   * @param measured over how many of the first components T² and Q are wanted; null: they are not */
  constructor(
    points: PcaPoints,
    chosen: () => string,
    wanted: () => readonly number[],
    measured: () => number | null = () => null
  ) {
    this.#points = points
    this.#chosen = chosen
    this.#components = follow(
      () => `${resultKey(points.analysis)} ${this.#plausible.length > 0}`,
      () => (this.#plausible.length > 0 ? loadArray(points.analysis, 'components') : null)
    )
    this.#rows = follow(
      () => `${this.shown?.id ?? ''} ${wanted().join(' ')}`,
      () => (this.shown ? this.#load(this.shown, [...wanted()]) : null)
    )
    this.#measures = follow(
      () => `${this.shown?.id ?? ''} ${measured()}`,
      () => {
        const [cut, summary] = [measured(), points.summary]
        return this.shown && summary && cut !== null ? measure(this.shown, summary, cut) : null
      }
    )
  }

  readonly #plausible = $derived.by<DatasetInfo[]>(() => {
    const { summary } = this.#points
    if (!summary) return []
    return session.datasets.filter((dataset) => {
      const projected = projectedDataset(dataset)
      return projected !== null && mayBeModelOf(projected.model, summary)
    })
  })

  /** the datasets there are, oldest first */
  readonly candidates = $derived.by<DatasetInfo[]>(() => {
    const { summary } = this.#points
    const components = this.#components.value
    if (!summary || !components) return []
    return this.#plausible.filter((dataset) => isModelOf(projectedDataset(dataset)!.model, summary, components))
  })

  /** The one that is drawn: unless another was chosen the newest. Rows of the fit itself are drawn only when asked for. */
  readonly shown = $derived.by<DatasetInfo | null>(() => {
    const chosen = this.#chosen()
    if (chosen === NO_PROJECTED) return null
    const own = this.#points.analysis.datasetId
    const others = this.candidates.filter(({ preparation }) => preparation?.parentId !== own)
    return this.candidates.find(({ id }) => id === chosen) ?? others.at(-1) ?? null
  })

  /** components of the model that the rows drawn were projected on: one of very many columns is cut to fewer than the result has */
  get count(): number {
    return (this.shown && projectedDataset(this.shown)?.scores.length) ?? 0
  }

  /** null while they load, and where there are none */
  get rows(): PlacedRows | null {
    const rows = this.#rows.value
    return rows && rows.dataset.id === this.shown?.id ? rows : null
  }

  /** null while they load, and where none are wanted */
  get measures(): PlacedMeasures | null {
    const measures = this.#measures.value
    return measures && measures.dataset.id === this.shown?.id ? measures : null
  }

  async #load(dataset: DatasetInfo, components: readonly number[]): Promise<PlacedRows> {
    const names = projectedDataset(dataset)!.scores
    // A model of very many columns was cut to fewer components.
    const scores = await Promise.all(components.map((component) => loadNumbers(dataset, names[component])))
    return { dataset, components, scores }
  }
}

async function loadNumbers(dataset: DatasetInfo, name: string | undefined): Promise<Float64Array> {
  const column = name === undefined ? null : await loadColumn(dataset, name)
  return column?.kind === 'number' ? column.values : new Float64Array(dataset.nRows).fill(NaN)
}

async function measure(dataset: DatasetInfo, summary: PcaSummary, cut: number): Promise<PlacedMeasures> {
  const { scores, q } = projectedDataset(dataset)!
  const left = await loadNumbers(dataset, q)
  const load = (component: number): Promise<Float64Array> => loadNumbers(dataset, scores[component])
  return { dataset, ...(await diagnoseByComponent(summary, cut, load, scores.length, left)) }
}
