import { outermostPoints } from '../../../core/analyses/pca/figures.ts'
import { cosinesInPlane, diametersOf } from '../../../core/analyses/pca/figures/plane.ts'
import type { NeighboursParams, NeighboursSummary } from '../../../core/analyses/pca/studies/neighbours/spec.ts'
import type { DatasetInfo } from '../../../core/contract/session.ts'
import { session } from '../../app/session.svelte.ts'
import { colourBy, type Category } from '../../plots/categories.ts'
import { SHAPES } from '../../plots/points/scene.ts'
import type { ScatterLabel, ScatterModel } from '../../plots/scatter-model.ts'
import { follow } from '../resource.svelte.ts'
import { formatCount } from '../../ui/format.ts'
import { loadArray, loadColumn, resultKey } from '../results.ts'
import { loadStudy, loadStudyArray, studyKey } from '../studies.ts'
import type { PcaPoints, ScoreValues } from './points.svelte.ts'
import { loadFilledRows } from './filled-cells.svelte.ts'
import { BY_COS2, scoreChoices } from './score-choices.ts'
import { ProjectedRows } from './projected-rows.svelte.ts'
import { centroidsOf, regionsOf } from './score-regions.ts'

/** Name of the group of supplementary rows. */
export const SUPPLEMENTARY = 'supplementary'
const SUPPLEMENTARY_LABELS = 40
/** px of marks sized by a number; smaller where they are many */
const SIZES = { few: [4, 14], many: [2, 7] } as const
const MANY = 2000
/** Rows with filled cells that are ringed one by one */
const MOST_RINGS = 500
/** opacity of a point the plane shows nothing of, of 255 */
const FAINTEST = 40

/** The plane of a score plot with everything asked for drawn into it. Its points are the fitted rows and, after them, the
 * supplementary ones and those of another dataset that were projected. Make it while a component starts. */
export class ScorePlot {
  readonly #points: PcaPoints
  readonly #dataset: () => DatasetInfo
  readonly #distances
  readonly #supplementary
  readonly #filled
  readonly #size
  readonly #symbol
  readonly #kept
  readonly projected: ProjectedRows

  constructor(points: PcaPoints, dataset: () => DatasetInfo) {
    this.#points = points
    this.#dataset = dataset
    const key = (): string => resultKey(points.analysis)
    const column = (name: () => string) =>
      follow(
        () => `${dataset().id} ${name()}`,
        () => (this.#isColumn(name()) ? loadColumn(dataset(), name()) : null)
      )
    this.#distances = follow(key, () =>
      this.needsCosines && points.summary ? loadArray(points.analysis, 'squaredDistances') : null
    )
    this.#supplementary = follow(
      () => `${key()} ${this.#wanted.join(' ')}`,
      () => (this.#hasSupplementary ? this.#loadSupplementary() : null)
    )
    this.#filled = follow(key, () => (points.summary ? loadFilledRows(points.analysis) : null))
    this.projected = new ProjectedRows(
      points,
      () => this.choices.projected,
      () => this.#wanted,
      // Their distances are all that is needed of it, and they are the same whatever the cut.
      () => (this.needsCosines ? 1 : null)
    )
    this.#size = column(() => this.choices.sizeBy)
    this.#symbol = column(() => this.choices.symbolBy)
    this.#kept = follow(
      () => studyKey(points.analysis, 'neighbours'),
      () => (this.choices.overlay === 'neighbours' ? this.#loadKept() : null)
    )
  }

  async #loadKept() {
    const { analysis } = this.#points
    const [study, sampled, kept] = await Promise.all([
      loadStudy<NeighboursParams, NeighboursSummary>(analysis, 'neighbours'),
      loadStudyArray(analysis, 'neighbours', 'sampled'),
      loadStudyArray(analysis, 'neighbours', 'kept')
    ])
    return study && sampled && kept ? { summary: study.summary, sampled, kept } : null
  }

  /** what is known of the neighbours kept by the plane shown; null where it is of another plane, or of none */
  get kept() {
    const found = this.#kept.value
    return found && found.summary.components.join() === this.#points.axes.join() ? found : null
  }

  /** neighbours are to be shown, and are not known of this plane */
  get lacksNeighbours(): boolean {
    return this.choices.overlay === 'neighbours' && this.kept === null
  }

  readonly choices = $derived.by(() => scoreChoices(this.#points.analysis))

  #isColumn(name: string): boolean {
    return this.#dataset().columns.some((column) => column.name === name)
  }

  get needsCosines(): boolean {
    const { overlay, sizeBy, labelled } = this.choices
    return overlay === 'cos2' || overlay === 'cos2-opacity' || sizeBy === BY_COS2 || labelled === 'cos2'
  }

  /** what was asked for is not in a result of an older version */
  get lacksDistances(): boolean {
    return this.needsCosines && this.#distances.error !== null
  }

  get #hasSupplementary(): boolean {
    // Those that lack a cell may all have been left out.
    return (this.#points.summary?.supplementary?.rows ?? 0) > 0
  }

  /** the components that are drawn, each once: the plane shown, and those beside it */
  get #wanted(): number[] {
    return [...new Set([...this.#points.axes, ...this.#points.further])]
  }

  async #loadSupplementary() {
    const { analysis } = this.#points
    const components = this.#wanted
    const [rows, scores, distances] = await Promise.all([
      loadArray(analysis, 'supplementaryRowsUsed'),
      loadArray(analysis, 'supplementaryScores', components),
      loadArray(analysis, 'supplementarySquaredDistances')
    ])
    return { rows, scores, components, distances }
  }

  /** dataset row of a point of this plot, −1 for one of another dataset */
  rowOf(point: number): number {
    const { rowOf } = this.#points
    return point < rowOf.length ? rowOf[point]! : (this.#supplementary.value?.rows[point - rowOf.length] ?? -1)
  }

  /** points that are rows of the dataset of the result; those after them are of another one */
  get #nOwn(): number {
    return this.#points.rowOf.length + (this.#supplementary.value?.rows.length ?? 0)
  }

  /** Where a point is of another dataset: which, and its row there; null for the others. */
  elsewhere(point: number): { dataset: DatasetInfo; row: number } | null {
    const placed = this.projected.rows
    return placed && point >= this.#nOwn ? { dataset: placed.dataset, row: point - this.#nOwn } : null
  }

  /** What a point is called, and from where it comes where that is another dataset. */
  nameOf(point: number): string {
    const found = this.elsewhere(point)
    return found ? `Row ${formatCount(found.row + 1)}, ${found.dataset.name}` : this.#points.nameOf(this.rowOf(point))
  }

  /** The value that colours a point; null where there is none. */
  colourTextOf(point: number): string | null {
    const row = this.rowOf(point)
    return row < 0 ? null : this.#points.colourText(row)
  }

  /** points selected, the supplementary ones last */
  readonly selected = $derived.by<number[]>(() => {
    const rows = this.#supplementary.value?.rows
    const placed = this.projected.rows
    const elsewhere = placed ? session.selectedRows(placed.dataset.id) : []
    if (elsewhere.length > 0) return elsewhere.map((row) => this.#nOwn + row)
    if (!rows) return this.#points.selected
    const chosen = new Set(session.selectedRows(this.#dataset().id))
    const first = this.#points.rowOf.length
    return [...this.#points.selected, ...Array.from(rows).flatMap((row, i) => (chosen.has(row) ? [first + i] : []))]
  })

  select(points: ArrayLike<number>): void {
    if (!this.#supplementary.value && !this.projected.rows) return this.#points.select(points)
    const chosen = Array.from(points)
    const own = chosen.filter((point) => point < this.#nOwn)
    // A selection is of one dataset: rows of another one are selected by themselves.
    const placed = own.length === 0 && chosen.length > 0 ? this.projected.rows : null
    if (placed) {
      const rows = chosen.map((point) => point - this.#nOwn)
      session.select(placed.dataset.id, rows)
    } else {
      session.select(
        this.#dataset().id,
        own.map((point) => this.rowOf(point))
      )
    }
  }

  /** cos² of each point in the plane shown, NaN for rows of another dataset without scores; null until it is known */
  readonly cosines = $derived.by<Float64Array | null>(() => {
    const base = this.#plane
    const distances = this.#distances.value
    if (!base || !distances) return null
    const more = this.#supplementary.value?.distances
    const nFitted = this.#points.rowOf.length
    if (base.x.length === nFitted) return cosinesInPlane(base.x, base.y, distances)
    const all = new Float64Array(base.x.length)
    all.set(distances)
    if (more) all.set(more, nFitted)
    const placed = this.projected.measures
    if (placed && all.length === this.#nOwn + placed.distances.length) all.set(placed.distances, this.#nOwn)
    else all.fill(NaN, this.#nOwn)
    return cosinesInPlane(base.x, base.y, all)
  })

  /** the plane of the fitted rows; after them, as groups of their own, the supplementary rows and those of another dataset */
  readonly #plane = $derived.by<ScatterModel | null>(() => {
    const base = this.#points.model
    const more = this.#supplementary.value
    const placed = this.projected.rows
    if (!base || (!more && !placed)) return base
    const n = base.x.length
    const total = this.#nOwn + (placed?.dataset.nRows ?? 0)
    const [x, y] = [new Float64Array(total), new Float64Array(total)]
    x.set(base.x)
    y.set(base.y)
    const [across, up] = this.#points.axes
    const groups = [...base.groups]
    const labels: ScatterLabel[] = []
    const numbered = (from: number, to: number): Int32Array =>
      Int32Array.from({ length: to - from }, (_, i) => from + i)
    if (more && more.rows.length > 0) {
      x.set(supplementaryOn(more, across), n)
      if (across !== up) y.set(supplementaryOn(more, up), n)
      const members = numbered(n, this.#nOwn)
      groups.push({ name: SUPPLEMENTARY, colour: 'mark', symbol: 'circle-open', members, aside: true })
      for (const point of members.subarray(0, SUPPLEMENTARY_LABELS)) labels.push({ point, text: this.#labelOf(point) })
    }
    if (placed) {
      this.#addProjected(x, across)
      if (across !== up) this.#addProjected(y, up)
      const members = numbered(this.#nOwn, total).filter((point) => !Number.isNaN(x[point]! + y[point]!))
      groups.push({ name: placed.dataset.name, colour: 'mark', symbol: 'diamond-open', members, aside: true })
    }
    return { ...base, x, y, groups, labels: [...labels, ...base.labels] }
  })

  /** Writes the scores of the projected rows after those of the own ones. */
  #addProjected(into: Float64Array, component: number): void {
    const placed = this.projected.rows
    const scores = placed?.scores[placed.components.indexOf(component)]
    if (scores) into.set(scores, this.#nOwn)
  }

  #labelOf(point: number): string {
    const row = this.rowOf(point)
    return this.#points.nameColumn === null ? formatCount(row + 1) : this.#points.nameOf(row)
  }

  /** the second category, where there is one */
  readonly symbols = $derived.by<{ column: string; categories: Category[]; of: Int32Array } | null>(() => {
    const column = this.#symbol.value
    const found = column && colourBy(column)
    return found?.kind === 'categories' ? found : null
  })

  readonly model = $derived.by<ScatterModel | null>(() => {
    const base = this.#plane
    if (!base) return null
    const { choices } = this
    const model: ScatterModel = { ...base, ellipses: this.#hasDataEllipses(base), labels: this.#labels(base) }
    const fitted = { ...base, groups: base.groups.filter(({ aside }) => !aside) }
    model.regions = regionsOf(fitted, choices)
    if (choices.centroids) model.centroids = centroidsOf(fitted)
    this.#addSizes(model)
    this.#addSymbols(model)
    this.#addOverlay(model)
    const rings = this.#rings()
    if (rings.length > 0) model.ringed = rings
    return model
  })

  /** Scores of some components for every point of this plot, those that were not fitted last; null while they load. */
  coordinates(components: readonly number[]): ScoreValues[] | null {
    const n = this.model?.x.length ?? 0
    const found = components.map((component) => this.#points.scoresOf(component))
    if (!found.every((values) => values !== null)) return null
    const more = this.#supplementary.value
    return found.map((values, i) => {
      if (values.length === n) return values
      const all = new Float64Array(n).fill(NaN)
      all.set(values)
      if (more) all.set(supplementaryOn(more, components[i]!), values.length)
      this.#addProjected(all, components[i]!)
      return all
    })
  }

  #hasDataEllipses(base: ScatterModel): boolean {
    return (
      (this.choices.ellipses === 'data' || this.choices.ellipses === 'both') && base.ellipses && base.groups.length > 0
    )
  }

  #labels(base: ScatterModel): readonly ScatterLabel[] {
    const { labelled, labelCount } = this.choices
    const supplementary = base.labels.filter(({ point }) => point >= this.#points.rowOf.length)
    if (labelled === 'none') return supplementary
    const usualCount = base.labels.length - supplementary.length
    const count = labelCount > 0 ? labelCount : usualCount
    if (labelled === 'distance' && count === usualCount) return base.labels
    const cosines = this.cosines
    const [x, y] = this.#points.axes
    const { explainedVariance = [] } = this.#points.summary ?? {}
    const best =
      labelled === 'cos2'
        ? cosines
          ? outermostPoints(cosines.subarray(0, this.#nOwn), cosines.subarray(0, this.#nOwn), 1, 0, count)
          : []
        : labelled === 'contribution'
          ? outermostPoints(base.x, base.y, 1, 1, count)
          : outermostPoints(base.x, base.y, explainedVariance[x] ?? 0, explainedVariance[y] ?? 0, count)
    const others = best
      .filter((point) => point < this.#points.rowOf.length)
      .map((point) => ({ point, text: this.#labelOf(point) }))
    return [...supplementary, ...others]
  }

  #addSizes(model: ScatterModel): void {
    const column = this.#size.value
    const [least, most] = model.x.length > MANY ? SIZES.many : SIZES.few
    if (this.choices.sizeBy === BY_COS2 && this.cosines) model.diameters = diametersOf(this.cosines, least, most)
    else if (column?.kind === 'number' && this.choices.sizeBy !== BY_COS2) {
      const values = Float64Array.from({ length: model.x.length }, (_, point) => column.values[this.rowOf(point)]!)
      model.diameters = diametersOf(values, least, most)
    }
  }

  #addSymbols(model: ScatterModel): void {
    const symbols = this.symbols
    if (!symbols) return
    const numbers = symbols.categories.map(({ symbol }) => SHAPES.indexOf(symbol))
    const shapes = new Uint8Array(model.x.length)
    const nFitted = this.#points.rowOf.length
    for (let point = 0; point < shapes.length; point++) {
      if (point < nFitted) shapes[point] = numbers[symbols.of[this.rowOf(point)]!] ?? 0
      else shapes[point] = SHAPES.indexOf(point < this.#nOwn ? 'circle-open' : 'diamond-open')
    }
    model.shapes = shapes
  }

  #addOverlay(model: ScatterModel): void {
    const { overlay } = this.choices
    const { cosines } = this
    if (overlay === 'cos2' && cosines) {
      model.scale = { name: 'cos² in this plane', values: cosines, low: 0, high: 1, decimals: 2 }
    }
    if (overlay === 'cos2-opacity' && cosines) {
      model.strengths = Uint8Array.from(cosines, (share) =>
        Number.isNaN(share) ? 255 : FAINTEST + share * (255 - FAINTEST)
      )
    }
    const { kept } = this
    if (overlay !== 'neighbours' || !kept) return
    const values = new Float64Array(model.x.length).fill(NaN)
    for (let i = 0; i < kept.sampled.length; i++) values[kept.sampled[i]!] = kept.kept[i]!
    model.scale = { name: 'neighbours kept', values, low: 0, high: 1, decimals: 2 }
  }

  /** Points of rows with cells that were filled in, supplementary ones too. */
  #rings(): number[] {
    const rows = this.#filled.value
    if (!rows || rows.size === 0 || rows.size > MOST_RINGS) return []
    const found: number[] = []
    for (let point = 0; point < this.#nOwn; point++) if (rows.has(this.rowOf(point))) found.push(point)
    return found
  }
}

/** Scores of the supplementary rows on one component; NaN, not drawn, where it was not loaded. */
function supplementaryOn(
  { rows, scores, components }: { rows: ArrayLike<number>; scores: ArrayLike<number>; components: readonly number[] },
  component: number
): Float64Array {
  const at = components.indexOf(component)
  return Float64Array.from({ length: rows.length }, (_, i) => (at < 0 ? NaN : scores[i * components.length + at]!))
}
