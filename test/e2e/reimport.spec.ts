import { expect, test } from '@playwright/test'
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importByDrop, irisFile } from './analyst.ts'
import { launchApp, stubOpenDialog, temporaryFolder } from './launch.ts'

test('a file that changed is imported again after a look at the difference, and undo brings the old one back', async () => {
  const folder = await temporaryFolder('reimport')
  const path = join(folder, 'flowers.csv')
  await copyFile(irisFile, path)
  const { app, page, close } = await launchApp()
  try {
    await importByDrop(page, path)
    const reimport = async (): Promise<void> => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search or run a command' }).fill('re-import')
      await page.getByRole('option', { name: /^Re-import/ }).click()
    }
    await reimport()
    await expect(page.getByRole('dialog', { name: 'Re-import flowers.csv' })).toContainText('It has not changed')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)

    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    lines[4] = lines[4]!.replace(/^[^,]+/, '99.5')
    const moved = join(folder, 'moved.csv')
    await rename(path, moved)
    await writeFile(moved, `${[...lines, lines.at(-1)!.replace(/^[^,]+/, '77.5')].join('\n')}\n`)
    await reimport()
    await expect(page.getByRole('dialog')).toContainText('is not where it was')
    await stubOpenDialog(app, moved)
    await page.getByRole('button', { name: 'Choose the file…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import the new version of flowers.csv?' })
    await expect(dialog).toContainText('150 → 151')
    await expect(dialog.getByRole('row', { name: /^5 .* 99\.5$/ })).toBeVisible()
    await dialog.getByRole('button', { name: 'Import the new version' }).click()
    await expect(page.getByRole('treeitem', { name: 'flowers, 151 × 5' })).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('treeitem', { name: 'flowers, 150 × 5' })).toBeVisible()
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true })
  }
})
