import { expect, test } from '@playwright/test'
import { mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expectTable, main, startAnalysis } from './analyst.ts'
import { dropFile, launchApp, temporaryFolder, type LaunchedApp } from './launch.ts'

let launched: LaunchedApp
let folder: string
test.beforeAll(async () => {
  launched = await launchApp()
  folder = await temporaryFolder('bad')
})
test.afterAll(async () => {
  await launched.close()
  await rm(folder, { recursive: true, force: true })
})

const write = (name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const refused: [string, string, () => string][] = [
  ['an empty file', 'FILE_EMPTY', () => write('empty.csv', '')],
  ['a header alone', 'NO_ROWS', () => write('header.csv', 'a,b,c\n')],
  [
    'a binary file',
    'FILE_BINARY',
    () => write('old.csv', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]))
  ]
]
for (const [what, code, make] of refused) {
  test(`${what} is refused in three lines, and another can be chosen`, async () => {
    const { page } = launched
    await dropFile(page, make(), 'main')
    await expect(page.getByText(code)).toBeVisible()
    await expect(page.getByRole('button', { name: /another file/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: 'Open a table' })).toBeVisible()
  })
}

test('a folder without a table is refused in a notice that says which endings count', async () => {
  const { page } = launched
  const empty = join(folder, 'folder.csv')
  mkdirSync(empty)
  await dropFile(page, empty, 'main')
  const notices = page.getByRole('region', { name: 'Notices' })
  await expect(notices.getByText('FOLDER_WITHOUT_TABLES')).toBeVisible()
  await expect(notices.getByText('No table was found in folder.csv.')).toBeVisible()
  await notices.getByRole('button', { name: 'Dismiss', exact: true }).click()
  await expect(notices).toBeHidden()
})

test('wrong cells and ragged lines are listed with line and column before anything is stored', async () => {
  const { page } = launched
  const rows = Array.from({ length: 20 }, (_, i) => `${i}.5;${i * 2},5;x`.replace('.', ','))
  rows[3] = '19O;1,5;x'
  rows[7] = '1,5;2,5;x;extra'
  await dropFile(page, write('field.csv', `länge;breite;note\n${rows.join('\n')}\n`), 'main')
  const problems = page.getByRole('region', { name: 'Problems' })
  await expect(problems.getByRole('row').filter({ hasText: '19O' })).toContainText('5')
  await expect(problems.getByRole('row').filter({ hasText: '4 fields' })).toContainText('9')
  await expect(page.getByRole('combobox', { name: 'Decimal sign' })).toHaveValue(',')
  await page.getByRole('button', { name: 'Import 19 rows' }).click()
  await expectTable(page, 'field')
  await expect(main(page).getByRole('columnheader', { name: /länge/ })).toBeVisible()
})

test('a run that cannot be done says what, where and what to do, and the app goes on', async () => {
  const { page } = launched
  await dropFile(page, write('constant.csv', 'a,b\n1,2\n1,2\n1,2\n'), 'main')
  await page.getByRole('button', { name: 'Import 3 rows' }).click()
  await expectTable(page, 'constant')
  const dialog = await startAnalysis(page, 'Principal components')
  await dialog.getByRole('button', { name: 'Run' }).click()
  await expect(page.getByText('ZERO_VARIANCE')).toBeVisible()
  await expect(page.getByText('Choose at least one column whose values differ.', { exact: true })).toBeVisible()
  await expect(page.getByText('Engine ready')).toBeVisible()
})
