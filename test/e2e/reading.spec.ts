import { expect, test } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expectTable, main } from './analyst.ts'
import { dropFile, expectQuietConsole, launchApp, temporaryFolder, type LaunchedApp } from './launch.ts'

let launched: LaunchedApp
let folder: string
test.beforeAll(async () => {
  launched = await launchApp()
  folder = await temporaryFolder('reading')
})
test.afterAll(async () => {
  await launched.close()
  await rm(folder, { recursive: true, force: true })
})

/** A field book from a spreadsheet: title, Latin 1, semicolons, decimal commas, points between thousands, dates nobody can
 * tell the month of, a slip, a row that is too long far down, a source below. */
function writeFieldBook(): string {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const day = `${1 + (i % 12)}/${1 + ((i * 5) % 12)}/2024`
    return `Z\u00fcgel;${30 + (i % 20)},${i % 10};${1 + (i % 6)}.${100 + (i % 800)},5;${day}`
  })
  rows[50] = rows[50]!.replace(/^(Z.gel;)[^;]*/, '$119O')
  rows[300] = `${rows[300]!};zu viel`
  const lines = ['Feldbuch 2024', '', 'Art;L\u00e4nge;Masse;Tag', ...rows, '', 'Quelle: M\u00fcller']
  const path = join(folder, 'feldbuch.csv')
  writeFileSync(path, Buffer.from(lines.join('\r\n'), 'latin1'))
  return path
}

test('a European file in Latin 1 is understood, corrected in the preview, and imported as corrected', async () => {
  const { page } = launched
  await dropFile(page, writeFieldBook(), 'main')
  const choice = (name: string) => page.getByRole('combobox', { name, exact: true })
  await expect(choice('Delimiter')).toHaveValue(';')
  await expect(choice('Decimal sign')).toHaveValue(',')
  await expect(choice('Thousands')).toHaveValue('.')
  await expect(choice('Header')).toHaveValue('3')
  await expect(choice('Lines below the table')).toHaveValue('1')
  await expect(choice('Encoding')).toHaveValue('windows-1252')
  await expect(choice('Type of Masse')).toHaveValue('number')
  await expect(page.getByText('399 rows × 4 columns')).toBeVisible()

  // Whether day or month comes first nobody can tell: a person does, and the column is one of dates at once.
  await expect(page.getByText(/day or month first cannot be told/)).toBeVisible()
  await expect(choice('Type of Tag')).not.toHaveValue('date')
  await choice('Dates like 3/4/2024').selectOption({ label: 'Day first 31/12/2024' })
  await expect(choice('Type of Tag')).toHaveValue('date')

  // A wrong choice shows what it costs, and is taken back.
  const problems = page.getByRole('region', { name: 'Problems' })
  await choice('Encoding').selectOption('utf-8')
  await expect(problems.getByRole('row').filter({ hasText: 'not UTF-8' }).first()).toBeVisible()
  await choice('Encoding').selectOption('windows-1252')
  await expect(problems.getByRole('row').filter({ hasText: 'not UTF-8' })).toHaveCount(0)
  await choice('Delimiter').selectOption({ label: 'Other…' })
  await page.getByRole('textbox', { name: 'Other delimiter' }).fill('::')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/× 1 column/)).toBeVisible()
  await choice('Delimiter').selectOption(';')
  await expect(choice('Type of Tag')).toHaveValue('date')

  await page.getByRole('button', { name: 'Import 399 rows' }).click()
  await expectTable(page, 'feldbuch')
  const firstRow = main(page).getByRole('row').nth(1)
  await expect(firstRow).toContainText('Z\u00fcgel')
  await expect(firstRow).toContainText('1100.5')

  // What was left out can still be seen after the import, and leads to the row after it: line 305 is row 301 of 399.
  await page.getByRole('button', { name: /\d+ problems/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Show line 304' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(main(page).getByRole('row', { selected: true })).toContainText('301')
  expectQuietConsole(launched.console)
})

test('the problems panel says line and column, and jumps to the row however far down', async () => {
  const { page } = launched
  await dropFile(page, writeFieldBook(), 'main')
  const problems = page.getByRole('region', { name: 'Problems' })
  const row = (text: string) => problems.getByRole('row').filter({ hasText: text })
  await expect(row('5 fields where the header has 4')).toContainText('304')
  await expect(row('19O is not a number')).toContainText('2 L\u00e4nge')

  await row('19O').getByRole('button', { name: 'Show line 54' }).click()
  const cells = page.getByRole('group', { name: 'Cells of the first rows' })
  await expect(cells.getByRole('row', { selected: true })).toContainText('54')

  // Line 304 is beyond the rows at first shown, and left out: the rows round it come.
  await row('5 fields').getByRole('button', { name: 'Show line 304' }).click()
  await expect(page.getByText('Rows from line 299')).toBeVisible()
  await expect(cells.getByRole('row').filter({ hasText: /^\s*303/ })).toBeVisible()
  await page.getByRole('combobox', { name: 'Rows with another number of fields' }).selectOption('pad')
  await expect(cells.getByRole('row').filter({ hasText: /^\s*304/ })).toBeVisible()
  await page.getByRole('button', { name: 'First rows' }).click()
  await expect(
    cells
      .getByRole('row')
      .filter({ hasText: /^\s*4\D/ })
      .first()
  ).toBeVisible()
  await page.keyboard.press('Escape')
})

test('signs at numbers, dates of two orders and a second table are understood, said and changeable', async () => {
  const { page } = launched
  const rows = [
    'Item;Price;Share;Born;Paid',
    'Chair;\u20ac 1.234,50;12 %;13/4/2024;4/13/2024',
    'Table;\u20ac 2.034,00;3,5 %;3/4/2024;3/4/2024',
    'Lamp;-\u20ac 5,10;100 %;25/12/2024;12/25/2024'
  ]
  const path = join(folder, 'prices.csv')
  writeFileSync(path, [...rows, '', 'Town;Sum', 'Rome;12', 'Oslo;15', 'Paris;17', ''].join('\n'))
  await dropFile(page, path, 'main')
  const choice = (name: string) => page.getByRole('combobox', { name, exact: true })
  const signs = page.getByRole('textbox', { name: 'Signs at numbers' })
  await expect(signs).toHaveValue('\u20ac %')
  await expect(page.getByText('3 numbers with \u20ac, 3 numbers with %')).toBeVisible()
  await expect(choice('Type of Price')).toHaveValue('number')
  await expect(choice('Dates like 3/4/2024')).toHaveValue('by column')
  await expect(choice('Type of Born')).toHaveValue('date')
  await expect(choice('Type of Paid')).toHaveValue('date')
  await expect(page.getByText('3 rows \u00d7 5 columns')).toBeVisible()

  // The second table is said, its lines are listed, and it is left out unless a person wants them all.
  await expect(page.getByText('A second table on line 6: Town, Sum')).toBeVisible()
  const last = page.getByRole('textbox', { name: 'Last line of the table' })
  await expect(last).toHaveValue('4')
  const problems = page.getByRole('region', { name: 'Problems' })
  await expect(problems.getByText('Line 9 stands below the table')).toBeVisible()
  await last.fill('')
  await last.press('Enter')
  await expect(problems.getByText('Line 9 stands below the table')).toHaveCount(0)
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(last).toHaveValue('4')

  // Without the sign the cells are texts, as they stand in the file.
  await signs.fill('%')
  await signs.press('Enter')
  await expect(choice('Type of Price')).toHaveValue('text')
  await signs.fill('\u20ac %')
  await signs.press('Enter')
  await expect(choice('Type of Price')).toHaveValue('number')
  await page.getByRole('button', { name: 'Import 3 rows' }).click()
  await expectTable(page, 'prices')
  await expect(main(page).getByRole('columnheader', { name: 'Price \u20ac' })).toBeVisible()
  await expect(main(page).getByRole('gridcell', { name: '1234.50' })).toBeVisible()
  expectQuietConsole(launched.console)
})

test('a large file that is read while its preview is looked at leaves nothing where it is cancelled, and is imported as it was changed to', async () => {
  const { page } = launched
  const path = join(folder, 'large.csv')
  const rows = Array.from({ length: 200_000 }, (_, i) => `${i},${i / 8},${-i}.25,${i % 7}`)
  writeFileSync(path, `a,b,c,d\n${rows.join('\n')}\n`)
  const importAll = page.getByRole('button', { name: 'Import all rows' })
  const before = await page.getByRole('treeitem').count()
  await dropFile(page, path, 'main')
  await expect(importAll).toBeEnabled()
  // The engine begins to read what the preview shows.
  await page.waitForTimeout(800)
  await page.keyboard.press('Escape')
  await expect(importAll).toHaveCount(0)
  expect(await page.getByRole('treeitem').count()).toBe(before)

  await dropFile(page, path, 'main')
  await expect(page.getByRole('combobox', { name: 'Header', exact: true })).toHaveValue('1')
  await page.waitForTimeout(800)
  // Both in one turn of the page: the preview still shows what was understood before.
  await page.evaluate(() => {
    const label = [...document.querySelectorAll('label')].find(({ textContent }) => textContent.trim() === 'Header')!
    const header = label.control as HTMLSelectElement
    header.selectedIndex = [...header.options].findIndex(({ text }) => /^None/.test(text))
    header.dispatchEvent(new Event('change', { bubbles: true }))
    const button = [...document.querySelectorAll('button')].find(({ innerText }) => innerText === 'Import all rows')!
    button.click()
  })
  await expectTable(page, 'large')
  // The line of names is a row.
  await expect(main(page).getByText('200,001 rows', { exact: false }).first()).toBeVisible()
  expectQuietConsole(launched.console)
})
