import type { DatasetShape } from '../../core/contract/analysis.ts'
import { toErrorData, type ErrorData } from '../../core/contract/errors.ts'
import { stepSchema, type PreparationPreview, type Step, type StepKind } from '../../core/contract/preparation.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import type { ColumnType } from '../../core/contract/table.ts'
import { stepSpecs } from '../../core/preparation/spec.ts'
import { canRun } from '../analyses/form.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'

/** The effect is asked for this long after the last change. */
const PREVIEW_DELAY_MS = 200

/** A step while it is written. key stays the same while it is moved. */
interface StepDraft {
  key: number
  params: Record<string, unknown>
}

/** The steps of a dataset while they are written: those of a new one, or of one that is there already. */
class Preparation {
  /** the dataset that is prepared; null while nothing is */
  baseId = $state<string | null>(null)
  /** the derived dataset whose steps are changed; null for a new one */
  changing = $state.raw<DatasetInfo | null>(null)
  name = $state('')
  steps = $state.raw<StepDraft[]>([])
  chosen = $state(0)
  preview = $state.raw<PreparationPreview | null>(null)
  /** why the effect cannot be shown */
  trouble = $state.raw<ErrorData | null>(null)
  looking = $state(false)

  /** something stands on the dataset whose steps are changed: it stays, and another one is made */
  used = $derived.by(() => this.changing !== null && isUsed(this.changing.id))
  base = $derived(session.datasets.find((dataset) => dataset.id === this.baseId))
  /** the steps before the first that is not complete */
  complete = $derived.by(() => {
    const complete: Step[] = []
    for (const [at, { params }] of this.steps.entries()) {
      const parsed = stepSchema.safeParse(params)
      if (!parsed.success || !canRun(this.specAt(at), params, this.shapeAt(at))) break
      complete.push(parsed.data)
    }
    return complete
  })
  ready = $derived(
    this.steps.length > 0 &&
      this.complete.length === this.steps.length &&
      this.preview?.failure === null &&
      this.name.trim() !== ''
  )

  #key = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  /** Begins a new dataset made from this one. @param ending of its name */
  begin(dataset: DatasetInfo, steps: Record<string, unknown>[] = [], ending = 'prepared'): void {
    this.#open(dataset.id, null, freeName(`${dataset.name.replace(/ prepared( \d+)?$/, '')} ${ending}`), steps)
  }

  /** Takes up the steps of a derived dataset. */
  change(dataset: DatasetInfo, chosen = 0): void {
    const { preparation } = dataset
    if (!preparation) return
    this.#open(
      preparation.parentId,
      dataset,
      isUsed(dataset.id) ? freeName(dataset.name) : dataset.name,
      preparation.steps.map(({ step }) => ({ ...step }))
    )
    this.chosen = chosen
  }

  /** Reads a column as another type: one more step of a derived dataset whose parent is there, the first of a new one else. */
  changeType(dataset: DatasetInfo, column: string, to: ColumnType): void {
    this.#addTo(dataset, { kind: 'type', columns: [column], to })
  }

  /** The same with another place for a column. @param before the column it shall stand before; null: the last */
  moveColumn(dataset: DatasetInfo, column: string, before: string | null): void {
    this.#addTo(dataset, { kind: 'move', column, before })
  }

  #addTo(dataset: DatasetInfo, params: Record<string, unknown>): void {
    const parentId = dataset.preparation?.parentId
    if (session.datasets.some(({ id }) => id === parentId)) this.change(dataset)
    else this.begin(dataset)
    this.steps = [...this.steps, { key: this.#key++, params }]
    this.chosen = this.steps.length - 1
  }

  #open(baseId: string, changing: DatasetInfo | null, name: string, steps: Record<string, unknown>[]): void {
    this.baseId = baseId
    this.changing = changing
    this.name = name
    this.steps = steps.map((params) => ({ key: this.#key++, params }))
    this.chosen = 0
    this.preview = null
    this.trouble = null
    this.#look(0)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#asked++
    this.baseId = null
  }

  specAt(at: number) {
    return stepSpecs[this.steps[at]!.params['kind'] as StepKind]
  }

  /** The table as the steps before this one leave it, as far as it is known. */
  shapeAt(at: number): DatasetShape {
    const { base } = this
    const stage = this.preview?.stages[at] ?? this.preview?.stages.at(-1)
    if (!base) return { name: '', nRows: 0, columns: [], ratings: null }
    if (!stage || at === 0) return base
    const known = new Map(base.columns.map((column) => [column.name, column]))
    const columns = stage.columns.map((column) => {
      const before = known.get(column.name)
      return before?.type === column.type ? { ...before, ...column } : column
    })
    return { name: base.name, nRows: stage.nRows, columns, ratings: null }
  }

  add(kind: StepKind): void {
    const params = stepSpecs[kind].defaults(this.shapeAt(this.steps.length))
    this.steps = [...this.steps, { key: this.#key++, params }]
    this.chosen = this.steps.length - 1
    this.#look()
  }

  set(at: number, params: Record<string, unknown>): void {
    this.steps = this.steps.map((step, i) => (i === at ? { ...step, params } : step))
    this.#look()
  }

  remove(at: number): void {
    this.steps = this.steps.filter((_, i) => i !== at)
    this.chosen = Math.max(0, Math.min(this.chosen, this.steps.length - 1))
    this.#look()
  }

  /** Exchanges a step with the one before or after it. */
  move(at: number, by: -1 | 1): void {
    const to = at + by
    if (to < 0 || to >= this.steps.length) return
    const steps = [...this.steps]
    ;[steps[at], steps[to]] = [steps[to]!, steps[at]!]
    this.steps = steps
    this.chosen = to
    this.#look()
  }

  #look(delay = PREVIEW_DELAY_MS): void {
    clearTimeout(this.#timer)
    const asked = ++this.#asked
    this.looking = true
    this.#timer = setTimeout(() => void this.#ask(asked), delay)
  }

  async #ask(asked: number): Promise<void> {
    const { baseId, complete } = this
    if (baseId === null) return
    try {
      const preview = await call('preparation.preview', { datasetId: baseId, steps: complete })
      if (asked !== this.#asked) return
      this.preview = preview
      this.trouble = null
      // What is known now of the columns may complete a step that could not be judged before.
      if (this.complete.length > complete.length) this.#look(0)
      else this.looking = false
    } catch (thrown) {
      if (asked !== this.#asked) return
      this.looking = false
      this.trouble = toErrorData(thrown)
    }
  }

  /** Starts the work. */
  async apply(): Promise<void> {
    const { baseId, changing, complete: steps, name } = this
    if (!this.ready || baseId === null) return
    this.close()
    await session.attempt(`${name} was not prepared`, () =>
      changing
        ? call('preparation.change', { datasetId: changing.id, steps, name })
        : call('preparation.derive', { datasetId: baseId, steps, name })
    )
  }
}

/** Whether an analysis was made of a dataset, or another dataset. */
function isUsed(id: string): boolean {
  return (
    session.analyses.some((analysis) => analysis.datasetId === id) ||
    session.datasets.some((dataset) => dataset.preparation?.parentId === id)
  )
}

/** The name wished, or with a number where a dataset has it already. */
function freeName(wished: string): string {
  const taken = new Set(session.datasets.map((dataset) => dataset.name))
  if (!taken.has(wished)) return wished
  let n = 2
  while (taken.has(`${wished} ${n}`)) n++
  return `${wished} ${n}`
}

export const preparation = new Preparation()
