import { describeError } from '../../core/contract/errors.ts'
import { PASTE_LIMIT, SESSION_EXTENSION, type OpenedFile } from '../../core/contract/host.ts'
import type { SampleId } from '../../core/contract/samples.ts'
import { folderChoice } from '../import/folder-choice.svelte.ts'
import { importQueue } from '../import/import-queue.svelte.ts'
import { call } from './api.ts'
import { screen } from './screen.svelte.ts'
import { session } from './session.svelte.ts'

/** A file came in, by a dialog, a drop or an argument: a session opens, a table is looked at first, after those that
 * came before it. */
export async function receiveFile(file: OpenedFile): Promise<void> {
  if (file.kind === 'table') {
    importQueue.add([file])
    return
  }
  session.flushView()
  const info = await session.attempt(`${file.name} could not be opened`, () =>
    call('session.open', { file: file.token })
  )
  if (!info) return
  session.importing = null
  session.adopt(info)
}

/** Tables are looked at one after the other; of sessions only one can be open here. */
async function receiveFiles(files: readonly OpenedFile[]): Promise<void> {
  const opened = files.find((file) => file.kind === 'session')
  if (opened) await receiveFile(opened)
  importQueue.add(files.filter((file) => file.kind === 'table'))
}

export async function chooseFile(): Promise<void> {
  await receiveFiles(await window.host.openFiles())
}

export async function receiveDrop(transfer: DataTransfer): Promise<void> {
  const files: OpenedFile[] = []
  for (const dropped of Array.from(transfer.files)) {
    const opened = await window.host.grantDropped(dropped)
    if (opened === null) {
      session.addNotice('The drop could not be opened', describeError('FILE_NOT_FOUND', { file: dropped.name }))
    } else if (opened.kind !== 'folder') files.push(opened)
    else if (opened.files.length > 0) folderChoice.open(opened)
    else session.addNotice('The folder was not opened', describeError('FOLDER_WITHOUT_TABLES', { file: opened.name }))
  }
  await receiveFiles(files)
}

/** A table that was copied from a spreadsheet, a web page or a mail. */
export async function receivePaste(text: string): Promise<void> {
  if (text.trim() === '') {
    session.addNotice('Nothing was pasted', describeError('CLIPBOARD_EMPTY'))
    return
  }
  if (text.length > PASTE_LIMIT) return refuseLargePaste()
  const file = await session.attempt('The table was not pasted', () => window.host.pasteTable(text))
  if (file) importQueue.add([file])
}

/** The same by the palette or a menu, where there is no paste to take the text from. */
export async function pasteClipboard(): Promise<void> {
  const file = await session.attempt('The table was not pasted', () => window.host.pasteClipboard())
  if (file === 'empty') session.addNotice('Nothing was pasted', describeError('CLIPBOARD_EMPTY'))
  else if (file === 'too-large') refuseLargePaste()
  else if (file) importQueue.add([file])
}

function refuseLargePaste(): void {
  const limit = PASTE_LIMIT / 1e6
  session.addNotice('The table was not pasted', describeError('CLIPBOARD_TOO_LARGE', { limit }))
}

export async function newSession(): Promise<void> {
  session.flushView()
  const info = await session.attempt('No new session could be made', () => call('session.new', {}))
  if (!info) return
  session.importing = null
  session.adopt(info)
}

export async function saveSessionAs(): Promise<void> {
  const name = session.info?.untitled === false ? session.info.name : (session.datasets[0]?.name ?? 'session')
  const file = await window.host.saveFile(`${name}.${SESSION_EXTENSION}`, [
    { name: 'Eigendesk session', extensions: [SESSION_EXTENSION] }
  ])
  if (!file) return
  const info = await session.attempt(`${file.name} was not saved`, () => call('session.saveAs', { file: file.token }))
  if (info) await session.refresh()
}

export async function openSample(sample: SampleId): Promise<void> {
  const started = await session.attempt('The sample could not be opened', () => call('sample.open', { sample }))
  if (started) screen.endAside()
}

export async function openRecent(id: string): Promise<void> {
  session.flushView()
  const info = await session.attempt('The session could not be opened', () => call('recent.open', { id }))
  if (!info) return
  session.importing = null
  session.adopt(info)
}

export async function duplicateSession(): Promise<void> {
  session.flushView()
  const info = await session.attempt('The session was not duplicated', () => call('session.duplicate', {}))
  if (!info) return
  session.adopt(info)
  session.say(`${info.name} is open`)
}
