import { expect, test } from '@playwright/test'
import { importByDrop, irisFile, main, startAnalysis, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, type LaunchedApp } from './launch.ts'

let launched: LaunchedApp
test.beforeEach(async () => {
  launched = await launchApp()
})
test.afterEach(() => launched.close())

/** "What drives the first component, which rows are unusual and why": within three clicks each. */
test('a component is explained in words, the unusual rows are shown, and why they are unusual', async () => {
  const { page } = launched
  await importByDrop(page, irisFile)
  const dialog = await startAnalysis(page, 'Principal components')
  await dialog.getByRole('combobox', { name: 'Scale' }).selectOption('unit')
  await dialog.getByRole('button', { name: 'Run', exact: true }).click()

  // One click: the first component in words. FactoMineR's dimdesc has petal length 0.99, petal width 0.96, sepal length 0.89,
  // sepal width −0.46, and setosa below the mean, virginica above it.
  await main(page).getByRole('button', { name: 'In words' }).click()
  await expect(
    main(page).getByText(
      'PC1 is high where petal length, petal width and sepal length are high and sepal width is low. By species: virginica and versicolor lie above the mean, setosa lies below the mean.'
    )
  ).toBeVisible()
  const columns = main(page).getByRole('grid', { name: 'What PC1 goes with: columns' })
  await expect(columns.getByRole('row').nth(1)).toContainText(/petal length.*0\.99.*< 0\.001/)
  await main(page).getByRole('button', { name: 'Levels' }).click()
  await expect(main(page).getByRole('grid', { name: 'What PC1 goes with: levels' })).toContainText('−11.24')

  // One click: which rows are unusual, and why. Two of the four components are looked at: all hold everything.
  await tab(page, 'Diagnostics').click()
  const chart = main(page).getByRole('img', {
    name: /^T² and Q of 150 rows over 2 components of 4; \d+ beyond a limit/
  })
  await expect(chart).toBeVisible()
  await main(page).getByRole('combobox', { name: 'Components of T²' }).selectOption({ index: 1 })
  const rows = main(page).getByRole('grid', { name: 'Rows with their diagnostics' })
  const why = main(page).getByRole('heading', { level: 2, name: /^Why row \d+$/ })
  await expect(main(page).getByText(/T² limit 6\.20, by F · Q limit \d/)).toBeVisible()
  const most = (await rows.getByRole('row').nth(1).getByRole('gridcell').first().textContent())!.trim()
  await expect(why).toHaveText(`Why row ${most}`)

  // Another row, chosen in the table; its parts in T² with the numbers one key away.
  await rows.getByRole('button', { name: /^T²/ }).click()
  await rows.getByRole('row').nth(1).click()
  const views = main(page).getByRole('group', { name: 'What is explained of the row' })
  await views.getByRole('button', { name: 'T²' }).click()
  const parts = main(page).getByRole('img', { name: /^part in T² of row 16, 4 columns/ })
  await parts.focus()
  await page.keyboard.press('t')
  await expect(main(page).getByRole('grid', { name: 'Parts of the columns' }).getByRole('row')).toHaveCount(5)
  await page.keyboard.press('t')

  // The row rebuilt, and rows chosen by how well they are represented.
  await views.getByRole('button', { name: 'Rebuilt' }).click()
  await expect(
    main(page).getByRole('img', { name: /^Row 16 rebuilt: 2 components: \d+\.\d % of the row missed/ })
  ).toBeVisible()
  await main(page).getByRole('button', { name: 'Select rows…' }).click()
  const choice = page.getByRole('dialog', { name: 'Select rows' })
  await choice.getByRole('combobox', { name: 'Rows that are' }).selectOption('cos2-below')
  await choice.getByRole('textbox', { name: 'Share' }).fill('0.5')
  await choice.getByRole('button', { name: /^Select \d+ rows$/ }).click()
  await expect(page.getByRole('contentinfo').getByText(/^\d+ of 150 rows selected$/)).toBeVisible()
  expectQuietConsole(launched.console)
})
