import { expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  expectTable,
  exportAs,
  importByDrop,
  irisFile,
  main,
  openSample,
  startAnalysis,
  tab,
  treeItem
} from './analyst.ts'
import { checkAccessibility } from './axe.ts'
import { dropFile, expectQuietConsole, launchApp, root, temporaryFolder } from './launch.ts'

const check = (page: Page, view: string, app: ElectronApplication): Promise<void> =>
  checkAccessibility({ app, page }, view)

/** Every tab of what is in sight. */
async function checkTabs(page: Page, view: string, app: ElectronApplication): Promise<void> {
  for (const name of await main(page).getByRole('tab').allInnerTexts()) {
    await tab(page, name).click()
    await check(page, `${view} ${name}`, app)
  }
}

test.beforeEach(() => test.setTimeout(240_000))

test('the sample of users and movies passes axe, light and dark', async () => {
  const { page, app, close, console } = await launchApp()
  await expect(page.getByRole('heading', { name: 'Open a table' })).toBeVisible()
  await check(page, 'start', app)
  await openSample(page, /^4 users × 5 movies/, 'Weighted ALS, 2 factors')
  await checkTabs(page, 'factorization', app)
  expectQuietConsole(console)
  await close()
})

test('a factorization with test ratings, and models compared, pass axe, light and dark', async () => {
  const folder = await temporaryFolder('axe-ratings')
  const { page, app, close, console } = await launchApp()
  try {
    const path = join(folder, 'ratings.csv')
    const lines = Array.from({ length: 40 }, (_, u) =>
      Array.from({ length: 25 }, (__, i) => (u * 7 + i * 5) % 3 === 0 && `u${u},item ${i},${1 + ((u * i + u) % 5)}`)
    )
    await writeFile(path, `user,item,rating\n${lines.flat().filter(Boolean).join('\n')}\n`)
    await importByDrop(page, path)
    const dialog = await startAnalysis(page, 'Factorization')
    await dialog.getByRole('button', { name: 'Ratings', exact: true }).click()
    await dialog.getByRole('textbox', { name: 'Factors' }).fill('3')
    await check(page, 'new factorization', app)
    await dialog.getByRole('button', { name: 'Run' }).click()
    await expect(tab(page, 'Compare')).toBeVisible()
    await tab(page, 'Compare').click()
    await main(page).getByRole('button', { name: 'Compare models' }).click()
    await expect(main(page).getByRole('table', { name: 'Models on one split' })).toBeVisible({ timeout: 60_000 })
    await checkTabs(page, 'factorization, judged:', app)
    expectQuietConsole(console)
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('a truncated SVD of texts passes axe, light and dark', async () => {
  const { page, app, close, console } = await launchApp()
  await importByDrop(page, join(root, 'test', 'e2e', 'three-themes.csv'))
  const dialog = await startAnalysis(page, 'Truncated SVD')
  await check(page, 'new SVD', app)
  await dialog.getByRole('button', { name: 'Run' }).click()
  await expect(tab(page, 'Low rank')).toBeVisible()
  await checkTabs(page, 'SVD', app)
  await main(page).getByRole('button', { name: 'Export' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await check(page, 'SVD, the export menu', app)
  expectQuietConsole(console)
  await close()
})

test('an import, a table, its preparation and a PCA pass axe, light and dark', async () => {
  const { page, app, close, console } = await launchApp()
  await expect(page.getByText('Engine ready')).toBeVisible()
  await dropFile(page, irisFile, 'main')
  await expect(page.getByRole('button', { name: 'Import 150 rows' })).toBeVisible()
  await check(page, 'import', app)
  await page.getByRole('button', { name: 'Import 150 rows' }).click()
  await expect(tab(page, 'Table')).toBeVisible()
  await checkTabs(page, 'dataset', app)

  await main(page).getByRole('button', { name: 'Prepare' }).click()
  const steps = page.getByRole('dialog', { name: 'Prepare iris' })
  await check(page, 'preparation without a step', app)
  for (const step of ['Filter rows', 'Fill missing cells', 'Rename a column']) {
    await steps.getByRole('button', { name: 'Add a step' }).click()
    await page.getByRole('menuitem', { name: step }).click()
    await check(page, `preparation, ${step}`, app)
  }
  await page.keyboard.press('Escape')

  const dialog = await startAnalysis(page, 'Principal components')
  await check(page, 'new analysis', app)
  await dialog.getByRole('button', { name: 'Run' }).click()
  await expect(tab(page, 'Overview')).toBeVisible()
  await checkTabs(page, 'PCA', app)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeVisible()
  await check(page, 'palette', app)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await check(page, 'shortcuts', app)
  await page.keyboard.press('Escape')
  await treeItem(page, 'PCA, unscaled')
    .getByRole('button', { name: /^Actions/ })
    .click()
  await expect(page.getByRole('menu')).toBeVisible()
  await check(page, 'menu', app)
  expectQuietConsole(console)
  await close()
})

test('what is said of files, exports, checkpoints and re-imports passes axe, light and dark', async () => {
  const folder = await temporaryFolder('axe')
  const { page, app, close, console } = await launchApp()
  const runFromPalette = async (query: string, entry: RegExp): Promise<void> => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill(query)
    await page.getByRole('option', { name: entry }).click()
  }
  const dialog = page.getByRole('dialog')
  const leave = async (): Promise<void> => {
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }
  try {
    await expect(page.getByText('Engine ready')).toBeVisible()
    const field = join(folder, 'field.csv')
    const rows = Array.from({ length: 40 }, (_, i) => `${i};${i},5;0${1 + (i % 9)}/0${1 + (i % 8)}/2023`)
    rows[3] = '3;19O;01/02/2023'
    rows[9] = '9;9,5;01/02/2023;one more'
    await writeFile(field, `Field book\n\nplot;length;day\n${rows.join('\n')}\nTotal: 40 plots\n`)
    await dropFile(page, field, 'main')
    await expect(page.getByRole('button', { name: /^Import 39 rows$/ })).toBeVisible()
    await page.getByRole('button', { name: /comments, line ends$/ }).click()
    await check(page, 'import with problems', app)
    await page.getByRole('button', { name: /^Import 39 rows$/ }).click()
    await expectTable(page, 'field')
    await page.getByRole('button', { name: /\d problems/ }).click()
    await expect(dialog).toBeVisible()
    await check(page, 'problems', app)
    await leave()

    await writeFile(join(folder, 'empty.csv'), '')
    await dropFile(page, join(folder, 'empty.csv'), 'main')
    await expect(page.getByText('FILE_EMPTY')).toBeVisible()
    await check(page, 'a file that cannot be imported', app)
    await page.keyboard.press('Escape')

    await mkdir(join(folder, 'nothing'))
    await dropFile(page, join(folder, 'nothing'), 'main')
    await expect(page.getByRole('region', { name: 'Notices' })).toBeVisible()
    await check(page, 'notice', app)
    await page.getByRole('button', { name: 'Dismiss', exact: true }).click()

    const flowers = join(folder, 'flowers.csv')
    await copyFile(irisFile, flowers)
    await importByDrop(page, flowers)
    await page.keyboard.press('Control+e')
    await expect(dialog).toBeVisible()
    await check(page, 'export', app)
    await leave()

    await runFromPalette('checkpoint', /checkpoint/)
    await dialog.getByRole('textbox', { name: 'Name of a new checkpoint' }).fill('before')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('button', { name: 'Revert to before' })).toBeVisible()
    await check(page, 'checkpoints', app)
    await leave()

    await writeFile(flowers, (await readFile(flowers, 'utf8')).replace('5.1', '9.1'))
    await runFromPalette('re-import', /^Re-import/)
    await expect(page.getByRole('dialog', { name: 'Import the new version of flowers.csv?' })).toBeVisible()
    await check(page, 're-import', app)
    await leave()

    await treeItem(page, 'flowers').press('Delete')
    await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible()
    // The pointer holds the toast, which would be gone before axe has looked twice.
    await page.getByRole('button', { name: 'Undo', exact: true }).hover()
    await check(page, 'toast', app)
    await runFromPalette('new session', /Start a new session/)
    await expect(page.getByRole('heading', { name: 'Recent sessions' })).toBeVisible()
    await check(page, 'start with recent sessions', app)
    expectQuietConsole(console)
  } finally {
    await close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('what a PCA shows once it is worked with passes axe, light and dark', async () => {
  const { page, app, close, console } = await launchApp()
  const button = (name: string | RegExp) => main(page).getByRole('button', { name })
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')

  await tab(page, 'Variance').click()
  await button('Compare the rules').click()
  await button('Measure').click()
  await button(/^Bootstrap$/).click()
  await expect(page.getByRole('columnheader', { name: /95 % of samples/ })).toBeVisible()
  await expect(page.getByRole('grid', { name: 'KMO by column' })).toBeVisible()
  await expect(button(/: Parallel analysis$/)).toBeVisible()
  await check(page, 'PCA Variance, studied', app)

  await tab(page, 'Variables').click()
  await main(page).getByLabel('Axes', { exact: true }).selectOption('varimax')
  await expect(main(page).getByText(/^Rotated by varimax/)).toBeVisible()
  await check(page, 'PCA Variables, rotated', app)

  await tab(page, 'Clusters').click()
  await button(/^Find clusters/).click()
  await expect(main(page).getByRole('list', { name: 'Clusters', exact: true }).getByRole('listitem')).toHaveCount(3)
  await button('Colour every plot').click()
  await check(page, 'PCA Clusters, found', app)
  await button(/^Select the \d+ rows of Cluster 2/).click()

  await tab(page, 'Scores').click()
  await page.getByRole('region', { name: 'Neighbours' }).getByRole('button', { name: 'Compare neighbours' }).click()
  await expect(page.getByRole('region', { name: 'Neighbours' })).toContainText('are near in this plane too')
  await check(page, 'PCA Scores, a selection compared', app)
  await page.getByRole('img', { name: /^Scores of/ }).focus()
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog', { name: 'Edit figure' })).toBeVisible()
  await check(page, 'PCA Scores, the panel of the figure', app)
  await page.keyboard.press('Escape')
  await button('Pairs').click()
  await page.keyboard.press('Tab')
  await check(page, 'PCA Scores, pairs', app)
  await button('Plane').click()

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('glossary')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Glossary' })).toBeVisible()
  await check(page, 'glossary', app)
  await page.keyboard.press('Escape')
  await exportAs(page, 'Another picture…')
  await expect(page.getByRole('dialog')).toBeVisible()
  await check(page, 'picture dialog', app)
  await page.keyboard.press('Escape')

  const dialog = await startAnalysis(page, 'Principal components')
  await dialog.getByRole('button', { name: 'Run' }).click()
  await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unscaled' })).toBeVisible()
  await page.getByLabel('Compare with').selectOption({ label: 'PCA, unit variance' })
  const differing = main(page).getByRole('region', { name: 'Parameters that differ' }).getByRole('row')
  await expect(differing).toHaveText([/Parameter/, /Scale\s*None\s*Unit variance/])
  await expect(
    main(page).getByRole('img', { name: /^Scores of 150 rows in PCA, unit variance, agrees \d\d\.\d %/ })
  ).toBeVisible()
  const angles = main(page).getByRole('list', { name: 'Angles between their spaces' })
  await expect(angles.getByRole('listitem')).toHaveText([/\d\.\d°$/, /\d+\.\d°$/])
  await check(page, 'PCA Scores, two runs compared', app)
  expectQuietConsole(console)
  await close()
})
