import { exportFormats, type ExportFormat, type ExportRows } from '../../core/contract/export.ts'
import type { AnalysisInfo, DatasetInfo } from '../../core/contract/session.ts'
import { call } from '../app/api.ts'
import { outcomeOf } from '../app/job-outcome.svelte.ts'
import { session } from '../app/session.svelte.ts'
import { saved } from './saved.svelte.ts'
import { textForm } from './text-form.svelte.ts'

export type ExportTarget =
  | { kind: 'dataset'; dataset: DatasetInfo }
  | { kind: 'result'; analysis: AnalysisInfo; dataset: DatasetInfo; tables: { name: string; label: string }[] }

/** Which rows of a dataset: every one, those the table shows (filtered, in its order), or those selected. */
export type RowChoice = 'all' | 'shown' | 'selected'

/** The dialog that asks how a table is to be written. What was chosen last is offered again. */
class ExportDialog {
  target = $state.raw<ExportTarget | null>(null)
  format = $state<ExportFormat>('csv')
  rows = $state<RowChoice>('all')
  columns = $state.raw<string[]>([])
  table = $state('')
  /** the arrangement of the table in sight, where it is not simply every row in the order of the file */
  shown = $state.raw<{ datasetId: string; viewId: string; nRows: number } | null>(null)

  /** the arrangement, where it is one of the dataset in question */
  shownRows = $derived.by(() => {
    const { target, shown } = this
    return target?.kind === 'dataset' && shown?.datasetId === target.dataset.id ? shown : null
  })
  selectedRows = $derived(this.target?.kind === 'dataset' ? session.selectedRows(this.target.dataset.id) : [])
  nRows = $derived.by(() => {
    if (this.target?.kind !== 'dataset') return null
    if (this.rows === 'shown' && this.shownRows) return this.shownRows.nRows
    return this.rows === 'selected' ? this.selectedRows.length : this.target.dataset.nRows
  })
  /** why it cannot be written like this: a matrix has numbers only */
  problem = $derived.by(() => {
    if (this.target?.kind !== 'dataset') return undefined
    if (this.columns.length === 0) return 'Choose at least one column.'
    if (this.format !== 'npy') return undefined
    const chosen = new Set(this.columns)
    const other = this.target.dataset.columns.find(({ name, type }) => chosen.has(name) && type !== 'number')
    return other && `A matrix has numbers only: ${other.name} is ${other.type}.`
  })

  open(target: ExportTarget): void {
    this.target = target
    this.rows = 'all'
    if (target.kind === 'result') this.table = target.tables[0]?.name ?? ''
    else {
      this.columns = target.dataset.columns.map((column) => column.name)
      if (this.format === 'npy') this.setFormat('npy')
      if (this.shownRows) this.rows = 'shown'
    }
  }

  close(): void {
    this.target = null
  }

  setFormat(format: ExportFormat): void {
    this.format = format
    const { target } = this
    if (format !== 'npy' || target?.kind !== 'dataset') return
    const numbers = target.dataset.columns.filter(({ type }) => type === 'number').map(({ name }) => name)
    this.columns = this.columns.filter((name) => numbers.includes(name))
    if (this.columns.length === 0) this.columns = numbers
  }

  /** Asks for a file and writes it; the job stands in the status bar meanwhile. */
  async write(): Promise<void> {
    const { target, format } = this
    const { choices } = textForm
    if (!target || this.problem) return
    const stem = target.kind === 'dataset' ? target.dataset.name : resultStem(target, this.table)
    const file = await window.host.saveFile(`${stem}.${format}`, [
      { name: exportFormats[format].label, extensions: [format] }
    ])
    if (!file) return
    saved.clear()
    const started = await session.attempt(`${file.name} was not saved`, () =>
      target.kind === 'dataset'
        ? call('export.dataset', {
            datasetId: target.dataset.id,
            format,
            choices,
            columns: this.columns,
            rows: this.#chosenRows(),
            file: file.token
          })
        : call('export.table', { analysisId: target.analysis.id, table: this.table, format, choices, file: file.token })
    )
    if (!started) return
    this.close()
    const outcome = await outcomeOf(started.jobId)
    if (outcome.state === 'done') saved.say(file.name, outcome.bytes ?? 0)
  }

  #chosenRows(): ExportRows {
    if (this.rows === 'shown' && this.shownRows) return { kind: 'view', viewId: this.shownRows.viewId }
    return this.rows === 'selected' ? { kind: 'rows', rows: Int32Array.from(this.selectedRows) } : { kind: 'all' }
  }
}

export function resultStem(
  { dataset, analysis }: { dataset: DatasetInfo; analysis: AnalysisInfo | null },
  part: string
): string {
  return [dataset.name, analysis?.kind, part].filter((word) => word !== undefined).join('-')
}

export const exportDialog = new ExportDialog()
