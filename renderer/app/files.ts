import { describeError } from '../../core/contract/errors.ts'
import { SESSION_EXTENSION, type OpenedFile } from '../../core/contract/host.ts'
import type { SampleId } from '../../core/contract/samples.ts'
import { call } from './api.ts'
import { screen } from './screen.svelte.ts'
import { session } from './session.svelte.ts'

/** A file came in, by a dialog, a drop or an argument: a session opens, a table is looked at first. */
export async function receiveFile(file: OpenedFile): Promise<void> {
  if (file.kind === 'table') {
    session.importing = file
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

export async function chooseFile(): Promise<void> {
  const file = await window.host.openFile()
  if (file) await receiveFile(file)
}

export async function receiveDrop(transfer: DataTransfer): Promise<void> {
  const dropped = transfer.files[0]
  if (!dropped) return
  const file = await window.host.grantDropped(dropped)
  if (file) await receiveFile(file)
  else session.addNotice('The drop could not be opened', describeError('FILE_NOT_FOUND', { file: dropped.name }))
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
