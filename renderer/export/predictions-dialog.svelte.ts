import type { ExportFormat } from '../../core/contract/export.ts'
import { exportFormats } from '../../core/contract/export.ts'
import type { AnalysisInfo, DatasetInfo } from '../../core/contract/session.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { formatBytes } from '../ui/format.ts'
import { resultStem } from './export-dialog.svelte.ts'
import { guessPairColumns, wordsOfUnknown } from './pair-columns.ts'
import { saved } from './saved.svelte.ts'
import { textForm } from './text-form.svelte.ts'
import { askForFile, finished, sayWritten } from './write-file.ts'

/** A matrix has numbers only, and pairs have names. */
export const PREDICTION_FORMATS = (Object.keys(exportFormats) as ExportFormat[]).filter((format) => format !== 'npy')

/** The dialog in which a model predicts every row of a table of pairs. It stays open until that is written, and then says how many rows
 * name somebody unknown. */
class PredictionsDialog {
  target = $state.raw<{ analysis: AnalysisInfo; dataset: DatasetInfo } | null>(null)
  datasetId = $state('')
  user = $state('')
  item = $state('')
  format = $state<ExportFormat>('csv')
  isWriting = $state(false)
  /** what was written last, and whom the model did not know */
  written = $state.raw<{ file: string; bytes: number; unknown: { users: number; items: number } } | null>(null)
  #opened = 0

  dataset = $derived<DatasetInfo | undefined>(session.datasets.find(({ id }) => id === this.datasetId))
  problem = $derived(this.user === this.item ? 'Users and items stand in two columns.' : undefined)
  ready = $derived(this.dataset !== undefined && this.problem === undefined && !this.isWriting)

  open({ analysis, dataset }: { analysis: AnalysisInfo; dataset: DatasetInfo }): void {
    this.#opened++
    this.target = { analysis, dataset }
    this.isWriting = false
    // What the model was fitted to has its ratings: another table is meant, where there is one.
    const other = session.datasets.find(({ id }) => id !== dataset.id)
    this.choose((other ?? dataset).id)
  }

  close(): void {
    this.#opened++
    this.target = null
  }

  choose(datasetId: string): void {
    this.datasetId = datasetId
    this.written = null
    const { dataset, target } = this
    if (dataset && target) Object.assign(this, guessPairColumns(dataset, target.analysis.params))
  }

  async write(): Promise<void> {
    const { target, dataset, format, user, item } = this
    if (!target || !dataset || !this.ready) return
    const { analysis } = target
    const stem = resultStem({ dataset, analysis }, 'predictions')
    const file = await askForFile(stem, format, exportFormats[format].label)
    if (!file) return
    saved.clear()
    const opened = this.#opened
    this.isWriting = true
    this.written = null
    const choices = { ...$state.snapshot(textForm.choices), metadata: false }
    const asked = { analysisId: analysis.id, datasetId: dataset.id, user, item, format, choices, file: file.token }
    const done = await session.attempt(`${file.name} was not saved`, () => finished(call('carry.predictions', asked)))
    // Who closed the dialog meanwhile, or opened it for another model, is told beside it.
    const isHere = opened === this.#opened
    if (isHere) this.isWriting = false
    if (!done) return isHere ? this.close() : undefined
    const { bytes = 0, unknown = { users: 0, items: 0 } } = done
    sayWritten(analysis, file, bytes)
    if (isHere) this.written = { file: file.name, bytes, unknown }
    session.say(`Saved ${file.name}, ${formatBytes(bytes)}. ${wordsOfUnknown(unknown)}`)
  }
}

export const predictionsDialog = new PredictionsDialog()
