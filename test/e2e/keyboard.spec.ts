import { expect, test, type Locator, type Page } from '@playwright/test'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expectTable, importByDrop, irisFile, main, treeItem } from './analyst.ts'
import { expectQuietConsole, launchApp, temporaryFolder, type LaunchedApp } from './launch.ts'

/** Everything here is done without a mouse. */

let folder: string
let launched: LaunchedApp
let page: Page

test.beforeAll(async () => {
  folder = await temporaryFolder('keyboard')
  launched = await launchApp()
  page = launched.page
  await copyFile(irisFile, join(folder, 'flowers.csv'))
  await importByDrop(page, join(folder, 'flowers.csv'))
})
test.afterAll(async () => {
  expectQuietConsole(launched.console)
  await launched.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

const dialog = (): Locator => page.getByRole('dialog')

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

async function runFromPalette(query: string): Promise<void> {
  await press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused()
  await page.keyboard.type(query)
  await press('Enter')
}

/** Tab stays in the dialog, Esc leaves it, and the focus is where it was. */
async function expectLeft(before: Locator): Promise<void> {
  await expect(dialog()).toHaveCount(1)
  await expect(dialog().locator(':focus')).toHaveCount(1)
  for (let i = 0; i < 30; i++) {
    await press('Tab')
    await expect(dialog().locator(':focus')).toHaveCount(1)
  }
  await press('Escape')
  await expect(dialog()).toHaveCount(0)
  await expect(before).toBeFocused()
}

test('a dialog keeps the focus, is left by Esc, and gives the focus back', async () => {
  for (const name of ['Export…', 'Prepare…', 'New analysis…']) {
    const button = main(page).getByRole('button', { name, exact: true })
    await button.focus()
    await press('Enter')
    await expectLeft(button)
  }
  const row = treeItem(page, 'flowers')
  await row.focus()
  await press('F2')
  await expectLeft(row)
  await press('Shift+?')
  await expectLeft(row)
  // The palette gives the focus back before what it runs takes it.
  for (const query of ['save a checkpoint', 're-import', 'export what is shown']) {
    await runFromPalette(query)
    await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toHaveCount(0)
    await expectLeft(row)
  }
})

/** Opens the menu that has the focus, and takes an entry by its first letter or by other keys. */
async function takeFromMenu(entry: string, ...keys: string[]): Promise<void> {
  await press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await press(...keys)
  await expect(page.getByRole('menuitem', { name: entry })).toBeFocused()
  await press('Enter')
}

test('a dataset is prepared by keys alone', async () => {
  await main(page).getByRole('button', { name: 'Prepare…' }).focus()
  await press('Enter')
  const addStep = dialog().getByRole('button', { name: 'Add a step' })
  const steps = dialog().getByRole('list', { name: 'Steps' }).getByRole('button')
  await expect(addStep).toBeFocused()
  await takeFromMenu('Rename a column', 'r', 'e', 'n')
  await expect(steps).toHaveCount(1)
  // What nobody has typed yet is asked for, and is no mistake.
  const name = dialog().getByRole('textbox', { name: 'New name' })
  await expect(name).toHaveAccessibleDescription('A name has at least one character.')
  await expect(name).not.toHaveAttribute('aria-invalid', 'true')
  await name.focus()
  await page.keyboard.type('x')
  await press('Backspace')
  await expect(name).toHaveAttribute('aria-invalid', 'true')

  await dialog().getByRole('button', { name: 'Remove this step' }).focus()
  await press('Enter')
  await expect(steps).toHaveCount(0)
  await expect(addStep).toBeFocused()
  await takeFromMenu('Remove duplicate rows', 'End', 'ArrowUp')
  // One flower of Fisher's iris stands there twice: rows 102 and 143 of R's data set.
  await expect(dialog().getByText('Removed 1 row equal to an earlier one in every column.')).toBeVisible()
  await press('Control+Enter')
  await expectTable(page, 'flowers prepared')
})

test('a checkpoint is saved and deleted, and a dataset removed, without losing the focus', async () => {
  await runFromPalette('save a checkpoint')
  const name = dialog().getByRole('textbox', { name: 'Name of a new checkpoint' })
  await expect(name).toBeFocused()
  await page.keyboard.type('first')
  await press('Tab', 'Enter')
  await expect(dialog().getByRole('button', { name: 'Revert to first' })).toBeVisible()
  await expect(name).toBeFocused()
  await dialog().getByRole('button', { name: 'Delete first' }).focus()
  await press('Enter')
  await expect(dialog().getByRole('button', { name: 'Keep' })).toBeFocused()
  await press('Enter')
  await expect(dialog().getByRole('button', { name: 'Delete first' })).toBeFocused()
  await press('Enter', 'Tab', 'Enter')
  await expect(dialog().getByText('No checkpoint yet.')).toBeVisible()
  await expect(name).toBeFocused()
  await press('Escape')
  await expect(dialog()).toHaveCount(0)

  await importByDrop(page, irisFile)
  const added = page.getByRole('treeitem', { name: /^iris/ })
  await added.focus()
  await press('Delete')
  await expect(added).toHaveCount(0)
  await expect(page.getByRole('tree').locator(':focus')).toHaveCount(1)
  await press('Control+z')
  await expect(added).toBeVisible()
})
