/** Rows that were not fitted, of the dataset and of another one: how unusual they are and why, and what stands for their gaps. */
import { expect, test } from '@playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportAs, importByDrop, irisFile, main, startAnalysis, tab, treeItem } from './analyst.ts'
import { expectQuietConsole, launchApp, stubOpenDialog, stubSaveDialog, temporaryFolder } from './launch.ts'

test('supplementary rows and those of another dataset are measured, explained and chosen', async () => {
  const { app, page, close, console: log } = await launchApp()
  const folder = await temporaryFolder('rows')
  const [header, ...lines] = readFileSync(irisFile, 'utf8').trim().split('\n')
  // The last row is projected, and lacks its second cell.
  const own = [...lines.slice(0, -1), lines.at(-1)!.replace(/^([^,]+),[^,]+/, '$1,')]
  writeFileSync(join(folder, 'flowers.csv'), [header, ...own].join('\n'))
  // Five flowers as they are, and one that is like none.
  writeFileSync(join(folder, 'field.csv'), [header, ...lines.slice(60, 65), '9.9,1.2,1.1,4.9,odd'].join('\n'))

  await importByDrop(page, join(folder, 'flowers.csv'))
  const form = await startAnalysis(page, 'Principal components')
  await form.getByRole('combobox', { name: 'Scale' }).selectOption('unit')
  await form.getByLabel('Missing values').selectOption('iterative')
  await form.getByRole('button', { name: 'More options' }).click()
  await form.getByLabel('Supplementary rows').fill('141-150')
  await form.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(main(page).getByRole('img', { name: /^Scores of 140 rows/ })).toBeVisible()

  await importByDrop(page, join(folder, 'field.csv'))
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Project rows')
  await page.keyboard.press('Enter')
  await page
    .getByRole('dialog', { name: 'Project rows on a model' })
    .getByRole('button', { name: 'Project 6 rows' })
    .click()
  await expect(main(page).getByRole('columnheader', { name: /PC1 cos2/ })).toBeVisible()

  await treeItem(page, 'PCA').click()
  await tab(page, 'Diagnostics').click()
  await main(page).getByRole('combobox', { name: 'Components of T²' }).selectOption({ index: 1 })
  const rows = main(page).getByRole('grid', { name: 'Rows with their diagnostics' })

  await test.step('rows of another dataset stand in chart and table, with the limits of the fit', async () => {
    await expect(
      main(page).getByText(/hollow: 10 supplementary rows · diamonds: 6 rows of field projected/)
    ).toBeVisible()
    await expect(page.getByRole('img', { name: /^T² and Q of 156 rows/ })).toBeVisible()
    // The odd flower is more unusual than any other: 9.9 long with petals that fit no species.
    const first = rows.getByRole('row').nth(1)
    await expect(first).toContainText(/field projected\s*T², Q/)
    await first.click()
    await expect(main(page).getByRole('heading', { level: 2, name: 'Why row 6' })).toBeVisible()
    await expect(main(page).getByText(/^Of field projected, not fitted: (T²|Q) \d/)).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('a cell that is missing is said to be filled in, and the parts sum to what is shown', async () => {
    await main(page).getByRole('button', { name: 'Select rows…' }).click()
    const choice = page.getByRole('dialog', { name: 'Select rows' })
    await expect(choice).toContainText(/Supplementary rows are looked at too: \d+ of 10\./)
    await choice.getByRole('combobox', { name: 'Rows that are' }).selectOption('distance')
    await choice.getByRole('textbox', { name: 'How many' }).fill('150')
    await choice.getByRole('button', { name: 'Select 150 rows' }).click()
    await rows.getByRole('button', { name: 'part', exact: true }).click()
    const last = rows.getByRole('row').filter({ has: page.getByRole('gridcell', { name: '150', exact: true }) })
    await last.click()
    await expect(main(page).getByRole('heading', { level: 2, name: 'Why row 150' })).toBeVisible()
    await main(page)
      .getByRole('group', { name: 'What is explained of the row' })
      .getByRole('button', { name: 'Q' })
      .click()
    const note = main(page).getByText(/^Supplementary, not fitted: Q /)
    await expect(note).toContainText('sepal width is missing and is filled in by the fit')
    const [, shown, sum] = /Q ([\d.]+), .*the parts sum to ([\d.]+)/.exec((await note.textContent())!)!
    expect(sum).toBe(shown)
  })

  await test.step('the same row is explained term by term, and the terms sum to its score', async () => {
    await tab(page, 'Math').click()
    const why = page.getByRole('region', { name: 'Why is this point here?' })
    await expect(why).toContainText('Supplementary: projected on the components, not fitted.')
    await expect(why.getByRole('combobox', { name: 'Point' })).toHaveValue('149')
    const terms = why.getByRole('list', { name: 'Terms of the score' }).getByRole('listitem')
    await expect(terms.filter({ hasText: 'sepal width' })).toContainText('cell missing, filled in')
    const numbers = await terms.locator('.strong').allTextContents()
    const sum = numbers.reduce((total, text) => total + Number(text.replace('−', '-')), 0)
    const score = (await why.getByText(/^Score on PC1−?\d+\.\d/).textContent())!
      .replace(/^Score on PC1/, '')
      .replace('−', '-')
    expect(Math.abs(sum - Number(score))).toBeLessThan(0.003)
  })

  await test.step('the levels of a category stand in the table of columns', async () => {
    await tab(page, 'Variables').click()
    await main(page)
      .getByRole('group', { name: 'What the table shows' })
      .getByRole('button', { name: 'Levels' })
      .click()
    const levels = main(page).getByRole('grid', { name: 'Levels of the categories on the components' })
    await expect(levels.getByRole('row')).toHaveCount(4)
    await levels.getByRole('button', { name: /^PC1 v-test/ }).click()
    await expect(levels.getByRole('row').nth(1)).toContainText(/setosa\s*species\s*50\s*−2\.\d\d/)
  })

  await test.step('a row whose cell was filled in is ringed, supplementary or not', async () => {
    await tab(page, 'Scores').click()
    await expect(main(page)).toContainText('1 with filled cells, ringed')
  })

  await test.step('of a model with fewer components than are kept the reason is said, not a count of nothing', async () => {
    const file = join(folder, 'model.json')
    await stubSaveDialog(app, file)
    await exportAs(page, 'Model as JSON')
    await expect(page.getByText('Saved model.json')).toBeVisible()
    const model = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown[]>
    for (const key of ['components', 'explainedVariance', 'explainedVarianceRatio', 'singularValues']) {
      model[key] = model[key]!.slice(0, 1)
    }
    writeFileSync(file, JSON.stringify(model))
    await treeItem(page, /field\s*6 × 5/).click()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Project rows')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Project rows on a model' })
    await stubOpenDialog(app, file)
    await dialog.getByRole('button', { name: 'Open a model…' }).click()
    await expect(dialog).toContainText('1 component of 4 columns')
    await dialog.getByRole('button', { name: 'Project 6 rows' }).click()
    await expect(main(page).getByRole('columnheader', { name: /PC1 cos2/ })).toBeVisible()
    await treeItem(page, 'PCA').click()
    await tab(page, 'Diagnostics').click()
    await expect(main(page)).toContainText(/no row of field projected.*: it was projected on 1 component, keep no more/)
    await main(page).getByRole('combobox', { name: 'Components of T²' }).selectOption({ index: 0 })
    await expect(main(page)).toContainText(/diamonds: 6 rows of field projected/)
  })
  expectQuietConsole(log)
  await close()
})
