/** What the window's frame does before and around the page: arguments, second starts, crashes, the end. */
import { expect, test, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HostEvent } from '../../core/contract/host.ts'
import { openSample } from './analyst.ts'
import {
  appArguments,
  appEnvironment,
  electronExecutable,
  findEngine,
  killEngine,
  launchApp,
  stubSaveDialog,
  temporaryFolder,
  type LaunchedApp
} from './launch.ts'

let launched: LaunchedApp
let folder: string

test.beforeEach(async () => {
  folder = await temporaryFolder('shell')
  launched = await launchApp()
})
test.afterEach(async () => {
  await launched.close()
  await rm(folder, { recursive: true, force: true })
})

/** The events main sends to the page from now on. */
async function hearEvents(page: Page): Promise<() => Promise<HostEvent[]>> {
  const heard = await page.evaluateHandle(() => {
    const events: HostEvent[] = []
    window.host.onEvent((event) => events.push(event))
    return events
  })
  return () => heard.evaluate((events) => [...events])
}

/** Quits the app, which must end by itself. */
async function expectCleanEnd(): Promise<void> {
  const child = launched.app.process()
  await launched.close()
  expect({ code: child.exitCode, signal: child.signalCode }).toEqual({ code: 0, signal: null })
}

test('a second start hands its files to the first and ends', async () => {
  const file = join(folder, 'second.csv')
  await writeFile(file, 'a,b\n1,2\n3,4\n')
  const events = await hearEvents(launched.page)
  const files = [file, join(folder, 'nowhere.csv')]
  const second = spawn(electronExecutable(), appArguments(launched.userDataDir, { files }), {
    env: appEnvironment(),
    stdio: 'ignore'
  })
  const [code] = (await once(second, 'exit')) as [number | null]
  expect(code).toBe(0)
  await expect.poll(events).toEqual([
    { event: 'file-opened', file: { token: expect.any(String), name: 'second.csv', kind: 'table' } },
    { event: 'failed', message: expect.stringContaining('nowhere.csv was not found.') }
  ])
  expect(await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('a session file of a second start goes to a window of its own, and is shown there when it comes again', async () => {
  const { app, page, userDataDir } = launched
  const path = join(folder, 'flowers.eigendesk')
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  await stubSaveDialog(app, path)
  await page.keyboard.press('Control+Shift+s')
  await expect(page.getByRole('banner').getByText('flowers')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('new session')
  await page.keyboard.press('Enter')
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  const startAgain = async (): Promise<void> => {
    const second = spawn(electronExecutable(), appArguments(userDataDir, { files: [path] }), {
      env: appEnvironment(),
      stdio: 'ignore'
    })
    await once(second, 'exit')
  }
  const [opened] = await Promise.all([app.waitForEvent('window'), startAgain()])
  await expect(opened.getByRole('banner').getByText('flowers')).toBeVisible()
  await expect(page.getByRole('banner').getByText('Untitled session')).toBeVisible()
  await startAgain()
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2)
})

test('an engine that was killed is started again; one that dies five times is given up', async () => {
  const events = await hearEvents(launched.page)
  for (let crash = 1; crash <= 5; crash++) {
    await expect.poll(() => findEngine(launched.app)).toBeDefined()
    await killEngine(launched.app)
    await expect.poll(async () => (await events()).filter(({ event }) => event === 'engine-stopped').length).toBe(crash)
  }
  await expect
    .poll(async () => (await events()).at(-1))
    .toEqual({ event: 'failed', message: expect.stringContaining('was not started again') })
  expect(await findEngine(launched.app)).toBeUndefined()
  await expectCleanEnd()
})

test('an engine killed before anything was stored comes back to its session', async () => {
  const { app, page } = launched
  await expect(page.getByText('Engine ready')).toBeVisible()
  const ports = await page.evaluateHandle(() => {
    const seen = { count: 0 }
    window.addEventListener('message', (message) => (seen.count += message.ports.length))
    return seen
  })
  await killEngine(app)
  await expect.poll(() => ports.evaluate(({ count }) => count)).toBe(1)
  await expect(page.getByText('Engine ready')).toBeVisible()
  // Where the session could not be opened again, a notice says so with its code.
  await expect(page.getByText(/^SESSION_/)).toHaveCount(0)
})

test('the engine ends with the app', async () => {
  const engine = await findEngine(launched.app)
  expect(engine).toBeDefined()
  await expectCleanEnd()
  expect(() => process.kill(engine!, 0)).toThrow('ESRCH')
})

test('a page that died is loaded again and given the engine', async () => {
  const reloaded = launched.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<boolean>((done) => {
        const contents = BrowserWindow.getAllWindows()[0]!.webContents
        contents.once('did-finish-load', () => done(true))
        contents.forcefullyCrashRenderer()
      })
  )
  expect(await reloaded).toBe(true)
  const state: unknown = await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript('typeof window.host.connect')
  )
  expect(state).toBe('function')
})

test('a key right after the palette or a dialog was closed is heard, also where the screen draws no frame meanwhile', async () => {
  const { page } = launched
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0
  })
  const palette = page.getByRole('combobox', { name: 'Search or run a command' })
  for (let time = 0; time < 2; time++) {
    await page.keyboard.press('Control+k')
    await expect(palette).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(palette).toHaveCount(0)
  }
  await page.keyboard.press('Control+n')
  await expect(page.getByRole('dialog', { name: 'New analysis' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(palette).toBeFocused()
})
