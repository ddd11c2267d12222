import { expect, test } from '@playwright/test'
import { importByDrop, irisFile, main, tab } from './analyst.ts'
import { expectQuietConsole, launchApp } from './launch.ts'

const numberOf = (text: string): number => Number(text.replace('−', '-'))

test('the math of iris: steps with their numbers, a score taken apart, other conventions, and what words mean', async () => {
  const { page, close, console: log } = await launchApp()
  await importByDrop(page, irisFile)
  await page.keyboard.press('Control+n')
  await page.getByLabel('Scale').selectOption('unit')
  await page.keyboard.press('Control+Enter')
  await tab(page, 'Math').click()

  const steps = main(page).getByRole('listitem')
  await expect(steps.getByRole('heading')).toHaveText([
    'Centre',
    'Scale',
    'Correlate',
    'Find the axes',
    'Share the variance',
    'Project'
  ])
  await expect(steps.nth(2)).toContainText('Z (150×4)ᵀ · Z (150×4) / 149 = C (4×4)')
  const correlations = main(page).getByRole('table', { name: 'Covariance of the columns' })
  await expect(correlations.getByRole('row', { name: /^petal width/ })).toContainText('0.963')
  await expect(steps.nth(2).locator('math')).toHaveCount(1)

  // Row 118: the terms as the reference picture has them; they sum to the score.
  const why = page.getByRole('region', { name: 'Why is this point here?' })
  await why.getByRole('combobox', { name: 'Point' }).selectOption({ label: 'Row 118 · virginica' })
  const terms = why.getByRole('list', { name: 'Terms of the score' }).getByRole('listitem')
  await expect(terms.first()).toContainText('(7.7 − 5.843) / 0.828 × 0.521')
  const values = await terms.locator('.strong').allTextContents()
  expect(values).toEqual(['+1.168', '+0.967', '+0.742', '−0.459'])
  expect(values.map(numberOf).reduce((sum, value) => sum + value, 0)).toBeCloseTo(2.418, 3)
  const scores = main(page).getByRole('table', { name: 'Scores', exact: true })
  const scoreOfRow = async (): Promise<number> => {
    const cells = scores.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '118', exact: true }) })
    return numberOf(await cells.getByRole('cell').first().innerText())
  }
  expect(await scoreOfRow()).toBe(2.418)

  await main(page).getByLabel('Convention').selectOption('FactoMineR')
  await expect(steps.nth(5)).toContainText('ind$coord')
  expect(await scoreOfRow()).toBeCloseTo(2.418228 * Math.sqrt(150 / 149), 3)

  const word = main(page).getByRole('link', { name: 'correlation' }).first()
  await word.focus()
  await page.keyboard.press('Enter')
  const note = page.getByRole('dialog', { name: 'Correlation' })
  await expect(note).toContainText('Pearson')
  await page.keyboard.press('Escape')
  await expect(note).toBeHidden()
  await expect(word).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('glossary')
  await page.keyboard.press('Enter')
  const glossary = page.getByRole('dialog', { name: 'Glossary' })
  await glossary.getByRole('searchbox').fill('parallel')
  await expect(glossary).toContainText('Horn, Psychometrika 30 (1965) 179')
  expectQuietConsole(log)
  await close()
})
