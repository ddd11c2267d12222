import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { importByDrop, irisFile, main, openSample, treeItem } from './analyst.ts'
import { findEngine, launchApp, stubOpenDialog, stubSaveDialog, temporaryFolder, type LaunchedApp } from './launch.ts'

let folder: string
let launched: LaunchedApp
let page: Page
test.beforeEach(async () => {
  folder = await temporaryFolder('history')
  launched = await launchApp()
  page = launched.page
})
test.afterEach(async () => {
  await launched.close()
  await rm(folder, { recursive: true, force: true })
})

async function runFromPalette(query: string, entry: RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill(query)
  await page.getByRole('option', { name: entry }).click()
}

async function openSecondWindow(app: ElectronApplication): Promise<Page> {
  const [second] = await Promise.all([app.waitForEvent('window'), page.keyboard.press('Control+Shift+n')])
  await expect(second.getByText('Engine ready')).toBeVisible()
  return second
}

test('what was removed comes back by the toast, by keys and by the palette; a field keeps its own undo', async () => {
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  await treeItem(page, 'PCA, unit variance').press('Delete')
  await expect(treeItem(page, 'PCA, unit variance')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()

  await page.keyboard.press('Control+Shift+z')
  await expect(treeItem(page, 'PCA, unit variance')).toHaveCount(0)
  await treeItem(page, /iris/).press('F2')
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.fill('flowers')
  await name.press('Control+z')
  await expect(name).not.toHaveValue('flowers')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(treeItem(page, 'PCA, unit variance')).toHaveCount(0)

  await runFromPalette('undo', /^Undo: remove PCA, unit variance/)
  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()
})

test('a checkpoint is gone back to, and going back is undone', async () => {
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  await runFromPalette('checkpoint', /checkpoint/)
  const dialog = page.getByRole('dialog', { name: 'Checkpoints' })
  await dialog.getByRole('textbox', { name: 'Name of a new checkpoint' }).fill('before the meeting')
  await dialog.getByRole('button', { name: 'Save checkpoint' }).click()
  await expect(dialog.getByText('1 dataset, 1 analysis')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await treeItem(page, /iris/).press('Delete')
  await expect(page.getByRole('treeitem')).toHaveCount(0)

  await runFromPalette('checkpoint', /checkpoint/)
  await dialog.getByRole('button', { name: 'Revert to before the meeting' }).click()
  await expect(treeItem(page, 'PCA, unit variance')).toBeVisible()
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('treeitem')).toHaveCount(0)
})

test('two windows hold two sessions, and one that is open is not opened twice', async () => {
  const { app } = launched
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  const path = join(folder, 'flowers.eigendesk')
  await stubSaveDialog(app, path)
  await page.keyboard.press('Control+Shift+s')
  await expect(page.getByRole('banner').getByText('flowers')).toBeVisible()

  const second = await openSecondWindow(app)
  await expect(second.getByRole('treeitem')).toHaveCount(0)
  await importByDrop(second, irisFile)
  await expect(page.getByRole('treeitem')).toHaveCount(3)
  await expect(second.getByRole('treeitem')).toHaveCount(2)

  // By the list of recent ones the engine finds out; by the file dialog main does, and says nothing.
  await second.keyboard.press('Control+k')
  await second.getByRole('combobox', { name: 'Search or run a command' }).fill('recent flowers')
  await second.getByRole('option', { name: /flowers/ }).click()
  await expect(
    second.getByText('flowers.eigendesk is open in another window or another run of Eigendesk.', { exact: true })
  ).toBeVisible()
  await stubOpenDialog(app, path)
  await second.keyboard.press('Control+o')
  await expect(second.getByRole('treeitem')).toHaveCount(2)

  const before = await findEngine(app)
  await second.close()
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  expect(await findEngine(app)).toBe(before)
  await expect(page.getByRole('treeitem')).toHaveCount(3)
})

test('a duplicate is a session of its own', async () => {
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  await runFromPalette('duplicate', /Duplicate the session/)
  await expect(page.getByRole('banner').getByText('Copy of Untitled session')).toBeVisible()
  await treeItem(page, 'PCA, unit variance').press('Delete')
  await runFromPalette('recent', /^Open recent: Untitled session/)
  await expect(treeItem(page, 'PCA, unit variance')).toBeVisible()
})
