import type { FactorModelFormat, SvdModelFormat } from '../../core/contract/carry-calls.ts'
import type { AnalysisInfo, DatasetInfo } from '../../core/contract/session.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { shownFigures } from '../plots/shown.svelte.ts'
import type { MenuItem } from '../ui/menu.ts'
import { analysisEntries } from './analysis-entries.ts'
import { exportDialog, resultStem } from './export-dialog.svelte.ts'
import { listsDialog } from './lists-dialog.svelte.ts'
import { plainPicture } from './picture-choices.ts'
import { pictureDialog, writePicture } from './picture-dialog.svelte.ts'
import { predictionsDialog } from './predictions-dialog.svelte.ts'
import { projectDialog } from './project-dialog.svelte.ts'
import { saved } from './saved.svelte.ts'
import { askForFile, finished, sayWritten } from './write-file.ts'

/** A table a result can be written as. */
export interface ResultTable {
  name: string
  label: string
}

export interface ExportedResult {
  analysis: AnalysisInfo
  dataset: DatasetInfo
  /** the line under pictures */
  provenance: string
  tables: readonly ResultTable[]
}

/** What a model of users and items is written as. */
const factorFiles: Record<FactorModelFormat, { part: string; extension: string; label: string }> = {
  json: { part: 'model', extension: 'json', label: 'JSON' },
  npz: { part: 'model', extension: 'npz', label: 'NumPy arrays' },
  libmf: { part: 'libmf', extension: 'txt', label: 'LIBMF model' },
  python: { part: 'score', extension: 'py', label: 'Python script' }
}

/** What a truncated SVD is written as. */
const svdFiles: Record<SvdModelFormat, { part: string; extension: string; label: string }> = {
  json: factorFiles.json,
  npz: factorFiles.npz,
  python: { part: 'again', extension: 'py', label: 'Python script' }
}

/** Tables that stand in the menu itself; the dialog has all of them. */
const TABLES_IN_MENU = 4

/** A table's label explains itself after a colon; a menu has room for its name. */
const shortLabel = (label: string): string => label.split(':')[0]!

/** What can be carried away of a result, in the order of the menu. */
export function resultMenu({ analysis, tables }: ExportedResult): MenuItem[] {
  const figures = shownFigures.list
  const own = analysisEntries(analysis)
  const more = tables.length > TABLES_IN_MENU ? 'Another table or format…' : 'Another format…'
  return [
    ...(tables.length > 0 ? [{ heading: 'Tables' }] : []),
    ...tables.slice(0, TABLES_IN_MENU).flatMap((table) => [
      { id: `csv ${table.name}`, label: `${shortLabel(table.label)} as CSV`, icon: 'table-2' as const },
      { id: `json ${table.name}`, label: `${shortLabel(table.label)} as JSON`, icon: 'file-braces' as const }
    ]),
    ...(tables.length > 0 ? [{ id: 'tables', label: more, icon: 'download' as const }] : []),
    ...(own.length > 0 ? ['separator' as const, { heading: 'The analysis' }, ...own] : []),
    ...(figures.length > 0 ? ['separator' as const, { heading: 'Plots on this tab' }] : []),
    ...figures.flatMap((figure) => [
      { id: `png ${figure.name}`, label: `${figure.title} as PNG, 300 dpi`, icon: 'image' as const },
      { id: `svg ${figure.name}`, label: `${figure.title} as SVG`, icon: 'image' as const }
    ]),
    ...(figures.length > 0 ? [{ id: 'picture', label: 'Another picture…', icon: 'image' as const }] : [])
  ]
}

/** Does what an entry of the menu says. */
export async function carryAway(id: string, result: ExportedResult): Promise<void> {
  const { analysis, dataset, tables } = result
  const space = id.indexOf(' ')
  const [what, name] = space < 0 ? [id, ''] : [id.slice(0, space), id.slice(space + 1)]
  if (what === 'tables') {
    // A study that was run meanwhile has brought tables of its own.
    const now = await session.attempt('The tables could not be listed', () =>
      call('export.tables', { analysisId: analysis.id })
    )
    return exportDialog.open({ kind: 'result', analysis, dataset, tables: now ?? [...tables] })
  }
  if (what === 'picture') return pictureDialog.open(result)
  if (what === 'lists') return listsDialog.open(result)
  if (what === 'predictions') return predictionsDialog.open(result)
  if (what === 'project') return projectDialog.open(analysis.id, undefined)
  if (what === 'png' || what === 'svg') {
    const shown = shownFigures.list.find((figure) => figure.name === name)
    if (shown) await writePicture(result, shown, { ...plainPicture, format: what })
    return
  }
  if (what === 'model') return write(result, 'model', 'json', 'JSON', async (file) => bytesOf(analysis, file))
  if (what === 'factors') {
    const format = name as FactorModelFormat
    const { part, extension, label } = factorFiles[format]
    return write(result, part, extension, label, (file) =>
      bytesWritten(call('carry.model', { analysisId: analysis.id, format, file }))
    )
  }
  if (what === 'svd') {
    const format = name as SvdModelFormat
    const { part, extension, label } = svdFiles[format]
    return write(result, part, extension, label, (file) =>
      bytesWritten(call('carry.svd', { analysisId: analysis.id, format, file }))
    )
  }
  if (what === 'script') {
    const language = name as 'python' | 'r'
    const [extension, label] = language === 'python' ? ['py', 'Python script'] : ['R', 'R script']
    return write(result, 'again', extension, label, (file) =>
      bytesWritten(call('export.script', { analysisId: analysis.id, language, file }))
    )
  }
  if (what === 'report') {
    const label = name === 'pdf' ? 'PDF' : 'Web page'
    return write(result, 'report', name, label, (file) => writeReport(analysis, name === 'pdf', file))
  }
  const format = what as 'csv' | 'json'
  return write(result, name, format, format === 'csv' ? 'CSV table' : 'JSON', (file) =>
    bytesWritten(call('export.table', { analysisId: analysis.id, table: name, format, file }))
  )
}

/** The report is put together by the engine; main prints it where it is to be a PDF. */
async function writeReport(analysis: AnalysisInfo, isPdf: boolean, file: string): Promise<number> {
  const { html } = await call('report.make', { analysisId: analysis.id })
  const data = isPdf ? await window.host.printPdf(html, null) : new TextEncoder().encode(html)
  return (await call('export.figure', { file, data })).bytes
}

const bytesOf = async (analysis: AnalysisInfo, file: string): Promise<number> =>
  (await call('model.write', { analysisId: analysis.id, file })).bytes

const bytesWritten = async (started: Promise<{ jobId: string }>): Promise<number | null> => {
  const done = await finished(started)
  return done && (done.bytes ?? 0)
}

/** Asks for a file, has it written, and says so. */
async function write(
  { analysis, dataset }: ExportedResult,
  part: string,
  extension: string,
  label: string,
  fill: (file: string) => Promise<number | null>
): Promise<void> {
  const file = await askForFile(resultStem({ dataset, analysis }, part), extension, label)
  if (!file) return
  saved.clear()
  const bytes = await session.attempt(`${file.name} was not saved`, () => fill(file.token))
  if (bytes !== null) sayWritten(analysis, file, bytes)
}
