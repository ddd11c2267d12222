import { expect, test } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportAs, importByDrop, irisFile, lasso, main, startAnalysis, tab } from './analyst.ts'
import { dropFile, expectQuietConsole, launchApp, stubSaveDialog, temporaryFolder, type LaunchedApp } from './launch.ts'

let launched: LaunchedApp
let folder: string
test.beforeEach(async () => {
  launched = await launchApp()
  folder = await temporaryFolder('exports')
})
test.afterEach(async () => {
  await launched.close()
  await rm(folder, { recursive: true, force: true })
})

/** Steps 2 and 3: the empty window, a dropped file, what was understood of it, its table. */
test('an empty window offers what to do; a dropped CSV is understood, corrected, accepted and shown', async () => {
  const { page } = launched
  await expect(page.getByRole('heading', { name: 'Open a table' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open file…' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Fisher’s iris/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^4 users × 5 movies/ })).toBeVisible()

  await dropFile(page, irisFile, 'main')
  await expect(page.getByRole('heading', { name: 'iris.csv' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Delimiter' })).toHaveValue(',')
  await expect(page.getByRole('combobox', { name: 'Type of sepal length' })).toHaveValue('number')
  await expect(page.getByRole('combobox', { name: 'Type of species' })).toHaveValue('category')
  await expect(page.getByText('150 rows × 5 columns')).toBeVisible()

  // A guess changed is seen at once: with a semicolon the file has one column.
  await page.getByRole('combobox', { name: 'Delimiter' }).selectOption({ label: 'Semicolon ;' })
  await expect(page.getByText('150 rows × 1 column', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByText('150 rows × 5 columns')).toBeVisible()
  await page.getByRole('combobox', { name: 'Type of species' }).selectOption('text')
  await expect(page.getByRole('combobox', { name: 'Type of species' })).toHaveValue('text')
  await page.getByRole('combobox', { name: 'Type of species' }).selectOption('category')

  await page.getByRole('button', { name: 'Import 150 rows' }).click()
  const firstRow = main(page).getByRole('row').nth(1)
  await expect(firstRow).toContainText('5.1')
  await expect(firstRow).toContainText('setosa')
  await tab(page, 'Columns').click()
  // Another row may name it too, as what it goes with.
  await expect(main(page).getByRole('row', { name: /^petal width/ })).toContainText('1.199')
  expectQuietConsole(launched.console)
})

/** Steps 4 and 5: the form from the spec, a run, what is seen, a lasso that selects rows of the table. */
test('principal components: from the form to the linked pictures', async () => {
  const { page } = launched
  await importByDrop(page, irisFile)
  const dialog = await startAnalysis(page, 'Principal components')
  await expect(dialog.getByRole('combobox', { name: 'Centre' })).toHaveValue('mean')
  await expect(dialog.getByRole('button', { name: 'Columns' })).toContainText('4 of 4')
  await dialog.getByRole('combobox', { name: 'Scale' }).selectOption('unit')
  await dialog.getByRole('combobox', { name: 'Missing values' }).selectOption('mean')
  await dialog.getByRole('textbox', { name: 'Components' }).fill('9')
  await expect(dialog.getByRole('button', { name: 'Run' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Components' }).fill('4')
  await dialog.getByRole('button', { name: 'Run' }).click()

  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()
  // Published: R's prcomp(iris[, 1:4], scale. = TRUE), shares 72.96, 22.85, 3.67, 0.52 %.
  await expect(
    page.getByRole('img', { name: /^Explained variance.*PC1 72\.96 %, PC2 22\.85 %, PC3 3\.67 %, PC4 0\.52 %/ })
  ).toBeVisible()
  await expect(page.getByText('PC1 · 72.96 % →')).toBeVisible()
  await expect(page.getByRole('img', { name: /^Loadings of 4 columns on PC1 and PC2/ })).toBeVisible()

  const scores = /^Scores of 150 rows on PC1 and PC2, coloured by species/
  await lasso(page, scores, 0.1, 0.36)
  await expect(page.getByRole('contentinfo').getByText('50 of 150 rows selected')).toBeVisible()
  const rows = page.getByRole('grid', { name: 'Rows with their scores' })
  await expect(rows.getByRole('row', { selected: true }).first()).toContainText('setosa')
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('50 rows')
  // The dataset's own table shows the same selection.
  await page.getByRole('treeitem', { name: 'Table' }).click()
  await expect(main(page).getByRole('row', { selected: true }).first()).toContainText('setosa')
  expectQuietConsole(launched.console)
})

test('any two components, any colour, the numbers in tables, a tooltip that names the row', async () => {
  const { page } = launched
  await importByDrop(page, irisFile)
  const dialog = await startAnalysis(page, 'Principal components')
  await dialog.getByRole('button', { name: 'Run' }).click()
  await tab(page, 'Scores').click()
  await page.getByRole('combobox', { name: 'Horizontal axis' }).first().selectOption('2')
  await expect(page.getByRole('img', { name: /^Scores of 150 rows on PC3 and PC2/ })).toBeVisible()
  await page.getByRole('combobox', { name: 'Colour by' }).first().selectOption('petal width')
  await expect(page.getByRole('img', { name: /coloured by petal width/ })).toBeVisible()

  const plot = page.getByRole('img', { name: /^Scores of 150 rows/ })
  await plot.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tooltip')).toContainText('Row 1')

  await tab(page, 'Variance').click()
  // scikit-learn's PCA of iris: the first eigenvalue is 4.22824171 (divisor n − 1).
  await expect(main(page).getByRole('row', { name: /^1 92\.46 92\.46 4\.22824/ })).toBeVisible()
  await tab(page, 'Variables').click()
  await expect(main(page).getByRole('row').filter({ hasText: 'petal length' })).toContainText('1.76')
  expectQuietConsole(launched.console)
})

/** Step 6. */
test('exports tables as CSV and JSON and plots as PNG and SVG', async () => {
  const { page, app } = launched
  await page.getByRole('button', { name: /^Fisher’s iris/ }).click()
  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()
  const save = async (entry: string, name: string): Promise<string> => {
    const path = join(folder, name)
    await stubSaveDialog(app, path)
    await exportAs(page, entry)
    await expect.poll(() => existsSync(path), { message: entry }).toBe(true)
    await expect(main(page).getByText(`Saved ${name}`, { exact: false })).toBeVisible()
    return path
  }
  for (const [table, file] of [
    ['Scores', 'scores'],
    ['Loadings', 'loadings'],
    ['Explained variance', 'variance']
  ] as const) {
    await save(`${table} as CSV`, `${file}.csv`)
    await save(`${table} as JSON`, `${file}.json`)
  }
  const scores = readFileSync(join(folder, 'scores.csv'), 'utf8').trimEnd().split(/\r?\n/)
  expect(scores).toHaveLength(151)
  expect(scores[0]).toMatch(/^row,.*PC1,PC2,PC3,PC4$/)
  JSON.parse(readFileSync(join(folder, 'loadings.json'), 'utf8'))
  // Published ratios, unit variance (R prcomp): 0.7296, 0.2285, 0.0367, 0.0052.
  expect(readFileSync(join(folder, 'variance.csv'), 'utf8')).toContain('0.72962445')

  const png = await save('Scores as PNG, 300 dpi', 'scores.png')
  expect(readFileSync(png, 'latin1').slice(1, 4)).toBe('PNG')
  const svg = await save('Scores as SVG', 'scores.svg')
  expect(readFileSync(svg, 'utf8')).toMatch(/^<svg[^]*PC1 · 72\.96\s%/)
  // Cancel in the dialog writes nothing and says nothing.
  await stubSaveDialog(app, null)
  await main(page).getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Scores as CSV', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  expectQuietConsole(launched.console)
})
