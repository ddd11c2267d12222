import { expect, test } from '@playwright/test'
import { existsSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { importByDrop, main, moviesFile, openSample, startAnalysis, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, root, temporaryFolder, type LaunchedApp } from './launch.ts'

let launched: LaunchedApp
test.beforeEach(async () => {
  launched = await launchApp()
})
test.afterEach(() => launched.close())

/** Step 7: the textbook's matrix, opened as preferences with two factors. */
test('the 4 × 5 sample opens as preferences and its map shows what the textbook shows', async () => {
  const { page } = launched
  await openSample(page, /^4 users × 5 movies/, 'Weighted ALS, 2 factors')
  await tab(page, 'Map').click()
  const map = page.getByRole('img', { name: /^Map|Users and items/ })
  await expect(map).toBeVisible()
  // Equal columns are one point with a shared label, and so are the users that coincide.
  await expect(map.getByText('Harry Potter, Shrek')).toBeVisible()
  await expect(map.getByText('The Triplets of Belleville, The Dark Knight Rises')).toBeVisible()
  await expect(map.getByText('Memento', { exact: true })).toBeVisible()
  await expect(map.getByText('User 1, User 3')).toBeVisible()
  await expect(map.getByText('User 2, User 4')).toBeVisible()

  const place = async (label: string): Promise<[number, number]> => {
    const box = await map.getByText(label, { exact: true }).boundingBox()
    return [box!.x + box!.width / 2, box!.y + box!.height / 2]
  }
  const distance = async (a: string, b: string): Promise<number> => {
    const [[ax, ay], [bx, by]] = await Promise.all([place(a), place(b)])
    return Math.hypot(ax - bx, ay - by)
  }
  expect(await distance('User 1, User 3', 'Harry Potter, Shrek')).toBeLessThan(
    await distance('User 1, User 3', 'Memento')
  )
  expect(await distance('User 2, User 4', 'Memento')).toBeLessThan(
    await distance('User 2, User 4', 'Harry Potter, Shrek')
  )
  expectQuietConsole(launched.console)
})

test('the wide file is recognized, and its factors stand in tables', async () => {
  const { page } = launched
  await importByDrop(page, moviesFile)
  const dialog = await startAnalysis(page, 'Factorization')
  await expect(dialog.getByRole('button', { name: 'Preferences' })).toHaveAttribute('aria-pressed', 'true')
  await expect(dialog.getByRole('combobox', { name: 'Method' })).toHaveValue('wals')
  await expect(dialog.getByRole('combobox', { name: 'Layout' })).toHaveValue('wide')
  const held = dialog.getByRole('group', { name: 'What these columns hold' })
  await expect(held).toContainText(/Users\s*4\s*Items\s*5\s*/)
  await expect(held.getByRole('img', { name: /^Ratings by value/ })).toHaveCount(0)
  await expect(dialog.getByText('a blank counts as zero with a small weight', { exact: false })).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Seed' }).fill('7')
  await dialog.getByRole('button', { name: 'Run' }).click()
  await tab(page, 'Factors').click()
  await expect(main(page).getByRole('row', { name: /^Memento/ })).toBeVisible()
  await main(page).getByRole('button', { name: 'Users', exact: true }).click()
  await expect(main(page).getByRole('row', { name: /^User 4/ })).toBeVisible()
})

test('a long ratings file: the error curve while it runs, held-out errors beside the baselines, one map', async () => {
  const { page } = launched
  const folder = await temporaryFolder('ratings')
  const path = join(folder, 'ratings.csv')
  // Made so that there is structure to find: two groups of users who like two groups of items.
  const lines = ['user,item,rating']
  let state = 12345
  const random = (): number => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
  for (let u = 0; u < 300; u++)
    for (let i = 0; i < 120; i++)
      if (random() < 0.4)
        lines.push(
          `u${u},item ${i},${Math.min(5, Math.max(1, Math.round(3 + (u % 2 === i % 2 ? 1.5 : -1.5) + random())))}`
        )
  writeFileSync(path, `${lines.join('\n')}\n`)
  await importByDrop(page, path)

  const dialog = await startAnalysis(page, 'Factorization')
  await dialog.getByRole('button', { name: 'Preferences' }).click()
  await expect(dialog.getByRole('combobox', { name: 'Method' })).toHaveValue('ials')
  await dialog.getByRole('button', { name: 'Ratings', exact: true }).click()
  await expect(dialog.getByRole('combobox', { name: 'Method' })).toHaveValue('als')
  await dialog.getByRole('textbox', { name: 'Factors' }).fill('24')
  await dialog.getByRole('textbox', { name: 'Iterations' }).fill('1000')
  await Promise.all([
    dialog.getByRole('button', { name: 'Run' }).click(),
    expect(page.getByRole('img', { name: /error .*so far/i })).toBeVisible(),
    expect(page.getByRole('contentinfo').getByText(/sweep \d+ of 1000/)).toBeVisible()
  ])

  await expect(main(page).getByRole('heading', { level: 1, name: 'Biased ALS, 24 factors' })).toBeVisible({
    timeout: 60_000
  })
  const errorOf = async (model: string): Promise<number> => {
    const row = main(page)
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: model, exact: true }) })
    return Number(await row.getByRole('cell').nth(1).innerText())
  }
  // Who likes what depends on both: no bias can tell, the factors can.
  const ours = await errorOf('This model')
  expect(ours).toBeLessThan(0.5 * (await errorOf('Global mean')))
  expect(ours).toBeLessThan(0.5 * (await errorOf('Bias only')))
  await tab(page, 'Map').click()
  await expect(page.getByRole('img', { name: /^Map|Users and items/ })).toBeVisible()

  await tab(page, 'Accuracy').click()
  await expect(main(page).getByRole('table', { name: 'By activity of the user' })).toBeVisible()
  await main(page).getByRole('link', { name: 'nDCG@10' }).click()
  await expect(page.getByRole('dialog', { name: 'nDCG@k' })).toBeVisible()
  await page.keyboard.press('Escape')

  // The step of one user, solved again on the page from what is stored, gives what the fit ended with.
  await tab(page, 'Math').click()
  await expect(main(page).getByText('Agrees', { exact: true })).toBeVisible()
  expectQuietConsole(launched.console)
  await rm(folder, { recursive: true, force: true })
})

test('MovieLens as it comes: no header, tabs, 100,000 ratings', async () => {
  const path = resolve(root, '..', 'shared', 'data', 'ml-100k', 'u.data')
  test.skip(!existsSync(path), 'MovieLens 100K is not beside the repository')
  const { page } = launched
  await importByDrop(page, path)
  const dialog = await startAnalysis(page, 'Factorization')
  await expect(dialog.getByRole('combobox', { name: 'User' })).toHaveValue('column 1')
  await expect(dialog.getByRole('combobox', { name: 'Rating' })).toHaveValue('column 3')
  await dialog.getByRole('textbox', { name: 'Iterations' }).fill('3')
  await dialog.getByRole('button', { name: 'Run' }).click()
  await expect(main(page).getByText('943 users × 1,682 items', { exact: false })).toBeVisible({ timeout: 60_000 })
})
