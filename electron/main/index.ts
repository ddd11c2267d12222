import { app, BrowserWindow, session } from 'electron'
import { join } from 'node:path'
import { claimArrivals, type Arrivals } from './arrivals.ts'
import { answerHostCalls } from './host-calls.ts'
import { installMenu } from './menu.ts'
import { pageAddress } from './page-address.ts'
import { registerAppScheme, serveApp } from './protocol.ts'
import { lockContents, lockSession } from './security.ts'
import { createWindows, type Windows } from './windows.ts'

const built = join(import.meta.dirname, '..')
const resourcesDir = app.isPackaged ? process.resourcesPath : join(built, '..', 'resources')
const page = pageAddress(app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'])

/** Test switch: how long to wait before the page is loaded. A test driver that attaches while the first
 * navigation is being committed misses it, and waits for ever. */
const loadDelay = Number(app.commandLine.getSwitchValue('e2e-load-delay')) || 0

async function run(arrivals: Arrivals): Promise<void> {
  await app.whenReady()
  serveApp(join(built, 'renderer'))
  lockSession(session.defaultSession, page)

  const windows = createWindows({ page, built, resourcesDir, userDataDir: app.getPath('userData'), loadDelay })
  endEnginesOnQuit(windows)
  const { setRecents } = installMenu({
    development: page.development,
    newWindow: () => void windows.open('new'),
    runCommand: (id, windowId) => {
      const used = windowId === undefined ? null : BrowserWindow.fromId(windowId)
      const target = used ? windows.of(used.webContents) : windows.current()
      target?.link.send({ event: 'command', id })
    }
  })
  answerHostCalls({ page, windows, setRecents })
  windows.open('last')
  arrivals.listen(windows.receive)
}

function endEnginesOnQuit(windows: Windows): void {
  let ended = false
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    void windows.closeAll().finally(() => {
      ended = true
      // Not from within this event: a quit asked for while another is being refused is lost.
      setImmediate(() => app.quit())
    })
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
