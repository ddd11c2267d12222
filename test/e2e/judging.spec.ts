import { expect, test, type Page } from '@playwright/test'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importByDrop, main, startAnalysis, tab } from './analyst.ts'
import { checkAccessibility } from './axe.ts'
import { expectQuietConsole, launchApp, temporaryFolder } from './launch.ts'

/** 60 users × 40 items, a third of the cells, rated by what the user and the item have in common; the later the user, the later. */
function drawRatings(): string {
  const lines = ['Kunde;Film;Bewertung;Zeit']
  for (let user = 0; user < 60; user++) {
    for (let item = 0; item < 40; item++) {
      if ((user * 7 + item * 11) % 3 !== 0) continue
      const stars = 1 + (((user % 2) * 2 + (item % 3) + ((user * item) % 2)) % 5)
      lines.push(`u${user};Film ${item};${stars};${1_600_000_000 + user * 86_400 + item}`)
    }
  }
  return `${lines.join('\n')}\n`
}

const models = (page: Page) => main(page).getByRole('table', { name: 'Models on one split' })
const trials = (page: Page) => main(page).getByRole('table', { name: 'Trials' })
const button = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true })
const bodyRows = (page: Page) => trials(page).locator('tbody').getByRole('row')

test('users held out whole are judged; models are compared; a search is stopped, gone on with, and used', async () => {
  test.setTimeout(240_000)
  const userDataDir = await temporaryFolder('judging')
  const ratings = join(userDataDir, 'bewertungen.csv')
  await writeFile(ratings, drawRatings())
  const first = await launchApp({ userDataDir })
  const { page } = first
  await importByDrop(page, ratings)
  const dialog = await startAnalysis(page, 'Factorization')
  // Columns are known by their names, in German too.
  for (const [role, column] of [
    ['User', 'Kunde'],
    ['Item', 'Film'],
    ['Rating', 'Bewertung']
  ] as const) {
    await expect(dialog.getByLabel(role, { exact: true })).toHaveValue(column)
  }
  await dialog.getByRole('textbox', { name: 'Factors' }).fill('3')
  // Long fits, so that a search is stopped after a few of them.
  await dialog.getByRole('textbox', { name: 'Iterations' }).fill('300')
  await dialog.getByRole('button', { name: 'More options' }).click()
  await dialog.getByLabel('Test ratings', { exact: true }).selectOption('Whole users')
  await dialog.getByLabel('Also among a sample', { exact: true }).fill('20')
  await dialog.getByRole('button', { name: 'Run' }).click()

  await tab(page, 'Accuracy').click()
  await expect(main(page).getByRole('list', { name: 'Doubts about the test ratings' })).toContainText(
    'uncertain by about'
  )
  await expect(main(page).getByRole('table', { name: 'Measures of whole lists' })).toContainText('nDCG@10')
  await expect(
    main(page).getByText('Figures over a sample of the items are inconsistent', { exact: false })
  ).toBeVisible()
  await expect(main(page).getByRole('table', { name: 'Measures among a sample' })).toContainText('Sampled HR@10')
  await checkAccessibility(first, 'Accuracy of whole users')

  await tab(page, 'Compare').click()
  await button(page, 'Compare models').click()
  for (const name of ['Global mean', 'Bias', 'Popularity']) {
    await expect(models(page).getByRole('row').filter({ hasText: name }).first()).toBeVisible()
  }
  const own = models(page).getByRole('row').filter({ hasText: 'this result' })
  // A difference from the biases and half its paired interval
  await expect(own).toContainText(/[+−]?\d\.\d{3} ±\d\.\d{3}/)
  const compared = await models(page).getByRole('row').count()

  await main(page).getByRole('textbox', { name: 'Fits' }).fill('1000')
  await button(page, 'Search').click()
  await expect.poll(() => bodyRows(page).count()).toBeGreaterThan(2)
  await button(page, 'Stop searching').click()
  await expect(main(page).getByText(/^Stopped after \d+ trials of/)).toBeVisible()
  const stopped = await bodyRows(page).count()
  expect(stopped).toBeLessThan(1000)
  await checkAccessibility(first, 'Compare and Search')
  await main(page).getByRole('textbox', { name: 'Fits' }).fill('2')
  await button(page, 'Go on searching').click()
  await expect(main(page).getByText(/^\d+ trials of/)).toBeVisible()
  // What was found just before the stop may come in sight just after it.
  const tried = await bodyRows(page).count()
  expect(tried).toBeGreaterThanOrEqual(stopped + 2)
  expectQuietConsole(first.console)
  await first.close()

  const again = await launchApp({ userDataDir })
  await tab(again.page, 'Compare').click()
  await expect(models(again.page).getByRole('row')).toHaveCount(compared)
  await expect(bodyRows(again.page)).toHaveCount(tried)
  await button(again.page, 'Use these parameters…').click()
  await expect(again.page.getByRole('dialog', { name: 'New analysis' })).toBeVisible()
  expectQuietConsole(again.console)
  await again.close()
  await rm(userDataDir, { recursive: true, force: true })
})
