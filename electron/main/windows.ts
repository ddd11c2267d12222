import { app, dialog, type BrowserWindow, type WebContents } from 'electron'
import { basename } from 'node:path'
import type { HostEvent } from '../../core/contract/host.ts'
import type { Beginning } from '../engine/messages.ts'
import { isSamePath } from './same-path.ts'
import { partitionByExistence } from './file-arguments.ts'
import { isSessionFile } from './files.ts'
import { createRestartPolicy } from './restart-policy.ts'
import { failureText, openSessionWindow, type SessionWindow, type SessionWindowOptions } from './session-window.ts'
import { focusWindow } from './window.ts'

export type WindowsOptions = Omit<SessionWindowOptions, 'beginning' | 'onBusy' | 'onLeftOpen' | 'behind'>

export interface Windows {
  /** Opens a window with a new session, or with the one used last. */
  open: (how: 'new' | 'last') => SessionWindow
  /** The window of a page; undefined for a stranger. */
  of: (contents: WebContents | null) => SessionWindow | undefined
  /** The window used last. */
  current: () => SessionWindow | undefined
  /** Brings the window forward that has that session open. @returns whether there is one */
  showSession: (path: string, except?: SessionWindow) => boolean
  /** Tells every page but one. */
  tellOthers: (except: SessionWindow, event: HostEvent) => void
  /** Files from outside: a session that is open is shown, another one goes to a window that holds nothing, or to a new one;
   * a table goes to the window used last. No file at all brings that window forward. */
  receive: (paths: string[]) => void
  /** Ends every engine; what had finished is stored. */
  closeAll: () => Promise<void>
}

/** The windows of the app, each with a session and an engine of its own. */
export function createWindows(options: WindowsOptions): Windows {
  /** the one used last at the end */
  let open: SessionWindow[] = []
  const ending = new Set<Promise<void>>()

  function add(how: 'new' | 'last'): SessionWindow {
    const added = begin({ how }, false)
    open.push(added)
    return added
  }

  /** The windows of sessions that were open when the app was killed, behind the one that is there. */
  function reopen(paths: string[]): void {
    for (const path of paths) {
      if (!open.some((one) => isSamePath(one.session()?.path, path))) open.unshift(begin({ how: 'path', path }, true))
    }
  }

  function begin(beginning: Beginning, behind: boolean): SessionWindow {
    const added = openSessionWindow({
      ...options,
      beginning,
      behind,
      onBusy: (path) => showSession(path, added),
      onLeftOpen: reopen
    })
    added.window.on('focus', () => (open = [...open.filter((other) => other !== added), added]))
    added.window.once('closed', () => {
      open = open.filter((other) => other !== added)
      const end = added.engine.close().finally(() => ending.delete(end))
      ending.add(end)
    })
    reloadLostPage(added.window)
    return added
  }

  function showSession(path: string, except?: SessionWindow): boolean {
    const holder = open.find((one) => one !== except && isSamePath(one.session()?.path, path))
    if (holder) focusWindow(holder.window)
    return holder !== undefined
  }

  const current = (): SessionWindow | undefined => open.at(-1)

  /** Each file from outside, and what it is shown in. */
  function receiveFile(path: string): void {
    if (isSessionFile(path) && showSession(path)) return
    const target = current()
    const isFree = !isSessionFile(path) || (target?.session()?.isEmpty ?? true)
    const { link, files, window } = target && isFree ? target : add('new')
    link.send({ event: 'file-opened', file: files.add(path, 'read') })
    if (window.isVisible()) focusWindow(window)
  }

  return {
    open: add,
    of: (contents) => open.find(({ window }) => !window.isDestroyed() && window.webContents === contents),
    current,
    showSession,
    tellOthers: (except, event) => {
      for (const other of open) if (other !== except) other.link.send(event)
    },
    receive: (paths) => {
      const target = current()
      if (target?.window.isVisible()) focusWindow(target.window)
      const { found, missing } = partitionByExistence(paths)
      for (const path of found) receiveFile(path)
      for (const path of missing) {
        target?.link.send({ event: 'failed', message: failureText('FILE_NOT_FOUND', { file: basename(path) }) })
      }
    },
    closeAll: async () => {
      await Promise.all([...open.map(({ engine }) => engine.close()), ...ending])
    }
  }
}

/** A page whose process died is loaded again, unless it dies again and again; the session itself is in the engine. */
function reloadLostPage(window: BrowserWindow): void {
  const restarts = createRestartPolicy()
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const delay = restarts.nextDelay(Date.now())
    if (delay !== undefined) {
      setTimeout(() => window.isDestroyed() || window.webContents.reload(), delay)
      return
    }
    dialog.showErrorBox(app.getName(), failureText('INTERNAL', { reason: 'the window stopped again and again' }))
    app.quit()
  })
}
