import { expect, test, type Locator, type Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { importByDrop, main, startAnalysis, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, root, type LaunchedApp } from './launch.ts'

/** What somebody who has never seen the app finds out of a result that just opened, and with how many clicks. */

const MOST_CLICKS = 3
const shared = (name: string): string => resolve(root, '..', 'shared', 'data', 'pca', name)

let launched: LaunchedApp
test.beforeEach(async () => {
  launched = await launchApp()
})
test.afterEach(() => launched.close())

/** Answers a question from the overview of a result: click counts, and the answer is read before the clicks run out. */
async function answer(page: Page, read: (click: (what: Locator) => Promise<void>) => Promise<void>): Promise<void> {
  await tab(page, 'Overview').click()
  let clicks = 0
  await read(async (what) => {
    clicks++
    await what.click()
  })
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS)
}

const inWords = (page: Page) => main(page).getByRole('button', { name: 'In words' })
const region = (page: Page, name: RegExp) => main(page).getByRole('region', { name })

test('decathlon2: what drives the first component, and who is unusual and why', async () => {
  const file = shared('decathlon2.csv')
  test.skip(!existsSync(file), '../shared/data is absent')
  const { page, console: log } = launched
  await importByDrop(page, file)
  const form = await startAnalysis(page, 'Principal components')
  await form.getByLabel('Scale').selectOption('unit')
  await form.getByRole('button', { name: 'More options' }).click()
  await form.getByLabel('Supplementary rows').fill('24-27')
  await form.getByRole('button', { name: /^Supplementary columns/ }).click()
  // Both were fitted until now: a column has one part, and the number of components follows.
  for (const name of ['Rank', 'Points']) await form.getByRole('checkbox', { name }).check()
  await expect(form.getByRole('button', { name: /^Columns/ })).toContainText('10 of 12')
  await expect(form.getByLabel('Components', { exact: true })).toHaveValue('10')
  await form.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(main(page)).toContainText('23 of 27 rows fitted, 4 supplementary × 10 columns')

  await answer(page, async (click) => {
    await click(inWords(page))
    // dimdesc of FactoMineR 2.7, our sign: Points −0.96, X100m 0.85, Long.jump −0.79, X110m.hurdle 0.76, Discus −0.74, X400m 0.70
    const words = region(page, /^What drives PC1/)
    await expect(words).toContainText(
      'PC1 is high where X100m, X110m.hurdle and X400m are high and Points, Long.jump and Discus are low.'
    )
  })
  await answer(page, async (click) => {
    await click(tab(page, 'Diagnostics'))
    const why = region(page, /^Why /)
    await expect(why).toContainText(/The most unusual row: (Q|T²) [\d.]+, limit [\d.]+/)
    await expect(why.getByRole('img', { name: /^part in (Q|T²) of \w+, 10 columns: \S+ −?[\d.]+/ })).toBeVisible()
    await expect(region(page, /^Rows/)).toContainText(/\d+ beyond a limit/)
  })
  expectQuietConsole(log)
})

test('digits: the same, and the row as the image it is', async () => {
  const file = shared('digits.csv')
  test.skip(!existsSync(file), '../shared/data is absent')
  const { page, console: log } = launched
  await importByDrop(page, file)
  const form = await startAnalysis(page, 'Principal components')
  await expect(form).toContainText('column 65 says which group a row is of: left out at first.')
  await form.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(main(page)).toContainText('1,797 rows × 64 columns')
  // Fourteen are kept by Kaiser's rule; the last two of them differ by less than the error of a variance.
  await expect(main(page).getByText('PC13 and PC14 nearly equal: their axes may turn')).toBeVisible()

  await answer(page, async (click) => {
    await click(inWords(page))
    await expect(region(page, /^What drives PC1/)).toContainText(/PC1 is high where column \d+/)
    await click(main(page).getByRole('button', { name: 'Levels' }))
    // the digits whose mean is furthest from that of all, by v-test
    await expect(
      region(page, /^What drives PC1/)
        .getByRole('row')
        .nth(1)
    ).toContainText(/column 65 \d\s+−?\d+\.\d\d < 0\.001/)
  })
  await answer(page, async (click) => {
    await click(tab(page, 'Diagnostics'))
    await expect(region(page, /^Why row \d+/)).toContainText(/The most unusual row: Q [\d.]+, limit [\d.]+/)
    await click(main(page).getByRole('button', { name: 'Rebuilt' }))
    const image = region(page, /^Row \d+ rebuilt/)
    await expect(image.getByRole('button', { name: 'Image' })).toHaveAttribute('aria-pressed', 'true')
    const drawn = image.getByRole('img', { name: /^Row \d+ rebuilt, as an image of 8 pixels a line/ })
    await expect(drawn).toBeVisible()
  })
  // As a curve the pixels that are seldom inked would lie flat: in standard deviations they do not.
  await main(page).getByRole('button', { name: 'Curve' }).click()
  const units = main(page).getByRole('combobox', { name: 'Units of the curve' })
  await expect(units).toHaveValue('deviations')
  await units.selectOption('data')
  await expect(main(page).getByText('↑ value')).toBeVisible()
  expectQuietConsole(log)
})
