import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export const root = resolve(import.meta.dirname, '..', '..')

/** The page as a built app shows it. */
export const PAGE_URL = 'app://bundle/'

const LAUNCH_TIMEOUT_MS = 30_000
/** Until the killed app has let go of its user-data folder: a second one there would only hand over its files. */
const RETRY_DELAY_MS = 1000
const CLOSE_TIMEOUT_MS = 15_000

/** No sandbox where root may not have one, and a page that is loaded only after Playwright has attached: the first navigation,
 * if it is faster, makes launch() wait for ever. */
const switches = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--e2e-load-delay=600'
]
/** WebGL without a graphics card. */
const softwareGraphics = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']

export interface LaunchOptions {
  /** further switches */
  args?: string[]
  /** graphics as the machine has them, as they are for a person; else WebGL is computed where there is no graphics card, for
   * the whole window, which is slow */
  ownGraphics?: boolean
  /** kept after close(); without it each launch has a fresh folder, removed at the end */
  userDataDir?: string
  /** paths given on the command line */
  files?: string[]
}

export interface ConsoleLog {
  /** errors of the page: console.error, uncaught exceptions, refusals of the content security policy */
  errors: string[]
  /** every line of the console, for a test that asks for more */
  lines: string[]
}

export interface LaunchedApp {
  app: ElectronApplication
  page: Page
  userDataDir: string
  /** what the page has said since it began to load */
  console: ConsoleLog
  /** Quits as a person would, and kills an app that does not. A second call does nothing. */
  close: () => Promise<void>
}

/** The Electron that the scripts found. */
export function electronExecutable(): string {
  const executable = process.env['ELECTRON_EXEC_PATH']
  if (executable === undefined) throw new Error('ELECTRON_EXEC_PATH is not set: run the tests through npm test.')
  return executable
}

/** The command line that starts the built app, without the executable. */
export function appArguments(
  userDataDir: string,
  { args = [], files = [], ownGraphics = false }: LaunchOptions = {}
): string[] {
  return [
    ...switches,
    ...(ownGraphics ? [] : softwareGraphics),
    `--user-data-dir=${userDataDir}`,
    ...args,
    root,
    ...files
  ]
}

/** The environment of the app: ours, without what would make Electron run as Node or load the development server. */
export function appEnvironment(): Record<string, string> {
  const unwanted = ['ELECTRON_RUN_AS_NODE', 'ELECTRON_RENDERER_URL', 'NODE_OPTIONS']
  const kept = Object.entries(process.env).filter(([name]) => !unwanted.includes(name))
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** Starts the built app and waits until its page is loaded. A launch that hangs is killed and tried once more. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const userDataDir = options.userDataDir ?? (await temporaryFolder('user-data'))
  const launch = (): Promise<ElectronApplication> =>
    _electron.launch({
      executablePath: electronExecutable(),
      args: appArguments(userDataDir, options),
      cwd: root,
      env: appEnvironment(),
      // The page follows the app's theme, not one that Playwright pretends.
      colorScheme: null,
      timeout: LAUNCH_TIMEOUT_MS
    })
  // Playwright itself kills the process of a launch that timed out.
  const app = await launch().catch(() => wait(RETRY_DELAY_MS).then(launch))
  const page = await app.firstWindow()
  const console = collectConsole(page)
  await page.waitForURL(`${PAGE_URL}**`)
  await page.waitForLoadState('load')
  let closed = false
  return {
    app,
    page,
    userDataDir,
    console,
    close: async () => {
      if (closed) return
      closed = true
      await quit(app)
      if (options.userDataDir === undefined) await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}

/** A folder for one test, by its real path: macOS links its own. */
export async function temporaryFolder(purpose: string): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), `eigendesk-${purpose}-`)))
}

async function quit(app: ElectronApplication): Promise<void> {
  const child = app.process()
  const closed = app.close().then(
    () => true,
    () => false
  )
  const timeout = new Promise<boolean>((done) => setTimeout(done, CLOSE_TIMEOUT_MS, false).unref())
  // SIGTERM may be ignored by an Electron that hangs.
  if (!(await Promise.race([closed, timeout]))) child.kill('SIGKILL')
}

/** Records what a page says. Attach it before the page does anything; launchApp has done so for the first page. */
export function collectConsole(page: Page): ConsoleLog {
  const log: ConsoleLog = { errors: [], lines: [] }
  page.on('console', (message) => {
    log.lines.push(`${message.type()}: ${message.text()}`)
    if (message.type() === 'error') log.errors.push(message.text())
  })
  page.on('pageerror', (error) => log.errors.push(error.stack ?? error.message))
  return log
}

/** Fails if the page has reported an error, a refusal of the content security policy among them. */
export function expectQuietConsole(log: ConsoleLog): void {
  expect(log.errors, 'errors on the console of the page').toEqual([])
}

/** The next open dialogs answer with this path; null stands for Cancel. */
export async function stubOpenDialog(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    const answer = { canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] }
    dialog.showOpenDialog = () => Promise.resolve(answer)
  }, path)
}

/** The next save dialogs answer with this path; null stands for Cancel. */
export async function stubSaveDialog(app: ElectronApplication, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    const answer = { canceled: chosen === null, filePath: chosen ?? '' }
    dialog.showSaveDialog = () => Promise.resolve(answer)
  }, path)
}

/** Drops a real file, or several, on the middle of an element, as the system would: the page gets true paths. */
export async function dropFile(page: Page, path: string | string[], selector: string): Promise<void> {
  await page.locator(selector).waitFor()
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`Nothing to drop a file on: ${selector} is not visible.`)
  const data = { items: [], files: [path].flat(), dragOperationsMask: 1 }
  const protocol = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await protocol.send('Input.dispatchDragEvent', { type, x: box.x + box.width / 2, y: box.y + box.height / 2, data })
  }
  await protocol.detach()
}

/** The process id of the engine that now runs, undefined while there is none. */
export async function findEngine(app: ElectronApplication): Promise<number | undefined> {
  return app.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Eigendesk engine')?.pid)
}

/** Kills the engine as a crash would. @returns the process id it had */
export async function killEngine(app: ElectronApplication): Promise<number> {
  const processId = await findEngine(app)
  if (processId === undefined) throw new Error('There is no engine to kill.')
  process.kill(processId, 'SIGKILL')
  return processId
}
