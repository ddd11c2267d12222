import type { JsonValue } from '../../core/contract/analysis.ts'
import type { AnalysisInfo, DatasetInfo } from '../../core/contract/session.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { FigureEdits } from '../plots/edit/figure-edits.svelte.ts'
import { shownFigures, type ShownFigure } from '../plots/shown.svelte.ts'
import { resultStem } from './export-dialog.svelte.ts'
import { pictureProblems, plainPicture, type PictureChoices, type PictureFormat } from './picture-choices.ts'
import { saved } from './saved.svelte.ts'

const KEY = 'picture'

/** What has the plots and what was chosen for them. */
const ownerOf = ({ analysis, dataset }: PictureTarget): string => (analysis ?? dataset).id

/** What was chosen last for a plot of a result or table; size and the like from whichever plot it was. */
function pictureChoicesOf(id: string, name: string): PictureChoices {
  const kept = session.plotChoice<JsonValue>(id, KEY, null) as Partial<PictureChoices> | null
  return { ...plainPicture, ...kept, title: new FigureEdits(() => id).of(name).title }
}

function keepPictureChoices(id: string, name: string, choices: PictureChoices): void {
  const { title, ...others } = choices
  const edits = new FigureEdits(() => id)
  session.setPlotChoice(id, KEY, { ...others })
  // The title belongs to the figure, wherever it was typed.
  edits.set(name, { ...edits.of(name), title })
}

interface PictureTarget {
  /** null: the plots are of the table itself */
  analysis: AnalysisInfo | null
  dataset: DatasetInfo
  /** the line under the picture */
  provenance: string
}

/** The dialog that asks how a plot is put on paper. What was chosen last is offered again. */
class PictureDialog {
  target = $state.raw<PictureTarget | null>(null)
  name = $state('')
  choices = $state<PictureChoices>({ ...plainPicture })
  /** a picture is being made */
  busy = $state(false)

  figure = $derived(shownFigures.list.find((figure) => figure.name === this.name))
  problems = $derived(pictureProblems(this.choices))
  ready = $derived(this.figure !== undefined && !this.busy && Object.keys(this.problems).length === 0)

  open(target: PictureTarget): void {
    this.target = target
    this.choose(shownFigures.list[0]?.name ?? '')
  }

  close(): void {
    this.target = null
  }

  /** Which of the plots in sight. */
  choose(name: string): void {
    this.name = name
    if (this.target) this.choices = pictureChoicesOf(ownerOf(this.target), name)
  }

  async write(): Promise<void> {
    const { target, figure, choices } = this
    if (!target || !figure || !this.ready) return
    keepPictureChoices(ownerOf(target), figure.name, choices)
    if (await writePicture(target, figure, $state.snapshot(choices), () => (this.busy = true))) this.close()
    this.busy = false
  }

  /** To the clipboard, as dots. */
  async copy(): Promise<void> {
    const { target, figure, choices } = this
    if (!target || !figure || !this.ready) return
    keepPictureChoices(ownerOf(target), figure.name, choices)
    this.busy = true
    const copied = await session.attempt('The picture was not copied', async () => {
      const { renderPicture } = await import('../plots/picture.ts')
      const png = await renderPicture(figure, target.provenance, { ...$state.snapshot(choices), format: 'png' })
      return window.host.copyPicture(png)
    })
    this.busy = false
    if (!copied) return
    session.say(`${figure.title} copied`)
    this.close()
  }
}

const fileKinds: Record<PictureFormat, string> = {
  png: 'PNG picture',
  svg: 'SVG picture',
  pdf: 'PDF',
  html: 'Web page',
  json: 'Plotly JSON'
}

/** Asks for a file and writes a plot into it. @returns whether it was written */
export async function writePicture(
  { analysis, dataset, provenance }: PictureTarget,
  figure: ShownFigure,
  choices: PictureChoices,
  begin?: () => void
): Promise<boolean> {
  const { format } = choices
  const name = resultStem({ dataset, analysis }, figure.name)
  const file = await window.host.saveFile(`${name}.${format}`, [{ name: fileKinds[format], extensions: [format] }])
  if (!file) return false
  saved.clear()
  begin?.()
  const bytes = await session.attempt(`${file.name} was not saved`, async () => {
    const { renderPicture } = await import('../plots/picture.ts')
    const data = await renderPicture(figure, provenance, choices)
    return (await call('export.figure', { file: file.token, data })).bytes
  })
  if (bytes !== null) saved.say(file.name, bytes)
  return bytes !== null
}

export const pictureDialog = new PictureDialog()
