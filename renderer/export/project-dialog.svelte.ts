import type { ColumnMatch } from '../../core/contract/model.ts'
import type { ModelSource, ModelSummary } from '../../core/contract/model-calls.ts'
import type { OpenedFile } from '../../core/contract/host.ts'
import { toErrorData, type ErrorData } from '../../core/contract/errors.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'

/** Stands for the file among the results a model can come from. */
export const FROM_FILE = 'file'

/** The dialog in which a model is applied to the rows of a dataset. */
class ProjectDialog {
  isOpen = $state(false)
  /** id of a result, or FROM_FILE */
  model = $state('')
  file = $state.raw<OpenedFile | null>(null)
  datasetId = $state('')
  /** how the columns meet; null while it is not known */
  known = $state.raw<{ model: ModelSummary; match: ColumnMatch } | null>(null)
  trouble = $state.raw<ErrorData | null>(null)
  #asked = 0

  results = $derived(session.analyses.filter(({ kind }) => kind === 'pca'))
  dataset = $derived<DatasetInfo | undefined>(session.datasets.find(({ id }) => id === this.datasetId))
  ready = $derived(
    this.known !== null && this.known.match.missing.length === 0 && this.known.match.otherType.length === 0
  )

  /** @param analysisId the model of this result, the newest where none is named */
  open(analysisId: string | undefined, datasetId: string | undefined): void {
    const own = session.analyses.find(({ id }) => id === analysisId)?.datasetId
    this.model = analysisId ?? this.results.at(-1)?.id ?? ''
    // The rows of the fit have their scores: another dataset is meant, where there is one.
    const other = session.datasets.find(({ id }) => id !== own)
    this.datasetId = datasetId ?? other?.id ?? own ?? ''
    this.isOpen = true
    if (this.model !== '') void this.#ask()
    else this.known = null
  }

  close(): void {
    this.isOpen = false
    this.#asked++
  }

  chooseModel(model: string): void {
    this.model = model
    void this.#ask()
  }

  chooseDataset(id: string): void {
    this.datasetId = id
    void this.#ask()
  }

  async chooseFile(): Promise<void> {
    const file = await window.host.openModel()
    if (!file) return
    this.file = file
    this.chooseModel(FROM_FILE)
  }

  #source(): ModelSource | null {
    if (this.model !== FROM_FILE) return this.model === '' ? null : { analysisId: this.model }
    return this.file && { file: this.file.token }
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked
    const [model, datasetId] = [this.#source(), this.datasetId]
    this.known = null
    this.trouble = null
    if (!model || datasetId === '') return
    try {
      const known = await call('model.match', { model, datasetId })
      if (asked === this.#asked) this.known = known
    } catch (thrown) {
      if (asked === this.#asked) this.trouble = toErrorData(thrown)
    }
  }

  async apply(): Promise<void> {
    const [model, dataset] = [this.#source(), this.dataset]
    if (!model || !dataset || !this.ready) return
    this.close()
    const name = freeName(`${dataset.name} projected`)
    await session.attempt(`${dataset.name} was not projected`, () =>
      call('model.project', { model, datasetId: dataset.id, name })
    )
  }
}

function freeName(wished: string): string {
  const taken = new Set(session.datasets.map(({ name }) => name))
  let name = wished
  for (let n = 2; taken.has(name); n++) name = `${wished} ${n}`
  return name.slice(0, 200)
}

export const projectDialog = new ProjectDialog()
