import { untrack } from 'svelte'
import { axisSentence, describeAxis, type AxisRelation } from '../../../core/analyses/pca/figures/axis-description.ts'
import { levelRows, type LevelRow } from '../../../core/analyses/pca/figures/level-rows.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { DescriptionParams, DescriptionSummary } from '../../../core/analyses/pca/studies/description/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import { follow } from '../resource.svelte.ts'
import { loadStudy, loadStudyArray, runningStudy, runStudy, studyKey } from '../studies.ts'

/** Rows × columns that are related in well under 100 ms: nobody needs to ask for it. */
const AT_ONCE = 2_000_000

export interface DescribedColumn extends AxisRelation {
  /** part of the fit */
  fitted: boolean
  rows: number
}

export interface DescribedLevel extends AxisRelation {
  rows: number
  /** mean score of its rows */
  coordinate: number
  cos2: number
}

/** What the components of a result go with: loaded, or made where that takes no time. */
export class Description {
  readonly #analysis: () => AnalysisInfo
  readonly #summary: () => PcaSummary
  readonly #study
  readonly #correlations
  readonly #pValues
  readonly #rows

  constructor(analysis: () => AnalysisInfo, dataset: () => DatasetInfo, summary: () => PcaSummary) {
    this.#analysis = analysis
    this.#summary = summary
    const key = (): string => `${analysis().id} ${studyKey(analysis(), 'description')}`
    this.#study = follow(key, () => loadStudy<DescriptionParams, DescriptionSummary>(analysis(), 'description'))
    this.#correlations = follow(key, () => loadStudyArray(analysis(), 'description', 'correlations'))
    this.#pValues = follow(key, () => loadStudyArray(analysis(), 'description', 'correlationPValues'))
    this.#rows = follow(key, () => loadStudyArray(analysis(), 'description', 'correlationRows'))
    let asked = ''
    $effect(() => {
      const { id, createdAt } = analysis()
      const result = `${id} ${createdAt}`
      if (studyKey(analysis(), 'description') !== '' || asked === result) return
      if (dataset().nRows * dataset().columns.length > AT_ONCE || untrack(() => this.job)) return
      asked = result
      void this.run()
    })
  }

  run(): Promise<void> {
    return runStudy(this.#analysis(), 'description')
  }
  get job() {
    return runningStudy(this.#analysis(), 'description')
  }
  get exists(): boolean {
    return studyKey(this.#analysis(), 'description') !== ''
  }
  get error() {
    return this.#study.error ?? this.#correlations.error
  }
  get isReady(): boolean {
    return this.#study.value !== null && this.#correlations.value !== null && this.#pValues.value !== null
  }
  /** components that are described */
  get nComponents(): number {
    return this.#study.value?.summary.nComponents ?? 0
  }
  get leftOut() {
    return this.#study.value?.summary.leftOut ?? []
  }

  /** columns of numbers by their correlation, the strongest first whatever its sign */
  columnsOf(component: number): DescribedColumn[] {
    const [summary, r, p] = [this.#study.value?.summary, this.#correlations.value, this.#pValues.value]
    if (!summary || !r || !p) return []
    const fitted = new Set(this.#summary().columns)
    return summary.numeric
      .map((name, i) => ({
        name,
        strength: r[i * summary.nComponents + component]!,
        p: p[i * summary.nComponents + component]!,
        fitted: fitted.has(name),
        rows: this.#rows.value?.[i] ?? 0
      }))
      .sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength))
  }

  /** categories by the share of the component's variance between their levels */
  categoriesOf(component: number): AxisRelation[] {
    return (this.#study.value?.summary.categories ?? [])
      .map(({ column, r2, pValues }) => ({ name: column, strength: r2[component]!, p: pValues[component]! }))
      .sort((a, b) => b.strength - a.strength)
  }

  /** levels by their v-test, the most surprising first */
  levelsOf(component: number): DescribedLevel[] {
    return (this.#study.value?.summary.categories ?? [])
      .flatMap(({ column, levels }) =>
        levels.map((level) => ({
          name: `${column} ${level.level}`,
          level: { of: column, name: level.level },
          strength: level.vTests[component]!,
          p: level.pValues[component]!,
          rows: level.rows,
          coordinate: level.coordinates[component]!,
          cos2: level.cos2[component]!
        }))
      )
      .sort((a, b) => Math.abs(b.strength) - Math.abs(a.strength))
  }

  /** every level with its numbers on all components that are described */
  readonly levels = $derived.by<LevelRow[]>(() => (this.#study.value ? levelRows(this.#study.value.summary) : []))

  sentenceOf(component: number): string {
    return axisSentence(`PC${component + 1}`, describeAxis(this.columnsOf(component), this.levelsOf(component)))
  }
}
