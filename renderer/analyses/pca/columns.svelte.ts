import {
  columnContributions,
  columnCorrelations,
  columnCos2,
  jointContributions
} from '../../../core/analyses/pca/figures/column-measures.ts'
import type { PcaSummary } from '../../../core/analyses/pca/spec.ts'
import type { RotationParams, RotationSummary } from '../../../core/analyses/pca/studies/rotation/spec.ts'
import type { AnalysisInfo, DatasetInfo } from '../../../core/contract/session.ts'
import { session } from '../../app/session.svelte.ts'
import { formatPercent } from '../../ui/format.ts'
import { follow } from '../resource.svelte.ts'
import { hasArray, loadArray, resultKey } from '../results.ts'
import { loadStudy, loadStudyArray, studyKey } from '../studies.ts'
import { axesOf, cutOf } from './choices.ts'
import { constantWords } from './constant-words.ts'
import { ColumnSamples, insideCircle, type ColumnOutline } from './column-samples.svelte.ts'
import { componentName, type PcaPoints } from './points.svelte.ts'
import { SupplementaryColumns } from './supplementary-columns.svelte.ts'

/** Components whose loadings are loaded at least: a screen holds few, and the export has them all. */
const USUAL_COMPONENTS = 50

export type Measure = 'loadings' | 'structure' | 'components' | 'correlations' | 'cos2' | 'contributions'

export const MEASURE_NAMES: Record<Measure, string> = {
  loadings: 'Loadings',
  structure: 'Structure',
  components: 'Components',
  correlations: 'Correlations',
  cos2: 'cos²',
  contributions: 'Contributions'
}

/** What a table of columns × axes shows, in the qualifier after its title. */
const MEASURE_WORDS: Record<Measure, string> = {
  loadings: 'component × √variance',
  structure: 'covariance of column and factor',
  components: 'unit length',
  correlations: 'of column and component',
  cos2: 'share of the column that the component shows',
  contributions: '%, what each column makes of the component'
}

/** Columns against axes: the components, or what they were rotated to. */
export interface ColumnView {
  /** null where the axes are the components */
  rotation: RotationSummary | null
  /** axes, and their names: "PC1 · 72.96 %" */
  count: number
  axisNames: string[]
  shortNames: string[]
  variances: number[]
  /** p × count, row-major */
  loadings: ArrayLike<number>
  structure: ArrayLike<number>
  correlations: Float64Array
}

/** Everything the tabs about columns share: measures of each column, rotated or not, and which columns are chosen. */
export class PcaColumns {
  readonly #analysis: () => AnalysisInfo
  readonly #points: () => PcaPoints
  readonly #loaded
  readonly #study
  readonly #rotated
  readonly #mayRotate: () => boolean

  /** what other samples of the rows make of the columns */
  readonly samples: ColumnSamples
  /** columns and categories that were not fitted */
  readonly supplementary: SupplementaryColumns

  /** @param mayRotate where false, the components are shown whatever was asked for elsewhere */
  constructor(
    analysis: () => AnalysisInfo,
    dataset: () => DatasetInfo,
    points: () => PcaPoints,
    mayRotate: () => boolean = () => true
  ) {
    this.#mayRotate = mayRotate
    this.#analysis = analysis
    this.#points = points
    this.#loaded = follow(
      () => `${resultKey(analysis())} ${this.#width}`,
      () => {
        const components = Array.from({ length: this.#width }, (_, k) => k)
        return components.length === 0 ? null : loadColumns(analysis(), components)
      }
    )
    this.#study = follow(
      () => studyKey(analysis(), 'rotation'),
      () => loadStudy<RotationParams, RotationSummary>(analysis(), 'rotation')
    )
    this.#rotated = follow(
      () => studyKey(analysis(), 'rotation'),
      () => {
        const pattern = loadStudyArray(analysis(), 'rotation', 'pattern')
        const structure = loadStudyArray(analysis(), 'rotation', 'structure')
        return pattern && structure && Promise.all([pattern, structure])
      }
    )
    this.samples = new ColumnSamples(analysis)
    this.supplementary = new SupplementaryColumns(
      analysis,
      dataset,
      () => this.summary,
      () => this.axes,
      () => this.view?.count ?? 0,
      () => (this.rotation === null ? '' : studyKey(analysis(), 'rotation'))
    )
  }

  get summary(): PcaSummary | null {
    return this.#points().summary
  }
  get #width(): number {
    const { summary } = this
    if (!summary) return 0
    const { nComponents } = summary
    const least = Math.max(USUAL_COMPONENTS, ...axesOf(this.#analysis(), nComponents).map((axis) => axis + 1))
    return Math.min(nComponents, Math.max(least, cutOf(this.#analysis(), summary)))
  }
  get error() {
    return this.#loaded.error ?? this.#study.error ?? this.#rotated.error
  }
  /** a result of a version that kept less */
  get isOlder(): boolean {
    return this.#loaded.value?.deviations === null
  }
  /** the rotation that was made, whatever is shown */
  get study() {
    return this.#study.value
  }
  /** the method that is asked for; 'none' shows the components */
  get method(): string {
    return this.#mayRotate() ? session.plotChoice<string>(this.#analysis().id, 'rotation', 'none') : 'none'
  }
  get rotation(): RotationSummary | null {
    const study = this.#study.value
    return study !== null && study.params.method === this.method ? study.summary : null
  }
  /** the two axes shown, 0-based */
  get axes(): [number, number] {
    return axesOf(this.#analysis(), this.rotation?.nComponents ?? this.summary?.nComponents ?? 1)
  }

  readonly view = $derived.by<ColumnView | null>(() => {
    const summary = this.summary
    const loaded = this.#loaded.value
    if (!summary || !loaded?.deviations) return null
    const { deviations, loadings } = loaded
    const rotation = this.rotation
    if (rotation === null) {
      const count = this.#width
      return {
        rotation,
        count,
        axisNames: Array.from({ length: count }, (_, k) => componentName(summary, k)),
        shortNames: Array.from({ length: count }, (_, k) => `PC${k + 1}`),
        variances: summary.explainedVariance,
        loadings,
        structure: loadings,
        correlations: columnCorrelations(loadings, count, deviations)
      }
    }
    const rotated = this.#rotated.value
    if (!rotated) return null
    const [pattern, structure] = rotated
    const count = rotation.nComponents
    return {
      rotation,
      count,
      axisNames: rotation.explainedVarianceRatio.map((share, k) => `RC${k + 1} · ${formatPercent(share, 2)}`),
      shortNames: rotation.explainedVarianceRatio.map((_, k) => `RC${k + 1}`),
      variances: rotation.explainedVariance,
      loadings: pattern,
      structure,
      correlations: columnCorrelations(structure, count, deviations)
    }
  })

  /** numbers of the columns that are constant as they were prepared: they have no direction, and would all lie at the origin */
  readonly constant = $derived.by<ReadonlySet<number>>(() => {
    const found = new Set<number>()
    this.#loaded.value?.deviations?.forEach((deviation, j) => {
      if (deviation === 0) found.add(j)
    })
    return found
  })
  /** the same in words: "constant: dose"; '' where there are none */
  readonly constantWords = $derived(constantWords(Array.from(this.constant, (j) => this.summary?.columns[j] ?? '')))

  /** what can be shown of the axes that are shown */
  readonly measures = $derived.by<Measure[]>(() => {
    const rotation = this.rotation
    if (rotation === null) return ['loadings', 'components', 'correlations', 'cos2', 'contributions']
    return rotation.oblique ? ['loadings', 'structure', 'correlations'] : ['loadings', 'correlations', 'cos2']
  })
  get measure(): Measure {
    const chosen = session.plotChoice<string>(this.#analysis().id, 'loadingsAs', 'loadings')
    return this.measures.find((measure) => measure === chosen) ?? 'loadings'
  }
  nameOf(measure: Measure): string {
    return measure === 'loadings' && this.rotation?.oblique ? 'Pattern' : MEASURE_NAMES[measure]
  }
  wordsOf(measure: Measure): string {
    if (this.rotation === null) return MEASURE_WORDS[measure]
    if (measure === 'loadings') return this.rotation.oblique ? 'weight of the factor in the column' : 'rotated'
    return MEASURE_WORDS[measure].replace('component', 'factor')
  }

  /** p × count of the chosen measure */
  readonly values = $derived.by<ArrayLike<number>>(() => (this.view ? this.#measured(this.view, this.measure) : []))

  #measured(view: ColumnView, measure: Measure): ArrayLike<number> {
    switch (measure) {
      case 'loadings':
        return view.loadings
      case 'structure':
        return view.structure
      case 'correlations':
        return view.correlations
      case 'cos2':
        return columnCos2(view.correlations)
      case 'contributions':
        return columnContributions(view.loadings, view.count)
      case 'components':
        return Float64Array.from(view.loadings, (loading, at) => {
          const deviation = Math.sqrt(view.variances[at % view.count]!)
          return deviation > 0 ? loading / deviation : 0
        })
    }
  }

  /** cos² of each column in the plane of the two axes: what its arrow shows of it. Oblique factors overlap: no more than 1. */
  readonly planeCos2 = $derived.by<Float64Array>(() => {
    const view = this.view
    if (!view) return new Float64Array()
    const shown = [...new Set(this.axes)]
    return Float64Array.from({ length: view.correlations.length / view.count }, (_, j) =>
      Math.min(
        1,
        shown.reduce((sum, k) => sum + view.correlations[j * view.count + k]! ** 2, 0)
      )
    )
  })

  /** what each column makes of the plane, in percent */
  readonly planeContributions = $derived.by<Float64Array>(() => {
    const view = this.view
    if (!view) return new Float64Array()
    const contributions = columnContributions(view.loadings, view.count)
    return jointContributions(contributions, view.count, view.variances, [...new Set(this.axes)])
  })

  /** where the arrows of columns end in 95 % of the bootstrap's samples, in the circle of correlations */
  circleOutlines(columns: readonly number[]): ColumnOutline[] {
    const deviations = this.#loaded.value?.deviations
    if (!deviations || this.rotation !== null) return []
    return this.samples.outlines(columns, this.axes, (column) => 1 / deviations[column]!).map(insideCircle)
  }

  /** names of the columns that are highlighted in all panes */
  get chosen(): ReadonlySet<string> {
    return new Set(session.plotChoice<string[]>(this.#analysis().id, 'chosenColumns', []))
  }

  choose(name: string | null, add: boolean): void {
    const before = this.chosen
    const next =
      name === null
        ? []
        : add
          ? before.has(name)
            ? [...before].filter((other) => other !== name)
            : [...before, name]
          : before.size === 1 && before.has(name)
            ? []
            : [name]
    session.setPlotChoice(this.#analysis().id, 'chosenColumns', next)
  }
}

async function loadColumns(
  analysis: AnalysisInfo,
  components: readonly number[]
): Promise<{ loadings: Float64Array | Int32Array; deviations: Float64Array | Int32Array | null }> {
  const [loadings, known] = await Promise.all([
    loadArray(analysis, 'loadings', components),
    hasArray(analysis, 'deviations')
  ])
  return { loadings, deviations: known ? await loadArray(analysis, 'deviations') : null }
}
