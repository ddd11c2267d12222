import { correlationWithScores } from '../../../core/analyses/pca/figures/column-correlation.ts'
import {
  placeLevels,
  supplementaryDeviation,
  type LevelPlace
} from '../../../core/analyses/pca/figures/supplementary-places.ts'
import type { PcaParams, PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import { follow } from '../resource.svelte.ts'
import { hasArray, loadArray, loadArrayOnce, loadColumn, resultKey } from '../results.ts'
import { codesOf } from './category-codes.ts'

export interface SupplementaryNumber {
  name: string
  /** with each axis they were placed on */
  correlations: number[]
  /** standard deviation of the column, scaled as the fitted ones are */
  deviation: number
}

export interface SupplementaryLevel extends LevelPlace {
  column: string
}

interface Placed {
  /** axes, 0-based */
  axes: readonly number[]
  numbers: SupplementaryNumber[]
  levels: SupplementaryLevel[]
}

/** Scores up to which all axes are related; of more, those that are shown. */
const MOST_SCORES = 500_000

/** Which axes columns are related to: all, or in a large table the two that are shown. */
function axesToPlace(nSamples: number, count: number, shown: readonly number[]): readonly number[] {
  return nSamples * count <= MOST_SCORES ? Array.from({ length: count }, (_, axis) => axis) : [...new Set(shown)]
}

/** Columns and categories that were not fitted, on the axes. Make it while a component starts. */
export class SupplementaryColumns {
  readonly #placed
  readonly #shown: () => readonly number[]

  /** @param shown the two axes, 0-based @param count how many there are; 0 while it is not known @param rotated key of the rotation whose scores are the axes; '' for the components */
  constructor(
    analysis: () => AnalysisInfo,
    dataset: () => DatasetInfo,
    summary: () => PcaSummary | null,
    shown: () => readonly number[],
    count: () => number,
    rotated: () => string
  ) {
    this.#shown = shown
    const axes = (): readonly number[] => axesToPlace(summary()?.nSamples ?? 0, count(), shown())
    this.#placed = follow(
      () => `${resultKey(analysis())} ${axes().join()} ${rotated()}`,
      () => {
        const of = summary()
        return of && count() > 0 ? place(analysis(), dataset(), of, axes(), rotated()) : null
      }
    )
  }

  /** position among what was placed of an axis; −1 where it is not known of it */
  #at(axis: number): number {
    return this.#placed.value?.axes.indexOf(axis) ?? -1
  }
  /** with an axis; NaN where it is not known */
  correlation({ correlations }: Pick<SupplementaryNumber, 'correlations'>, axis: number): number {
    return correlations[this.#at(axis)] ?? NaN
  }
  mean({ means }: LevelPlace, axis: number): number {
    return means[this.#at(axis)] ?? NaN
  }
  /** whether what is shown is already placed */
  get isPlaced(): boolean {
    return this.#shown().every((axis) => this.#at(axis) >= 0)
  }

  get numbers(): SupplementaryNumber[] {
    return this.isPlaced ? (this.#placed.value?.numbers ?? []) : []
  }
  get levels(): SupplementaryLevel[] {
    return this.isPlaced ? (this.#placed.value?.levels ?? []) : []
  }
}

async function place(
  analysis: AnalysisInfo,
  dataset: DatasetInfo,
  { divisor, nSamples }: PcaSummary,
  axes: readonly number[],
  rotated: string
): Promise<Placed> {
  const params = analysis.params as Partial<PcaParams>
  const asked = [...(params.supplementaryColumns ?? []), ...(params.group ? [params.group] : [])]
  const names = [...new Set(asked)].filter((name) => dataset.columns.some((column) => column.name === name))
  if (names.length === 0 || nSamples === 0) return { axes, numbers: [], levels: [] }
  const [rowsUsed, scores, weighted] = await Promise.all([
    loadArray(analysis, 'rowsUsed'),
    rotated === '' ? loadArray(analysis, 'scores', axes) : loadArrayOnce(rotated, analysis, 'rotation.scores', axes),
    hasArray(analysis, 'weights')
  ])
  const byAxis = axes.map((_, k) => Float64Array.from(rowsUsed, (_, i) => scores[i * axes.length + k]!))
  const weights = weighted ? await loadArray(analysis, 'weights') : null
  const placed: Placed = { axes, numbers: [], levels: [] }
  for (const name of names) {
    const column = await loadColumn(dataset, name)
    // Numbers that tell groups are levels, no measurement.
    if (column.kind === 'number' && name !== params.group) {
      placed.numbers.push({
        name,
        correlations: byAxis.map((of) => correlationWithScores(column.values, rowsUsed, of, weights)),
        deviation: supplementaryDeviation(column.values, rowsUsed, weights, params.scale ?? 'none', divisor)
      })
    } else {
      const coded = codesOf(column)
      if (!coded) continue
      const levels = placeLevels(coded.codes, coded.dictionary, rowsUsed, byAxis, weights)
      placed.levels.push(...levels.map((level) => ({ column: name, ...level })))
    }
  }
  return placed
}
