/** What other rows would make of a result, what was not fitted, and who a selection is: Fisher's iris with two gaps, unit variance, its
 * last ten rows supplementary. */
import { expect, test } from '@playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { importByDrop, irisFile, lasso, main, startAnalysis, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, temporaryFolder } from './launch.ts'

/** Iris without the second number of its first row and the first of its sixtieth. */
async function irisWithGaps(): Promise<string> {
  const lines = readFileSync(irisFile, 'utf-8').trim().split(/\r?\n/)
  const without = (line: string, at: number): string =>
    line
      .split(',')
      .map((cell, i) => (i === at ? '' : cell))
      .join(',')
  lines[1] = without(lines[1]!, 1)
  lines[60] = without(lines[60]!, 0)
  const file = join(await temporaryFolder('stability'), 'flowers.csv')
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

test('samples of the rows are drawn, supplementary rows and categories shown beside them, and a selection told from the rest', async () => {
  const { page, close, console: log } = await launchApp()
  await importByDrop(page, await irisWithGaps())
  const form = await startAnalysis(page, 'Principal components')
  await form.getByLabel('Scale').selectOption('unit')
  await form.getByLabel('Missing values').selectOption('iterative')
  await form.getByLabel('Groups').selectOption('species')
  await form.getByRole('button', { name: 'More options' }).click()
  await form.getByLabel('Supplementary rows').fill('141-150')
  await form.getByRole('button', { name: 'Run', exact: true }).click()

  await test.step('intervals of shares and sums, and which axes are nearly equal', async () => {
    await tab(page, 'Variance').click()
    await page.getByRole('button', { name: 'Bootstrap', exact: true }).click()
    await expect(page.getByRole('columnheader', { name: /95 % of samples/ })).toBeVisible()
    await expect(
      page.getByRole('status').filter({ hasText: /PC1 holds \d\d\.\d to \d\d\.\d % in 95 % of 200 samples/ })
    ).toHaveCount(1)
    await expect(page.getByRole('region', { name: 'Certificate' })).toContainText('PC3, PC4')
  })

  await test.step('outlines round the arrows, intervals beside the loadings, levels as diamonds', async () => {
    await tab(page, 'Variables').click()
    await expect(main(page).getByText('95 % of 200 samples', { exact: true })).toBeVisible()
    await expect(main(page).getByText('category', { exact: true })).toBeVisible()
    const row = main(page).getByRole('row').filter({ hasText: 'sepal width' })
    await expect(row).toContainText(/−0\.\d\d to −0\.\d\d/)
    // The cut keeps two: no more were aligned, which is said, with the way to it.
    const vertical = main(page).getByLabel('Vertical axis', { exact: true }).first()
    await vertical.selectOption('3')
    const ends = main(page).getByText('Intervals are of the first 2 components').first()
    await expect(ends).toBeVisible()
    await main(page).getByRole('button', { name: 'Draw for 4' }).first().click()
    await expect(ends).toHaveCount(0)
    await expect(main(page).getByText('95 % of 200 samples', { exact: true })).toBeVisible()
    await vertical.selectOption('1')
  })

  await test.step('rotated as asked, and it is said that all starts agree', async () => {
    await main(page).getByLabel('Axes', { exact: true }).selectOption('promax')
    await expect(main(page).getByText(/Kaiser normalization\s· power 4\s· all 10 starts agree/)).toBeVisible()
    await main(page).getByRole('button', { name: 'How it is rotated' }).click()
    const settings = page.getByRole('dialog', { name: 'How it is rotated' })
    await settings.getByLabel('Power').fill('3')
    await settings.getByLabel('Kaiser normalization').selectOption('no')
    await settings.getByRole('button', { name: 'Rotate' }).click()
    await expect(main(page).getByText(/no Kaiser normalization\s· power 3/)).toBeVisible()
    await main(page).getByLabel('Axes', { exact: true }).selectOption('none')
  })

  await test.step('the biplot says how long its arrows are, and has the supplementary rows', async () => {
    await tab(page, 'Biplot').click()
    await expect(page.getByRole('img', { name: /^Biplot of 150 rows and 4 columns/ })).toBeVisible()
    await expect(main(page).getByText(/^arrows × \d/)).toBeVisible()
    await expect(main(page).getByRole('button', { name: 'supplementary 10' })).toBeVisible()
  })

  await test.step('and so has the chart of T² and Q', async () => {
    await tab(page, 'Diagnostics').click()
    await expect(main(page).getByText(/hollow: 10 supplementary rows/)).toBeVisible()
    await expect(page.getByRole('img', { name: /^T² and Q of 150 rows/ })).toBeVisible()
    const rows = main(page).getByRole('grid', { name: 'Rows with their diagnostics' })
    await rows.getByRole('button', { name: 'part', exact: true }).click()
    const first = rows.getByRole('row').nth(1)
    await expect(first).toContainText('supplementary')
    const number = (await first.getByRole('gridcell').first().textContent())!.trim()
    expect(Number(number)).toBeGreaterThan(140)
    await first.click()
    await expect(main(page).getByRole('heading', { level: 2, name: `Why row ${number}` })).toBeVisible()
    await expect(main(page).getByText(/^Supplementary, not fitted: (T²|Q) \d/)).toBeVisible()
    await expect(page.getByText('1 selected row not compared: supplementary, only projected.')).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('a selection is compared by its categories', async () => {
    await tab(page, 'Scores').click()
    const scores = page.getByRole('img', { name: /^Scores of/ })
    await expect(scores.getByText('141')).toBeVisible()
    await lasso(page, /^Scores of/, 0.1, 0.36)
    await expect(scores).toHaveAccessibleName(/ 50 selected/)
    const shares = page.getByRole('list', { name: 'Categories of the selection' })
    await expect(shares.getByRole('listitem').first()).toContainText(/setosa · species\s*100\s%\s*36\s%/)
  })

  await test.step('what was filled goes back into the dataset', async () => {
    await page.keyboard.press('Escape')
    await main(page).getByRole('button', { name: 'Filled columns…' }).click()
    const prepare = page.getByRole('dialog', { name: 'Prepare flowers' })
    await expect(prepare.getByText(/Filled columns of PCA, unit variance as sepal (length|width) filled/)).toBeVisible()
    await prepare.getByRole('button', { name: 'Make the dataset' }).click()
    await expect(main(page).getByRole('columnheader', { name: /sepal width filled/ })).toBeVisible()
  })

  expectQuietConsole(log)
  await close()
})
