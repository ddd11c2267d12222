import { correlationWithScores } from '../../../core/analyses/pca/figures/column-correlation.ts'
import {
  placeLevels,
  supplementaryDeviation,
  type LevelPlace
} from '../../../core/analyses/pca/figures/supplementary-places.ts'
import type { PcaParams, PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import type { ColumnData } from '../../../core/contract/table.ts'
import { follow } from '../resource.svelte.ts'
import { hasArray, loadArray, loadArrayOnce, loadColumn, resultKey } from '../results.ts'

/** A category of more levels is no picture. */
const MOST_LEVELS = 50

export interface SupplementaryNumber {
  name: string
  /** with the two axes */
  correlations: [number, number]
  /** standard deviation of the column, scaled as the fitted ones are */
  deviation: number
}

export interface SupplementaryLevel extends LevelPlace {
  column: string
}

interface Placed {
  numbers: SupplementaryNumber[]
  levels: SupplementaryLevel[]
}

/** Columns and categories that were not fitted, on the two axes that are shown. Make it while a component starts. */
export class SupplementaryColumns {
  readonly #placed

  /** @param axes 0-based @param rotated key of the rotation whose scores are the axes; '' for the components
   * @param isWanted false while it is not known what is shown */
  constructor(
    analysis: () => AnalysisInfo,
    dataset: () => DatasetInfo,
    summary: () => PcaSummary | null,
    axes: () => [number, number],
    rotated: () => string,
    isWanted: () => boolean
  ) {
    this.#placed = follow(
      () => `${resultKey(analysis())} ${axes().join()} ${rotated()}`,
      () => {
        const of = summary()
        return of && isWanted() ? place(analysis(), dataset(), of, axes(), rotated()) : null
      }
    )
  }

  get numbers(): SupplementaryNumber[] {
    return this.#placed.value?.numbers ?? []
  }
  get levels(): SupplementaryLevel[] {
    return this.#placed.value?.levels ?? []
  }
}

async function place(
  analysis: AnalysisInfo,
  dataset: DatasetInfo,
  { divisor, nSamples }: PcaSummary,
  [xAxis, yAxis]: [number, number],
  rotated: string
): Promise<Placed> {
  const params = analysis.params as Partial<PcaParams>
  const asked = [...(params.supplementaryColumns ?? []), ...(params.group ? [params.group] : [])]
  const names = [...new Set(asked)].filter((name) => dataset.columns.some((column) => column.name === name))
  if (names.length === 0 || nSamples === 0) return { numbers: [], levels: [] }
  const load = (axis: number): Promise<Float64Array | Int32Array> =>
    rotated === '' ? loadArray(analysis, 'scores', [axis]) : loadArrayOnce(rotated, analysis, 'rotation.scores', [axis])
  const [rowsUsed, x, y, weighted] = await Promise.all([
    loadArray(analysis, 'rowsUsed'),
    load(xAxis),
    load(yAxis),
    hasArray(analysis, 'weights')
  ])
  const weights = weighted ? await loadArray(analysis, 'weights') : null
  const placed: Placed = { numbers: [], levels: [] }
  for (const name of names) {
    const column = await loadColumn(dataset, name)
    if (column.kind === 'number') {
      placed.numbers.push({
        name,
        correlations: [
          correlationWithScores(column.values, rowsUsed, x, weights),
          correlationWithScores(column.values, rowsUsed, y, weights)
        ],
        deviation: supplementaryDeviation(column.values, rowsUsed, weights, params.scale ?? 'none', divisor)
      })
    } else {
      const coded = codesOf(column)
      if (!coded) continue
      const levels = placeLevels(coded.codes, coded.dictionary, rowsUsed, [x, y], weights)
      placed.levels.push(...levels.map((level) => ({ column: name, ...level })))
    }
  }
  return placed
}

/** Codes of a category, or of a text with few values. */
function codesOf(column: Exclude<ColumnData, { kind: 'number' }>): { codes: Int32Array; dictionary: string[] } | null {
  if (column.kind === 'codes') return column.dictionary.length > MOST_LEVELS ? null : column
  const known = new Map<string, number>()
  const codes = new Int32Array(column.values.length).fill(-1)
  for (let row = 0; row < codes.length; row++) {
    const text = column.values[row] ?? null
    if (text === null) continue
    if (!known.has(text)) {
      if (known.size === MOST_LEVELS) return null
      known.set(text, known.size)
    }
    codes[row] = known.get(text)!
  }
  return { codes, dictionary: [...known.keys()] }
}
