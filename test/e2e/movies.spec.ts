/** ml-latest-small from open to export and back: a folder, its titles, a model of preferences, the map, a list and its reasons, a person. */
import { expect, test, type Page } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expectTable, exportAs, lasso, main, startAnalysis, tab } from './analyst.ts'
import { dropFile, expectQuietConsole, launchApp, root, stubSaveDialog, temporaryFolder } from './launch.ts'

const python = ['/usr/bin/python3', 'python3'].find(
  (command) => spawnSync(command, ['-c', 'import numpy']).status === 0
)
const films = resolve(root, '..', 'shared', 'data', 'ml-latest-small-2018')

const numberOf = (text: string): number => Number(text.replace('−', '-').replace('+', ''))
const top = (page: Page, who: string) => main(page).getByRole('grid', { name: `Top 10 for ${who}` })
const rowsOf = async (page: Page, who: string): Promise<string[]> => {
  await expect(top(page, who).getByRole('row').nth(10)).toBeVisible()
  return (await top(page, who).getByRole('row').allInnerTexts()).slice(1)
}
const why = (page: Page) => main(page).getByRole('table', { name: /^Terms of the score/ })

async function chooseUser(page: Page, name: string): Promise<void> {
  await main(page)
    .getByRole('button', { name: /^Recommend for/ })
    .click()
  await page.getByRole('combobox', { name: 'Find a user' }).fill(name)
  await page.keyboard.press('Enter')
}

test('MovieLens as a folder, from its preferences to a list, a person, what is carried away, and the same again', async () => {
  test.setTimeout(300_000)
  test.skip(!existsSync(films), 'ml-latest-small-2018 is not beside the repository')
  const folder = await temporaryFolder('movies')
  const { app, page, close, console: log } = await launchApp()
  const save = async (name: string): Promise<string> => {
    await stubSaveDialog(app, join(folder, name))
    return join(folder, name)
  }

  await test.step('the folder is opened with its titles and fitted for preferences', async () => {
    await expect(page.getByText('Engine ready')).toBeVisible()
    await dropFile(page, films, 'main')
    await page.getByRole('dialog').getByRole('button', { name: 'Import ratings' }).click()
    await expectTable(page, 'ml-latest-small-2018')
    const dialog = await startAnalysis(page, 'Factorization')
    await dialog.getByText('Preferences', { exact: true }).click()
    await dialog.getByRole('textbox', { name: 'Factors' }).fill('8')
    await dialog.getByRole('textbox', { name: 'Iterations' }).fill('4')
    await dialog.getByRole('button', { name: 'Run' }).click()
    await tab(page, 'Map').click({ timeout: 60_000 })
  })

  await test.step('what a lasso catches on the map is what the tables hold, until it is cleared', async () => {
    const map = main(page).getByRole('img', { name: /^Map of 9,\d+ items and 610 users/ })
    await expect(map).toBeVisible()
    await map.focus()
    await page.keyboard.press('l')
    // A lasso that begins before the map is drawn catches nothing.
    await expect(async () => {
      await lasso(page, /^Map of/, 0.55, 0.95)
      await expect(main(page).getByRole('region', { name: 'Map' })).toContainText(/\d+ selected/, { timeout: 1000 })
    }).toPass()
    await tab(page, 'Recommend').click()
    const list = main(page).getByRole('region', { name: /^Top 10/ })
    await expect(list.getByRole('status')).toHaveText(/^[\d,]+ items selected on the map$/)
    await tab(page, 'Factors').click()
    await expect(main(page).getByText(/^[\d,]+ items selected on the map$/)).toBeVisible()
    await main(page).getByRole('button', { name: 'Clear', exact: true }).click()
    await tab(page, 'Recommend').click()
    await expect(list.getByRole('status')).toHaveCount(0)
  })

  let before: string[] = []
  let sum = ''
  await test.step('a list, whose score its reasons sum to, filtered by a column that is not that of the colours', async () => {
    await chooseUser(page, '426')
    before = await rowsOf(page, 'user 426')
    const score = numberOf(await top(page, 'user 426').getByRole('row').nth(1).getByRole('gridcell').last().innerText())
    await expect(why(page)).toBeVisible()
    const terms = await why(page).locator('td.number').allInnerTexts()
    sum = terms.at(-1)!
    expect(numberOf(sum)).toBeCloseTo(score, 3)
    // three decimals are shown of each
    expect(terms.slice(0, -1).reduce((total, term) => total + numberOf(term), 0)).toBeCloseTo(score, 1)

    await main(page).getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('combobox', { name: 'genres' }).selectOption('Horror')
    await page.keyboard.press('Escape')
    // The list there was stays in sight until the narrower one has come.
    await expect(async () => {
      for (const row of await rowsOf(page, 'user 426')) expect(row).toContain('Horror')
    }).toPass({ timeout: 30_000 })
    await main(page).getByRole('button', { name: 'View', exact: true }).click()
    await page.getByRole('combobox', { name: 'Colour items by' }).selectOption({ label: 'None' })
    await page.keyboard.press('Escape')
    await expect(top(page, 'user 426').getByRole('row').nth(1)).toContainText('Horror')
    await main(page).getByRole('button', { name: 'Filter' }).click()
    await page.getByRole('combobox', { name: 'genres' }).selectOption('')
    await page.keyboard.press('Escape')
    await expect.poll(() => rowsOf(page, 'user 426')).toEqual(before)
  })

  await test.step('an item', async () => {
    await top(page, 'user 426').getByRole('row').nth(1).click()
    const picked = page.getByRole('region', { name: 'Picked' })
    await expect(picked).toContainText('Similar items')
    await expect(picked).toContainText('Would like it most')
  })

  let ofAda: string[] = []
  await test.step('a person is rated, saved, and found by name', async () => {
    const rate = page.getByRole('combobox', { name: 'Add an item you know' })
    for (const title of ['Pulp Fiction (1994)', 'Fargo (1996)', 'Memento (2000)']) {
      await rate.fill(title)
      await rate.press('Enter')
    }
    await expect(page.getByRole('region', { name: 'Rate to learn' }).getByText(/^solved in/)).toBeVisible()
    await page.getByRole('button', { name: 'Save as user' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(main(page).getByRole('button', { name: 'Recommend for Ada' })).toBeVisible()
    ofAda = await rowsOf(page, 'Ada')
    await chooseUser(page, '426')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('ada')
    await page.getByRole('option', { name: /^Ada ?saved/ }).click()
    await expect.poll(() => rowsOf(page, 'Ada')).toEqual(ofAda)
    await chooseUser(page, '426')
  })

  await test.step('lists, the model and a script that asserts its numbers are carried away', async () => {
    await exportAs(page, 'Recommendations…')
    const dialog = page.getByRole('dialog', { name: 'Export recommendations' })
    await dialog.getByLabel('Items for each').fill('10')
    const lists = await save('lists.csv')
    await dialog.getByRole('button', { name: 'Export 610 lists…' }).click()
    await expect(page.getByText('Saved lists.csv')).toBeVisible()
    const lines = readFileSync(lists, 'utf8').split('\r\n')
    expect(lines[0]).toBe('user,rank,item,score')
    const listed = lines.filter((line) => line.startsWith('426,'))
    expect(listed).toHaveLength(10)
    listed.forEach((line, i) => expect(line).toContain(before[i]!.split(/[\t\n]+/)[1]!))

    const model = await save('model.json')
    await exportAs(page, 'Model as JSON')
    await expect(page.getByText('Saved model.json')).toBeVisible()
    expect(JSON.parse(readFileSync(model, 'utf8'))).toMatchObject({ kind: 'factorization', method: 'ials' })
    const script = await save('score.py')
    await exportAs(page, 'Python script that scores')
    await expect(page.getByText('Saved score.py')).toBeVisible()
    if (python !== undefined) {
      const ran = spawnSync(python, [script], { encoding: 'utf8', cwd: folder })
      expect(ran.status, ran.stderr).toBe(0)
    }
  })

  const session = await save('films.eigendesk')
  await page.keyboard.press('Control+Shift+s')
  await expect(page.getByRole('banner').getByText('films')).toBeVisible()
  expectQuietConsole(log)
  await close()

  await test.step('the saved session shows the same', async () => {
    const again = await launchApp({ files: [session] })
    await expect.poll(() => rowsOf(again.page, 'user 426')).toEqual(before)
    await expect(why(again.page).locator('td.number').last()).toHaveText(sum)
    await chooseUser(again.page, 'Ada')
    await expect.poll(() => rowsOf(again.page, 'Ada')).toEqual(ofAda)
    expectQuietConsole(again.console)
    await again.close()
  })
  await rm(folder, { recursive: true, force: true })
})
