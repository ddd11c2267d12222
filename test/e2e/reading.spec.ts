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
