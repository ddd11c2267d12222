import { expect, test } from '@playwright/test'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { main, importByDrop, startAnalysis, treeItem, expectTable } from './analyst.ts'
import { irisFile } from './analyst.ts'
import { expectQuietConsole, launchApp, temporaryFolder } from './launch.ts'

test('rows are filtered, columns logged and standardized; undone, redone, analysed, and kept', async () => {
  const userDataDir = await temporaryFolder('preparing')
  const { page, close, console } = await launchApp({ userDataDir })
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  const steps = inspector.getByRole('region', { name: 'Preparation' }).getByRole('listitem')
  try {
    await importByDrop(page, irisFile)
    await main(page).getByRole('button', { name: 'Prepare' }).click()
    const dialog = page.getByRole('dialog', { name: 'Prepare iris' })
    const addStep = async (title: string): Promise<void> => {
      await dialog.getByRole('button', { name: 'Add a step' }).click()
      await page.getByRole('menuitem', { name: title }).click()
    }

    await addStep('Filter rows')
    await dialog.getByRole('combobox', { name: 'Column 1' }).selectOption({ index: 0 })
    await dialog.getByRole('combobox', { name: 'Test 1' }).selectOption('is above')
    await dialog.getByRole('textbox', { name: 'Value 1' }).fill('5')
    // 118 of Fisher's 150 flowers have a sepal longer than 5 cm (counted with awk).
    await expect(dialog.getByText(/^Kept 118 of 150 rows/)).toBeVisible()

    await addStep('Transform')
    await expect(dialog.getByText(/^Log of 4 columns/)).toBeVisible()
    await addStep('Transform')
    await dialog.getByRole('combobox', { name: 'Function' }).selectOption('Z-scores')
    await expect(dialog.getByText(/^Z-scores of 4 columns/)).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Name of the dataset' }).fill('large, log z')
    await dialog.getByRole('button', { name: 'Make the dataset' }).click()
    await expectTable(page, 'large, log z')
    await expect(main(page).getByText('118 rows × 5 columns · from iris, 3 steps')).toBeVisible()
    await expect(treeItem(page, 'large, log z')).toHaveAttribute('aria-level', '2')
    await expect(steps).toHaveText([/Kept 118 of 150 rows/, /Log of 4 columns/, /Z-scores of 4 columns/])

    await inspector.getByRole('button', { name: 'Remove step 2' }).click()
    await expect(steps).toHaveCount(2)
    await page.keyboard.press('Control+z')
    await expect(steps).toHaveCount(3)
    await page.keyboard.press('Control+z')
    await expect(treeItem(page, 'large, log z')).toBeHidden()
    await page.keyboard.press('Control+Shift+z')
    await expect(treeItem(page, 'large, log z')).toBeVisible()
    await page.getByRole('treeitem', { name: /^large, log z/ }).click()
    await expectTable(page, 'large, log z')

    const form = await startAnalysis(page, 'Principal components')
    await form.getByRole('button', { name: 'Run' }).click()
    await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unscaled' })).toBeVisible()
    expectQuietConsole(console)
  } finally {
    await close()
  }

  const again = await launchApp({ userDataDir })
  try {
    await again.page.getByRole('treeitem', { name: /^large, log z/ }).click()
    await expectTable(again.page, 'large, log z')
    const kept = again.page.getByRole('region', { name: 'Preparation' })
    await expect(kept.getByRole('listitem')).toHaveCount(3)

    // Something stands on it now: another one is made, and this one stays.
    await kept.getByRole('button', { name: 'Change step 3' }).click()
    const dialog = again.page.getByRole('dialog', { name: 'Steps of large, log z' })
    await dialog.getByRole('combobox', { name: 'Function' }).selectOption('Ranks')
    await dialog.getByRole('button', { name: 'Make the dataset' }).click()
    await expectTable(again.page, 'large, log z 2')
    await expect(again.page.getByRole('treeitem', { name: /^large, log z/ })).toHaveCount(2)
    expectQuietConsole(again.console)
  } finally {
    await again.close()
  }
})

test('a type changed in the list of columns is a step, roles choose beforehand, and rows selected can be left out', async () => {
  const { page, close, console } = await launchApp()
  try {
    await importByDrop(page, irisFile)
    await main(page).getByRole('grid').getByText('5.1', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Leave them out…' }).click()
    const leaving = page.getByRole('dialog', { name: 'Prepare iris' })
    await expect(leaving.getByText('Kept 149 of 150 rows: all but 1 chosen row.')).toBeVisible()
    await leaving.getByRole('button', { name: 'Make the dataset' }).click()
    await expectTable(page, 'iris prepared')

    await main(page).getByRole('tab', { name: 'Columns', exact: true }).click()
    const type = main(page).getByRole('combobox', { name: 'Type of species' })
    await type.selectOption('Text')
    const dialog = page.getByRole('dialog', { name: 'Steps of iris prepared' })
    await expect(dialog.getByText('Read species as text.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(type).toHaveValue('category')
    await type.selectOption('Text')
    await dialog.getByRole('button', { name: 'Apply steps' }).click()
    await expect(type).toHaveValue('text')

    await main(page).getByRole('combobox', { name: 'Role of petal width' }).selectOption('Ignore')
    await main(page).getByRole('combobox', { name: 'Role of species' }).selectOption('Label')
    await expect(main(page).getByRole('combobox', { name: 'Role of species' })).toHaveValue('label')
    // The form takes the roles the session knows when it opens: a person is slower than the engine, a test is not.
    await expect(async () => {
      await page.keyboard.press('Escape')
      const form = await startAnalysis(page, 'Principal components')
      await expect(form.getByRole('button', { name: 'Columns: 3 of 4' })).toBeVisible({ timeout: 1000 })
      await expect(form.getByRole('combobox', { name: 'Row names' })).toHaveValue('species', { timeout: 1000 })
    }).toPass()
    expectQuietConsole(console)
  } finally {
    await close()
  }
})

test('words with gaps are filled by their most frequent value, and each filled cell says so', async () => {
  const folder = await temporaryFolder('gaps')
  const { page, close, console } = await launchApp()
  try {
    const colours = ['red', 'blue', '', 'red', 'red', 'blue', '', 'red']
    const file = join(folder, 'colours.csv')
    await writeFile(file, `size,colour\n${colours.map((colour, i) => `${i + 1.5},${colour}`).join('\n')}\n`)
    await importByDrop(page, file)
    await main(page).getByRole('button', { name: 'Prepare…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Prepare colours' })
    await dialog.getByRole('button', { name: 'Add a step' }).click()
    await page.getByRole('menuitem', { name: 'Fill missing cells' }).click()
    // No number is missing here, so the step begins with what can be filled.
    await expect(dialog.getByRole('combobox', { name: 'Method' })).toHaveValue('mode')
    await expect(dialog.getByText('Filled 2 missing cells of colour with the most frequent value: red.')).toBeVisible()
    await dialog.getByRole('combobox', { name: 'Method' }).selectOption('Column mean')
    await expect(dialog.getByText('Nothing to fill: no cell of size is missing.')).toBeVisible()
    await dialog.getByRole('combobox', { name: 'Method' }).selectOption('Most frequent value')
    await dialog.getByRole('button', { name: 'Make the dataset' }).click()
    await expectTable(page, 'colours prepared')
    const third = main(page).getByRole('row').nth(3).getByRole('gridcell', { name: 'red' })
    await expect(third).toHaveClass(/imputed/)
    await expect(third).toHaveAttribute('title', /filled/i)
    expectQuietConsole(console)
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
