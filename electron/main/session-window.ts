import type { BrowserWindow } from 'electron'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describeError, type ErrorCode, type ErrorDetails } from '../../core/contract/errors.ts'
import type { Beginning, OpenSession } from '../engine/messages.ts'
import { createFileDialogs, type FileDialogs } from './dialogs.ts'
import { superviseEngine, type EngineProcess } from './engine-process.ts'
import { createFileGrants, type FileGrants } from './files.ts'
import type { PageAddress } from './page-address.ts'
import { createPageLink, type PageLink } from './page-link.ts'
import { createWindow } from './window.ts'

export interface SessionWindowOptions {
  page: PageAddress
  /** folder of the built app */
  built: string
  resourcesDir: string
  userDataDir: string
  /** which session the window begins with */
  beginning: Beginning
  /** how long to wait before the page is loaded, ms */
  loadDelay: number
  /** a session asked for in this window is open in another place */
  onBusy: (path: string) => void
  /** sessions that windows held when the app was killed */
  onLeftOpen: (paths: string[]) => void
  /** the person goes on working in another window: this one comes up behind it */
  behind: boolean
}

/** A window with the engine and the session that belong to it. */
export interface SessionWindow {
  window: BrowserWindow
  link: PageLink
  files: FileGrants
  dialogs: FileDialogs
  engine: EngineProcess
  /** the session open in it, undefined until its engine has said so */
  session: () => OpenSession | undefined
}

/** What happened and what to do, in the words of the catalogue. */
export function failureText(code: ErrorCode, details: ErrorDetails = {}): string {
  const { message, hint } = describeError(code, details)
  return `${message} ${hint}`
}

/** Opens a window with an engine of its own: two windows hold two sessions, and one that crashes leaves the other alone. */
export function openSessionWindow(options: SessionWindowOptions): SessionWindow {
  const { page, built, resourcesDir, userDataDir, beginning, behind, loadDelay, onBusy, onLeftOpen } = options
  const window = createWindow({
    page,
    preload: join(built, 'preload', 'index.cjs'),
    icon: join(resourcesDir, 'icons', 'icon.png'),
    behind
  })
  const files = createFileGrants((grant) => engine.grant(grant))
  const link = createPageLink(window, () => engine)
  let session: OpenSession | undefined
  const engine: EngineProcess = superviseEngine({
    entry: join(built, 'main', 'engine.js'),
    userDataDir,
    resourcesDir,
    // An engine that starts again goes on in the session it had.
    beginning: () => (session ? { how: 'path', path: session.path } : beginning),
    grants: files.all,
    onSession: (open) => (session = open),
    onBusy,
    onLeftOpen,
    onStopped: () => link.send({ event: 'engine-stopped' }),
    onRestarted: link.introduceEngine,
    onGivenUp: () => link.send({ event: 'failed', message: failureText('ENGINE_GAVE_UP') })
  })
  void wait(loadDelay).then(() => (window.isDestroyed() ? undefined : window.loadURL(page.url)))
  return { window, link, files, dialogs: createFileDialogs(window), engine, session: () => session }
}
