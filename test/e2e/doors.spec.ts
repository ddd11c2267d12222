import { expect, test, type Page } from '@playwright/test'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expectTable, importByDrop, irisFile, main, treeItem } from './analyst.ts'
import { dropFile, expectQuietConsole, launchApp, stubSaveDialog, temporaryFolder, type LaunchedApp } from './launch.ts'

/** Ways out and other ways in. */

let launched: LaunchedApp
let page: Page
let folder: string

test.beforeEach(async () => {
  launched = await launchApp()
  page = launched.page
  folder = await temporaryFolder('doors')
})
test.afterEach(async () => {
  expectQuietConsole(launched.console)
  await launched.close()
  await rm(folder, { recursive: true, force: true })
})

const importShown = (): Promise<void> => page.getByRole('button', { name: /^Import \S+ rows?$/ }).click()

test('a dataset is exported with a chosen dialect, and as Parquet, which is opened again by its types', async () => {
  await importByDrop(page, irisFile)
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Export iris' })
  await dialog.getByLabel('Decimal sign').selectOption({ label: 'Comma, 1,5' })
  await expect(dialog.getByLabel('Delimiter')).toHaveValue(';')
  const csv = join(folder, 'iris.csv')
  await stubSaveDialog(launched.app, csv)
  await dialog.getByRole('button', { name: 'Export 150 rows…' }).click()
  await expect(main(page).getByText(/^Saved iris.csv/)).toBeVisible()
  expect(readFileSync(csv, 'utf8').split('\r\n')[1]).toBe('5,1;3,5;1,4;0,2;setosa')

  await expect(dialog).toBeHidden()
  await main(page)
    .getByRole('button', { name: /^Export/ })
    .click()
  await dialog.getByLabel('Format').selectOption({ label: 'Parquet' })
  const parquet = join(folder, 'again.parquet')
  await stubSaveDialog(launched.app, parquet)
  await dialog.getByRole('button', { name: 'Export 150 rows…' }).click()
  await expect.poll(() => existsSync(parquet)).toBe(true)

  await dropFile(page, parquet, 'main')
  await expect(page.getByText('Parquet: columns and types stand in the file.')).toBeVisible()
  await importShown()
  await expectTable(page, 'again')
})

test('files dropped together are looked at one after the other; a folder lists its tables', async () => {
  await expect(page.getByText('Engine ready')).toBeVisible()
  const names = ['first', 'second', 'third']
  for (const name of names) await writeFile(join(folder, `${name}.csv`), 'size,name\n1,a\n2,b\n3,c\n')
  await dropFile(page, [join(folder, 'first.csv'), join(folder, 'second.csv'), join(folder, 'third.csv')], 'main')
  await expect(page.getByText('File 1 of 3')).toBeVisible()
  await page.getByRole('button', { name: 'Skip' }).click()
  await expect(page.getByRole('heading', { name: 'second.csv' })).toBeVisible()
  await expect(page.getByText('File 2 of 3')).toBeVisible()
  await page.getByRole('button', { name: 'Import all as understood' }).click()
  await expect(treeItem(page, 'second')).toBeVisible()
  await expect(treeItem(page, 'third')).toBeVisible()
  await expect(treeItem(page, 'first')).toHaveCount(0)

  await mkdir(join(folder, 'tables'))
  for (const name of ['x.tsv', 'y.csv', 'readme.md']) {
    await writeFile(join(folder, 'tables', name), 'size\tname\n1\ta\n2\tb\n3\tc\n')
  }
  await dropFile(page, join(folder, 'tables'), 'main')
  const dialog = page.getByRole('dialog', { name: 'Which tables of tables?' })
  await expect(dialog.getByRole('checkbox')).toHaveCount(2)
  await dialog.getByText('x.tsv').click()
  await dialog.getByRole('button', { name: 'Open 1 table' }).click()
  await importShown()
  await expectTable(page, 'x')
})

test('a MovieLens folder is imported as ratings with titles', async () => {
  await expect(page.getByText('Engine ready')).toBeVisible()
  const films = join(folder, 'films')
  await mkdir(films)
  await writeFile(join(films, 'movies.csv'), 'movieId,title,genres\n1,Toy Story (1995),Comedy\n2,Heat (1995),Crime\n')
  await writeFile(join(films, 'ratings.csv'), 'userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,2,3.0,964981247\n')
  await writeFile(join(films, 'SOURCE.txt'), 'from nowhere, made by hand')
  await dropFile(page, films, 'main')
  const dialog = page.getByRole('dialog', { name: 'Which tables of films?' })
  await expect(dialog.getByLabel('MovieLens: ratings.csv with the titles of movies.csv')).toBeChecked()
  // what tells about the tables is none
  await expect(dialog.getByRole('checkbox')).toHaveCount(3)
  // seen before it is stored
  await expect(dialog.getByText('2 ratings · 1 user · 2 movies · every movie has a title')).toBeVisible()
  await expect(dialog.getByRole('cell', { name: 'Heat (1995)' })).toBeVisible()
  await expect(treeItem(page, 'films')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Import ratings' }).click()
  await expectTable(page, 'films')
  await expect(main(page).getByText('Heat (1995)')).toBeVisible()
  await expect(treeItem(page, 'films movies')).toBeVisible()
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(treeItem(page, 'films movies')).toHaveCount(0)
  await expect(treeItem(page, 'films')).toHaveCount(0)

  // MovieLens 100K names its films u.item, an ending no table has.
  const older = join(folder, 'older')
  await mkdir(older)
  await writeFile(join(older, 'u.data'), '1\t1\t4\t964982703\n1\t2\t3\t964981247\n')
  await writeFile(join(older, 'u.item'), '1|Toy Story (1995)|01-Jan-1995\n2|Heat (1995)|01-Jan-1995\n')
  await dropFile(page, older, 'main')
  const second = page.getByRole('dialog', { name: 'Which tables of older?' })
  await expect(second.getByLabel('MovieLens: u.data with the titles of u.item')).toBeChecked()
  await page.keyboard.press('Escape')
})

test('a table is pasted, and seen before it is stored', async () => {
  await expect(page.getByText('Engine ready')).toBeVisible()
  await launched.app.evaluate(({ clipboard }) => clipboard.writeText('size\tname\n1,5\tann\n2,5\tbob\n3,5\tcat\n'))
  await page.keyboard.press('Control+v')
  await expect(page.getByRole('heading', { name: 'Clipboard' })).toBeVisible()
  await importShown()
  await expectTable(page, 'Clipboard')
})

test('a table is pasted from the palette, and an empty clipboard is said to be', async () => {
  await expect(page.getByText('Engine ready')).toBeVisible()
  const paste = async (): Promise<void> => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('paste')
    await page.getByRole('option', { name: /^Paste a table/ }).click()
  }
  await launched.app.evaluate(({ clipboard }) => clipboard.clear())
  await paste()
  await expect(page.getByText('The clipboard holds no text.', { exact: true })).toBeVisible()
  await launched.app.evaluate(({ clipboard }) => clipboard.writeText('size\tname\n1,5\tann\n2,5\tbob\n3,5\tcat\n'))
  await paste()
  await expect(page.getByRole('heading', { name: 'Clipboard' })).toBeVisible()
  await importShown()
  await expectTable(page, 'Clipboard')
})
