import { expect, test, type Page } from '@playwright/test'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { importByDrop, irisFile, main, openSample, startAnalysis, tab, treeItem } from './analyst.ts'
import {
  dropFile,
  findEngine,
  killEngine,
  launchApp,
  stubOpenDialog,
  stubSaveDialog,
  temporaryFolder
} from './launch.ts'

let folder: string
let userDataDir: string
test.beforeEach(async () => {
  folder = await temporaryFolder('keeping')
  userDataDir = join(folder, 'user-data')
})
test.afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

/** A file whose runs take much longer than those of the iris sample. */
function writeManyRows(): string {
  const path = join(folder, 'many.csv')
  const rows = Array.from({ length: 3000 }, (_, i) => [1, 2, 3, 4].map((j) => Math.sin(i * j)).join(','))
  writeFileSync(path, ['a,b,c,d', ...rows].join('\n'))
  return path
}

/** A run that takes long enough to be interrupted, or to look elsewhere meanwhile. */
async function startLongRun(page: Page, iterations = 1000): Promise<void> {
  const dialog = await startAnalysis(page, 'Factorization')
  await dialog.getByRole('combobox', { name: 'Layout' }).selectOption('wide')
  await dialog.getByRole('textbox', { name: 'Iterations' }).fill(String(iterations))
  await dialog.getByRole('textbox', { name: 'Factors' }).fill('250')
  await dialog.getByRole('button', { name: 'Run' }).click()
}

/** Step 8. */
test('closed in the middle of a run, everything that had finished is there again, the open tab included', async () => {
  const first = await launchApp({ userDataDir })
  await openSample(first.page, /^Fisher’s iris/, 'PCA, unit variance')
  await tab(first.page, 'Variables').click()
  await first.page.getByRole('treeitem', { name: 'Table' }).click()
  await treeItem(first.page, 'PCA, unit variance').click()
  const rail = first.page.getByRole('separator', { name: /rail/i })
  await rail.focus()
  await first.page.keyboard.press('End')
  const widest = await rail.getAttribute('aria-valuenow')
  expect(Number(widest)).toBeGreaterThan(300)
  await startLongRun(first.page)
  await expect(first.page.getByRole('contentinfo').getByText(/sweep/)).toBeVisible()
  await first.close()

  const second = await launchApp({ userDataDir })
  await expect(main(second.page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()
  await expect(tab(second.page, 'Variables')).toHaveAttribute('aria-selected', 'true')
  await expect(second.page.getByRole('treeitem')).toHaveCount(3)
  await expect(second.page.getByRole('separator', { name: /rail/i })).toHaveAttribute('aria-valuenow', widest!)
  await second.close()
})

test('Save session as… writes one file that opens as an argument, and a CSV does too', async () => {
  const path = join(folder, 'flowers.eigendesk')
  const first = await launchApp({ userDataDir })
  await openSample(first.page, /^Fisher’s iris/, 'PCA, unit variance')
  await stubSaveDialog(first.app, path)
  await first.page.keyboard.press('Control+Shift+s')
  await expect(first.page.getByRole('banner').getByText('flowers')).toBeVisible()
  await first.close()
  expect(readdirSync(folder).filter((name) => name.startsWith('flowers'))).toEqual(['flowers.eigendesk'])

  const elsewhere = await launchApp({ userDataDir: join(folder, 'another-user'), files: [path] })
  await expect(main(elsewhere.page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()
  await expect(elsewhere.page.getByRole('banner').getByText('flowers')).toBeVisible()
  await elsewhere.close()

  const csv = await launchApp({ files: [irisFile] })
  await expect(csv.page.getByRole('button', { name: 'Import 150 rows' })).toBeVisible()
  await csv.close()
})

test('Open recent finds a session again; Open file… asks the system', async () => {
  const { page, app, close } = await launchApp({ userDataDir })
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  const path = join(folder, 'flowers.eigendesk')
  await stubSaveDialog(app, path)
  await page.keyboard.press('Control+Shift+s')
  await expect(page.getByRole('banner').getByText('flowers')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('new session')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Open a table' })).toBeVisible()
  await page.getByRole('button', { name: /^flowers/ }).click()
  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()

  await stubOpenDialog(app, irisFile)
  await page.keyboard.press('Control+o')
  await expect(page.getByRole('button', { name: 'Import 150 rows' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()
  await close()
})

test('an engine killed in the middle of a run comes back, says so, and has kept what was finished', async () => {
  const { page, app, close } = await launchApp({ userDataDir })
  await importByDrop(page, writeManyRows())
  await startLongRun(page)
  await expect(page.getByRole('contentinfo').getByText(/sweep/)).toBeVisible()

  const before = await killEngine(app)
  await expect(page.getByText('Biased ALS, 250 factors was interrupted', { exact: true })).toBeVisible()
  await expect(page.getByText('Engine ready')).toBeVisible()
  expect(await findEngine(app)).not.toBe(before)
  await expect(page.getByRole('treeitem')).toHaveCount(2)
  const again = await startAnalysis(page, 'Principal components')
  await again.getByRole('button', { name: 'Run' }).click()
  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unscaled' })).toBeVisible()
  await close()
})

test('an app killed whole in the middle of an import and a run has everything that had finished when it is started again', async () => {
  const first = await launchApp({ userDataDir })
  await openSample(first.page, /^Fisher’s iris/, 'PCA, unit variance')
  await importByDrop(first.page, writeManyRows())
  await startLongRun(first.page)
  await expect(first.page.getByRole('contentinfo').getByText(/sweep/)).toBeVisible()
  const large = join(folder, 'large.csv')
  writeFileSync(large, 'a,b\n'.padEnd(30_000_000, '1.25,2.5\n'))
  await first.page.keyboard.press('Control+k')
  await first.page.getByRole('combobox', { name: 'Search or run a command' }).fill('Add a dataset')
  await first.page.keyboard.press('Enter')
  await dropFile(first.page, large, 'main')
  await first.page.getByRole('button', { name: /^Import / }).click()
  first.app.process().kill('SIGKILL')
  await first.close()

  const second = await launchApp({ userDataDir })
  await expect(second.page.getByText('Engine ready')).toBeVisible()
  // Fisher’s iris with its table and its components, many with its table.
  await expect(second.page.getByRole('treeitem')).toHaveCount(5)
  await expect(second.page.getByRole('region', { name: 'Notices' })).toHaveCount(0)
  await treeItem(second.page, 'PCA, unit variance').click()
  await expect(main(second.page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()
  await second.page.keyboard.press('Control+z')
  await expect(second.page.getByRole('treeitem')).toHaveCount(3)
  await second.close()
})

test('a run is cancelled from the status bar and leaves nothing', async () => {
  const { page, close } = await launchApp({ userDataDir })
  await importByDrop(page, writeManyRows())
  await startLongRun(page)
  const cancel = page.getByRole('contentinfo').getByRole('button', { name: 'Cancel Biased ALS, 250 factors' })
  await expect(page.getByRole('contentinfo').getByText(/sweep/)).toBeVisible()
  const before = await cancel.boundingBox()
  await expect(page.getByRole('contentinfo').getByText(/ left$/)).toBeVisible()
  expect(await cancel.boundingBox()).toEqual(before)
  await cancel.click()
  await expect(page.getByRole('contentinfo').getByRole('progressbar')).toHaveCount(0)
  await expect(page.getByRole('treeitem')).toHaveCount(2)
  await close()
})

test('a run that ends while something else is looked at says so and is one click away', async () => {
  const { page, close } = await launchApp({ userDataDir })
  await importByDrop(page, writeManyRows())
  await startLongRun(page, 5)
  await expect(page.getByRole('contentinfo').getByText(/sweep/)).toBeVisible()
  await page.getByRole('treeitem', { name: 'Table' }).click()
  await page.getByRole('button', { name: 'Show', exact: true }).click({ timeout: 60_000 })
  await expect(main(page).getByRole('heading', { level: 1, name: 'Biased ALS, 250 factors' })).toBeVisible()
  await close()
})

test('a corrupt or foreign session is refused with the reason and the open one stays', async () => {
  const { page, app, close } = await launchApp({ userDataDir })
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  const path = join(folder, 'broken.eigendesk')
  writeFileSync(path, 'this is not a session '.repeat(50))
  await stubOpenDialog(app, path)
  await page.keyboard.press('Control+o')
  await expect(
    page.getByText('broken.eigendesk is not an Eigendesk session: it is not a database.', { exact: true })
  ).toBeVisible()
  await expect(page.getByText('SESSION_FOREIGN')).toBeVisible()
  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()
  expect(existsSync(`${path}-wal`)).toBe(false)
  await close()
})
