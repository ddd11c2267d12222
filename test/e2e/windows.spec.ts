import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { rm } from 'node:fs/promises'
import { importByDrop, irisFile, moviesFile, openSample } from './analyst.ts'
import { killEngine, launchApp, temporaryFolder } from './launch.ts'

/** What concerns all windows at once. */

let userDataDir: string
test.beforeEach(async () => {
  userDataDir = await temporaryFolder('windows')
})
test.afterEach(() => rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }))

async function openSecondWindow(app: ElectronApplication, page: Page): Promise<Page> {
  const [second] = await Promise.all([app.waitForEvent('window'), page.keyboard.press('Control+Shift+n')])
  await expect(second.getByText('Engine ready')).toBeVisible()
  return second
}

const isDark = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.dataset['theme'] === 'dark')

test('a theme chosen in one window is that of every window, also of one that is opened later', async () => {
  const { app, page, close } = await launchApp({ userDataDir })
  await expect(page.getByText('Engine ready')).toBeVisible()
  const second = await openSecondWindow(app, page)
  await second.keyboard.press('Control+k')
  await second.getByRole('combobox', { name: 'Search or run a command' }).fill('dark theme')
  await second.keyboard.press('Enter')
  await expect.poll(() => isDark(page)).toBe(true)
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toHaveAttribute('aria-checked', 'true')
  await page.keyboard.press('Escape')
  const third = await openSecondWindow(app, page)
  await expect.poll(() => isDark(third)).toBe(true)
  await close()
})

test('after the app was killed every window that held something comes back; after it was quit, the one used last', async () => {
  const first = await launchApp({ userDataDir })
  await openSample(first.page, /^Fisher’s iris/, 'PCA, unit variance')
  await importByDrop(await openSecondWindow(first.app, first.page), moviesFile)
  await openSecondWindow(first.app, first.page)
  first.app.process().kill('SIGKILL')
  await first.close()

  const second = await launchApp({ userDataDir })
  await expect.poll(() => second.app.windows().length).toBe(2)
  const held = await Promise.all(
    second.app.windows().map(async (page) => {
      await expect(page.getByText('Engine ready')).toBeVisible()
      return page.getByRole('treeitem').allInnerTexts()
    })
  )
  expect(held.map((texts) => texts.some((text) => text.includes('iris'))).sort()).toEqual([false, true])
  expect(held.map((texts) => texts.some((text) => text.includes('movies'))).sort()).toEqual([false, true])
  await second.close()

  const third = await launchApp({ userDataDir })
  await expect(third.page.getByText('Engine ready')).toBeVisible()
  await expect(third.page.getByRole('treeitem')).not.toHaveCount(0)
  expect(third.app.windows()).toHaveLength(1)
  await third.close()
})

test('an engine that died while nothing ran is said to have, until that is dismissed', async () => {
  const { app, page, close } = await launchApp({ userDataDir })
  await importByDrop(page, irisFile)
  // Nothing runs only once the rows are there: reading them would fail with the engine, and that would be said instead.
  await expect(page.getByRole('gridcell', { name: '5.1', exact: true }).first()).toBeVisible()
  await killEngine(app)
  const notices = page.getByRole('region', { name: 'Notices' })
  await expect(notices.getByText('The engine was started again', { exact: true })).toBeVisible()
  await expect(page.getByText('Engine ready')).toBeVisible()
  await expect(page.getByRole('treeitem')).toHaveCount(2)
  await notices.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notices).toHaveCount(0)
  await close()
})
