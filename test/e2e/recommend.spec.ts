import { expect, test, type Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expectTable, main, openSample, startAnalysis, tab } from './analyst.ts'
import { dropFile, expectQuietConsole, launchApp, root, temporaryFolder } from './launch.ts'

/** The number a line of the reasons ends in. */
const numberOf = (text: string): number => Number(text.replace('−', '-').replace('+', ''))

/** Terms of the reasons that are shown, and their sum as it is shown. */
async function readWhy(page: Page): Promise<{ terms: number[]; sum: number }> {
  const why = main(page).getByRole('table', { name: /^Terms of the score/ })
  await expect(why).toBeVisible()
  const values = await why.locator('td.number').allInnerTexts()
  const numbers = values.map(numberOf)
  return { terms: numbers.slice(0, -1), sum: numbers.at(-1)! }
}

test('the 4 × 5 sample opens on its matrices, and a changed rating moves its user', async () => {
  const { page, close, console } = await launchApp()
  await openSample(page, /^4 users × 5 movies/, 'Weighted ALS, 2 factors')
  for (const name of [/^R, what is liked \(4 × 5\)/, /^P \(4 × 2\)/, /^Qᵀ, items \(2 × 5\)/, /^P · Qᵀ/]) {
    await expect(main(page).getByRole('table', { name })).toBeVisible()
  }
  const P = main(page).getByRole('table', { name: /^P \(4 × 2\)/ })
  const second = P.getByRole('row').nth(2)
  const before = await second.innerText()
  await main(page).getByRole('button', { name: 'Change User 2, Shrek: –' }).click()
  await expect(main(page).getByText('User 2 placed anew by fold-in', { exact: false })).toBeVisible()
  await expect(second).not.toHaveText(before)
  await expect(main(page).getByText('User 2, changed')).toBeVisible()
  await main(page).getByRole('button', { name: 'As it was' }).click()
  await expect(second).toHaveText(before)

  await tab(page, 'Recommend').click()
  const why = await readWhy(page)
  // three decimals are shown of each
  expect(why.terms.reduce((a, b) => a + b, 0)).toBeCloseTo(why.sum, 2)
  expectQuietConsole(console)
  await close()
})

test('MovieLens as a folder: somebody new rates, sees their list and the reasons, and is there again tomorrow', async () => {
  test.setTimeout(240_000)
  const films = resolve(root, '..', 'shared', 'data', 'ml-latest-small-2018')
  test.skip(!existsSync(films), 'ml-latest-small-2018 is not beside the repository')
  const userDataDir = await temporaryFolder('recommend')
  const first = await launchApp({ userDataDir })
  const { page } = first
  await expect(page.getByText('Engine ready')).toBeVisible()
  await dropFile(page, films, 'main')
  await page.getByRole('dialog').getByRole('button', { name: 'Import ratings' }).click()
  await expectTable(page, 'ml-latest-small-2018')
  const dialog = await startAnalysis(page, 'Factorization')
  await dialog.getByRole('textbox', { name: 'Factors' }).fill('4')
  await dialog.getByRole('textbox', { name: 'Iterations' }).fill('3')
  await dialog.getByRole('button', { name: 'Run' }).click()
  await tab(page, 'Recommend').click({ timeout: 60_000 })

  await main(page)
    .getByRole('button', { name: /^Recommend for/ })
    .click()
  await page.getByRole('combobox', { name: 'Find a user' }).fill('426')
  await page.keyboard.press('Enter')
  const top = main(page).getByRole('grid', { name: 'Top 10 for user 426' })
  await expect(top).toBeVisible()
  const score = numberOf(await top.getByRole('row').nth(1).getByRole('gridcell').last().innerText())
  const why = await readWhy(page)
  expect(why.sum).toBeCloseTo(score, 2)
  expect(why.terms.reduce((a, b) => a + b, 0)).toBeCloseTo(why.sum, 2)

  // genres came with the folder
  await main(page).getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('combobox', { name: 'genres' }).selectOption('Horror')
  await page.keyboard.press('Escape')
  await expect(top.getByRole('row').nth(1)).toContainText('Horror')

  const rate = page.getByRole('combobox', { name: 'Add an item you know' })
  const stars = (title: string) => page.getByRole('slider', { name: title })
  await rate.fill('pulp fiction')
  await rate.press('Enter')
  await stars('Pulp Fiction').press('End')
  await expect(stars('Pulp Fiction')).toHaveAttribute('aria-valuenow', '5')
  const list = page.getByRole('region', { name: 'Rate to learn' }).getByRole('list').last()
  await expect(list.getByRole('listitem')).toHaveCount(5)
  const before = await list.innerText()
  await stars('Pulp Fiction').press('Home')
  await expect(stars('Pulp Fiction')).toHaveAttribute('aria-valuenow', '0.5')
  await expect(list).not.toHaveText(before)
  await expect(main(page).locator('text', { hasText: 'You' })).toBeVisible()
  await page.getByRole('button', { name: 'Save as user' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(main(page).getByRole('button', { name: 'Recommend for Ada' })).toBeVisible()
  expectQuietConsole(first.console)
  await first.close()

  const again = await launchApp({ userDataDir })
  await expect(main(again.page).getByRole('button', { name: 'Recommend for Ada' })).toBeVisible()
  await expect(main(again.page).getByRole('grid', { name: 'Rated by Ada' }).getByRole('row')).toHaveCount(2)
  await expect(main(again.page).getByRole('grid', { name: 'Top 10 for Ada' })).toBeVisible()
  await main(again.page).getByRole('button', { name: 'Remove Ada' }).click()
  await expect(main(again.page).getByRole('button', { name: 'Recommend for Ada' })).toBeHidden()
  await again.page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(main(again.page).getByRole('grid', { name: 'Rated by Ada' }).getByRole('row')).toHaveCount(2)

  // An item is found by its name, and the map brings it into its middle.
  await again.page.keyboard.press('Control+k')
  await again.page.getByRole('combobox', { name: 'Search or run a command' }).fill('forrest gump')
  await again.page.keyboard.press('Enter')
  await expect(again.page.getByRole('region', { name: 'Picked' })).toContainText('Forrest Gump (1994)')
  const map = main(again.page).getByRole('img', { name: /^Map of/ })
  await expect(map).toBeVisible()
  const offMiddle = async (): Promise<number> => {
    const [plot, name] = await Promise.all([
      map.boundingBox(),
      map.getByText('Forrest Gump', { exact: true }).boundingBox()
    ])
    return plot && name ? Math.abs(name.y + name.height / 2 - (plot.y + plot.height / 2)) / plot.height : 1
  }
  await expect.poll(offMiddle).toBeLessThan(0.12)
  await main(again.page).getByRole('button', { name: 'Norm against popularity' }).click()
  await expect(main(again.page).getByRole('img', { name: /^Length of the factors of 9,\d+ items/ })).toBeVisible()
  expectQuietConsole(again.console)
  await again.close()
  await rm(userDataDir, { recursive: true, force: true })
})
