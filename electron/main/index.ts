import { app, dialog, session } from 'electron'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describeError, type ErrorCode, type ErrorDetails } from '../../core/contract/errors.ts'
import { claimArrivals, type Arrivals } from './arrivals.ts'
import { createFileDialogs } from './dialogs.ts'
import { superviseEngine, type EngineProcess } from './engine-process.ts'
import { partitionByExistence } from './file-arguments.ts'
import { createFileGrants } from './files.ts'
import { answerHostCalls } from './host-calls.ts'
import { installMenu } from './menu.ts'
import { pageAddress } from './page-address.ts'
import { createPageLink } from './page-link.ts'
import { registerAppScheme, serveApp } from './protocol.ts'
import { createRestartPolicy } from './restart-policy.ts'
import { lockContents, lockSession } from './security.ts'
import { createWindow, focusWindow } from './window.ts'

const built = join(import.meta.dirname, '..')
const resourcesDir = app.isPackaged ? process.resourcesPath : join(built, '..', 'resources')
const page = pageAddress(app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'])

/** Test switch: how long to wait before the page is loaded. A test driver that attaches while the first
 * navigation is being committed misses it, and waits for ever. */
const loadDelay = Number(app.commandLine.getSwitchValue('e2e-load-delay')) || 0

function failureText(code: ErrorCode, details: ErrorDetails = {}): string {
  const { message, hint } = describeError(code, details)
  return `${message} ${hint}`
}

async function run(arrivals: Arrivals): Promise<void> {
  await app.whenReady()
  serveApp(join(built, 'renderer'))
  lockSession(session.defaultSession, page)

  const window = createWindow({
    page,
    preload: join(built, 'preload', 'index.cjs'),
    icon: join(resourcesDir, 'icons', 'icon.png')
  })
  const files = createFileGrants((grant) => engine.grant(grant))
  const link = createPageLink(window, () => engine)
  const engine: EngineProcess = superviseEngine({
    entry: join(import.meta.dirname, 'engine.js'),
    userDataDir: app.getPath('userData'),
    resourcesDir,
    grants: files.all,
    onStopped: () => link.send({ event: 'engine-stopped' }),
    onRestarted: link.introduceEngine,
    onGivenUp: () => link.send({ event: 'failed', message: failureText('ENGINE_GAVE_UP') })
  })
  endEngineOnQuit(engine)
  reloadLostPage(window)
  answerHostCalls({ window, page, link, files, dialogs: createFileDialogs(window) })
  installMenu({
    development: page.development,
    runCommand: (id) => link.send({ event: 'command', id })
  })

  arrivals.listen((paths) => {
    if (window.isDestroyed()) return
    if (window.isVisible()) focusWindow(window)
    const { found, missing } = partitionByExistence(paths)
    for (const path of found) link.send({ event: 'file-opened', file: files.add(path, 'read') })
    for (const path of missing) {
      link.send({ event: 'failed', message: failureText('FILE_NOT_FOUND', { file: basename(path) }) })
    }
  })

  await wait(loadDelay)
  if (!window.isDestroyed()) await window.loadURL(page.url)
}

function endEngineOnQuit(engine: EngineProcess): void {
  let ended = false
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    void engine.close().finally(() => {
      ended = true
      // Not from within this event: a quit asked for while another is being refused is lost.
      setImmediate(() => app.quit())
    })
  })
}

/** A page whose process died is loaded again, unless it dies again and again; the session itself is in the engine. */
function reloadLostPage(window: Electron.BrowserWindow): void {
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

// Without the sandbox (containers that run as root) Chromium has been told so, and must not be told otherwise.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerAppScheme()
app.setAppUserModelId('org.eigendesk.app')
app.on('web-contents-created', (_event, contents) => lockContents(contents, page))
app.on('window-all-closed', () => app.quit())

const arrivals = claimArrivals()
if (arrivals) void run(arrivals)
else app.quit()
