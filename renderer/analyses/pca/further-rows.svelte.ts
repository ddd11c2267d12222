import { diagnoseProjected } from '../../../core/analyses/pca/figures/diagnosis.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import { follow } from '../resource.svelte.ts'
import { loadArray, resultKey } from '../results.ts'
import { projectedCos2, rowsWithValue, seenShare } from './diagnosed-rows.ts'
import type { PcaPoints } from './points.svelte.ts'
import { ProjectedRows } from './projected-rows.svelte.ts'
import { scoreChoices } from './score-choices.ts'

/** Measures of rows that were not fitted, a number a row. */
interface Measured {
  /** of their dataset */
  rows: Int32Array
  t2: Float64Array
  q: Float64Array
  /** squared, from the origin */
  distances: ArrayLike<number>
  /** in the plane that is shown */
  cos2: Float64Array
}

const none: Measured = {
  rows: new Int32Array(0),
  t2: new Float64Array(0),
  q: new Float64Array(0),
  distances: new Float64Array(0),
  cos2: new Float64Array(0)
}

/** The rows that a result shows and was not fitted to: the supplementary ones of its dataset, and those of another dataset that
 * were projected and are drawn with it. Make it while a component starts. */
export class FurtherRows {
  readonly #points: () => PcaPoints
  readonly #cut: () => number
  readonly #loaded
  readonly #projected: ProjectedRows

  /** @param cut how many components T² and Q are over @param isWanted whether they are loaded at all */
  constructor(analysis: () => AnalysisInfo, points: () => PcaPoints, cut: () => number, isWanted: () => boolean) {
    this.#points = points
    this.#cut = cut
    this.#loaded = follow(
      () => resultKey(analysis()),
      () => ((points().summary?.supplementary?.rows ?? 0) > 0 && isWanted() ? loadSupplementary(analysis()) : null)
    )
    this.#projected = new ProjectedRows(
      points(),
      () => scoreChoices(analysis()).projected,
      () => this.#shown,
      () => (isWanted() ? cut() : null)
    )
  }

  /** the one or two components shown, 0-based */
  get #shown(): number[] {
    return [...new Set(this.#points().axes)]
  }

  /** rows of the dataset of the result; none where there are none */
  readonly supplementary = $derived.by<Measured>(() => {
    const [summary, found] = [this.#points().summary, this.#loaded.value]
    if (!summary || !found) return none
    return {
      rows: Int32Array.from(found.rows),
      distances: found.distances,
      ...diagnoseProjected(summary, this.#cut(), found.scores, found.distances),
      cos2: projectedCos2(found, this.#shown, summary.nComponents)
    }
  })

  /** The dataset whose rows would be shown, were they not projected on fewer components than T² and Q are over; null where they
   * are not too few. */
  readonly tooFew = $derived.by<{ dataset: DatasetInfo; components: number } | null>(() => {
    const { shown, count } = this.#projected
    return shown && count < this.#cut() ? { dataset: shown, components: count } : null
  })

  /** Rows of another dataset that have scores, with that dataset; null where none is drawn, or none can be. */
  readonly elsewhere = $derived.by<(Measured & { dataset: DatasetInfo; nLacking: number }) | null>(() => {
    const { measures, rows: placed } = this.#projected
    if (!measures || !placed || this.tooFew || this.#shown.some((component) => !placed.components.includes(component)))
      return null
    const shown = this.#shown.map((component) => placed.scores[placed.components.indexOf(component)]!)
    const { dataset, t2, q, distances } = measures
    const cosines = seenShare(shown, distances)
    // Mostly every row has scores: then nothing is copied.
    const rows = rowsWithValue(t2)
    const pick = (values: Float64Array): Float64Array =>
      rows.length === t2.length ? values : Float64Array.from(rows, (row) => values[row]!)
    return {
      dataset,
      rows,
      t2: pick(t2),
      q: pick(q),
      distances: pick(distances),
      cos2: pick(cosines),
      nLacking: dataset.nRows - rows.length
    }
  })
}

async function loadSupplementary(analysis: AnalysisInfo) {
  const [rows, scores, distances] = await Promise.all(
    ['supplementaryRowsUsed', 'supplementaryScores', 'supplementarySquaredDistances'].map((name) =>
      loadArray(analysis, name)
    )
  )
  return { rows: rows!, scores: scores!, distances: distances! }
}
