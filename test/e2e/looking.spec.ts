import { expect, test, type Page } from '@playwright/test'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { importByDrop, irisFile, main, startAnalysis, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, stubSaveDialog, temporaryFolder } from './launch.ts'

const ROWS = 1_000_000
const GROUPS = ['north', 'east', 'south', 'west']
/** 7919 and the number of rows have no common factor, so every value is met once. */
const valueOf = (row: number): number => (row * 7919) % ROWS

async function writeTable(path: string): Promise<void> {
  const file = createWriteStream(path)
  file.write('name,place,value\n')
  for (let row = 0; row < ROWS; row += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, i) => {
      const at = row + i
      return `item ${at},${GROUPS[at % 4]!},${valueOf(at)}`
    })
    file.write(`${lines.join('\n')}\n`)
  }
  file.end()
  await finished(file)
}

const grid = (page: Page) => main(page).getByRole('grid').first()
/** a row of the table by where it stands, from 0; the header is row 1 for a screen reader */
const rowAt = (page: Page, position: number) => grid(page).locator(`[aria-rowindex="${position + 2}"]`)
const header = (page: Page, name: string) => grid(page).getByRole('columnheader').filter({ hasText: name })

/** Opens what can be done with a column. */
async function openColumn(page: Page, name: string) {
  await header(page, name).hover()
  await header(page, name)
    .getByRole('button', { name: `More for ${name}` })
    .click()
  return page.getByRole('dialog', { name })
}

test('a million rows are sorted, filtered, searched and selected', async () => {
  test.setTimeout(240_000)
  const folder = await temporaryFolder('million')
  const path = join(folder, 'million.csv')
  await writeTable(path)
  const { page, close, console } = await launchApp()
  await importByDrop(page, path)

  await header(page, 'value').getByRole('button', { name: 'value', exact: true }).click()
  await expect(header(page, 'value')).toHaveAttribute('aria-sort', 'ascending')
  await expect(rowAt(page, 0)).toContainText('item 0')
  // 7919·row ≡ 1 modulo a million: the inverse of 7919, found here
  const second = Array.from({ length: ROWS }, (_, row) => row).find((row) => valueOf(row) === 1)!
  await expect(rowAt(page, 1)).toContainText(`item ${second}`)

  const panel = await openColumn(page, 'place')
  await panel.getByText('south').click()
  await panel.getByRole('button', { name: 'Filter rows' }).click()
  await expect(main(page).getByText('250,000 of 1,000,000 rows')).toBeVisible()
  // the rows of south are 2, 6, 10 …: their values are even, 2 modulo 4
  await expect(rowAt(page, 0)).toContainText('south')
  await grid(page).focus()
  await page.keyboard.press('Control+End')
  const last = Array.from({ length: ROWS / 4 }, (_, i) => 4 * i + 2).reduce((a, b) => (valueOf(b) > valueOf(a) ? b : a))
  await expect(rowAt(page, 249_999)).toContainText(`item ${last}`)

  await main(page).getByRole('button', { name: 'Select filtered rows' }).click()
  await expect(page.getByRole('contentinfo').getByText('250,000 of 1,000,000 rows selected')).toBeVisible()
  await expect(rowAt(page, 249_999)).toHaveAttribute('aria-selected', 'true')
  await main(page).getByRole('button', { name: 'Remove the filter: place is south' }).click()
  await expect(main(page).getByText('1,000,000 rows', { exact: true })).toBeVisible()

  await page.keyboard.press('Control+f')
  await page.getByRole('textbox', { name: 'Find in the table' }).fill('item 77777')
  // item 77777 and item 777770 … 777779
  await expect(page.getByText('1 of 11 rows')).toBeVisible()
  await expect(grid(page).locator('td.here.found')).toContainText('item 77777')
  expectQuietConsole(console)
  await close()
  await rm(folder, { recursive: true })
})

test('a table is looked at by keyboard: cells, header, columns that are hidden and frozen', async () => {
  const { app, page, close, console } = await launchApp()
  await importByDrop(page, irisFile)
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('region', { name: 'Whole text' })).toHaveText(/^[\d.]+$/)
  await page.keyboard.press('Escape')

  // from the first row up into the header; Enter sorts, Alt ↓ opens the panel of the column
  await grid(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(grid(page).getByRole('columnheader').nth(1)).toHaveAttribute('aria-sort', 'ascending')
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByRole('dialog').getByRole('button', { name: 'Hide' }).click()
  await expect(main(page).getByRole('button', { name: 'Columns, 1 hidden' })).toBeVisible()

  await main(page).getByRole('button', { name: 'Columns, 1 hidden' }).click()
  await page.getByRole('dialog', { name: 'Columns shown' }).getByRole('button', { name: 'Show all' }).click()
  await page.keyboard.press('Escape')
  const panel = await openColumn(page, 'species')
  await panel.getByRole('button', { name: 'Freeze at the left' }).click()
  await expect(grid(page).getByRole('columnheader').nth(1)).toContainText('species')

  const species = await openColumn(page, 'species')
  await species.getByText('setosa').click()
  await species.getByRole('button', { name: 'Filter rows' }).click()
  await expect(main(page).getByText('50 of 150 rows')).toBeVisible()
  // The panel gives the focus back when it goes: a person clicks after that, a test might before.
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await rowAt(page, 0).click()
  await expect(rowAt(page, 0)).toHaveAttribute('aria-selected', 'true')
  await grid(page).focus()
  await page.keyboard.press('Control+c')
  await expect(main(page).getByText('1 row copied')).toBeVisible()
  // the frozen column comes first; the smallest sepals are those of row 14 of Fisher's iris
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(
    'species\tsepal length\tsepal width\tpetal length\tpetal width\nsetosa\t4.3\t3\t1.1\t0.1'
  )
  await main(page).getByRole('button', { name: 'Show only selected' }).click()
  await expect(main(page).getByText('1 of 150 rows', { exact: true })).toBeVisible()
  expectQuietConsole(console)
  await close()
})

test('a rectangle of cells is selected by keyboard and pointer, and copied with all its digits', async () => {
  const folder = await temporaryFolder('cells')
  const path = join(folder, 'cells.csv')
  // a number of 16 digits, a text with a quote and a comma, a missing cell; a column that is filtered by
  const lines = ['first,second,name,keep', '1,0.1234567890123456,"say ""hi"", you",1', '2,,plain,0', '3,1e-7,last,1']
  await writeFile(path, lines.join('\n'))
  const { app, page, close, console } = await launchApp()
  await importByDrop(page, path)
  const cell = (position: number, column: number) => rowAt(page, position).locator(`td[data-column="${column}"]`)
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText())

  await cell(0, 1).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(main(page).getByRole('status').filter({ hasText: '2 × 2 cells selected' })).toBeVisible()
  await expect(cell(1, 2)).toHaveAttribute('aria-selected', 'true')
  await expect(cell(2, 2)).not.toHaveAttribute('aria-selected')
  await page.keyboard.press('Control+c')
  await expect(main(page).getByText('4 cells copied')).toBeVisible()
  expect(await copied()).toBe('0.1234567890123456\t"say ""hi"", you"\n\tplain')

  // a click with Shift moves the free corner; the rows selected stay what they are
  await cell(2, 0).click({ modifiers: ['Shift'] })
  await expect(main(page).getByText('3 × 2 cells selected')).toBeVisible()
  await page.keyboard.press('Control+Shift+c')
  await expect(main(page).getByText('6 cells copied')).toBeVisible()
  expect(await copied()).toBe('first\tsecond\n1\t0.1234567890123456\n2\t\n3\t1e-7')
  await expect(page.getByRole('contentinfo').getByText('selected')).toBeHidden()

  // drawn with the pointer, backwards, where the rows are sorted
  await header(page, 'first').getByRole('button', { name: 'first', exact: true }).click()
  await header(page, 'first').getByRole('button', { name: 'first', exact: true }).click()
  await expect(header(page, 'first')).toHaveAttribute('aria-sort', 'descending')
  await expect(main(page).getByText('cells selected')).toBeHidden()
  await cell(1, 2).hover()
  await page.mouse.down()
  await cell(0, 0).hover()
  await page.mouse.up()
  await expect(main(page).getByText('2 × 3 cells selected')).toBeVisible()
  await page.keyboard.press('Control+c')
  await expect(main(page).getByText('6 cells copied')).toBeVisible()
  expect(await copied()).toBe('3\t1e-7\tlast\n2\t\tplain')

  // Space makes rows of it, Escape takes it away
  await page.keyboard.press('Space')
  await expect(page.getByRole('contentinfo').getByText('2 of 3 rows selected')).toBeVisible()
  await page.keyboard.press('Shift+End')
  await expect(main(page).getByText('1 × 2 cells selected')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(main(page).getByText('cells selected')).toBeHidden()
  await expect(page.getByRole('contentinfo').getByText('2 of 3 rows selected')).toBeVisible()
  expectQuietConsole(console)
  await close()
  await rm(folder, { recursive: true })
})

test('columns have statistics, and correlations lead to the rows', async () => {
  const { app, page, close, console } = await launchApp()
  await importByDrop(page, irisFile)
  await tab(page, 'Columns').click()
  const petal = grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: 'petal length', exact: true }) })
  // Fisher's iris: petal length has median 4.35 and correlates 0.9629 with petal width (R, datasets::iris)
  await expect(petal).toContainText('4.35')
  await expect(petal).toContainText('r 0.96 with petal width')
  await petal.getByText('petal length').first().click()
  await expect(main(page).getByRole('heading', { name: 'petal length' })).toBeVisible()
  await expect(main(page).getByText('Correlation 0.963 with petal width.')).toBeVisible()

  await tab(page, 'Correlations').click()
  await expect(page.getByRole('img', { name: /^Pearson correlations of 4 columns of iris/ })).toBeVisible()
  const pairs = main(page).getByRole('grid', { name: 'Pairs of columns' })
  await expect(pairs.getByRole('row').nth(1)).toContainText('0.963')
  await main(page).getByRole('button', { name: 'Spearman' }).click()
  // R: cor(iris$Petal.Length, iris$Petal.Width, method = "spearman") is 0.9376668
  await expect(pairs.getByRole('row').nth(1)).toContainText('0.938')
  const heatmap = page.getByRole('img', { name: /^Spearman correlations/ })
  await heatmap.focus()
  await page.keyboard.press('e')
  const panel = page.getByRole('dialog', { name: 'Edit figure' })
  await panel.getByLabel('Title').fill('How the flowers’ measures go together')
  await panel.getByLabel('Text').fill('16')
  await page.keyboard.press('Escape')
  await expect(heatmap.locator('.xtick text').first()).toHaveCSS('font-size', '16px')
  const folder = await temporaryFolder('correlations')
  await mkdir(folder, { recursive: true })
  await stubSaveDialog(app, join(folder, 'correlations.svg'))
  await main(page).getByRole('button', { name: 'Picture…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export a picture' })
  await dialog.getByLabel('Plot', { exact: true }).selectOption('correlations')
  await dialog.getByLabel('Format').selectOption('svg')
  await dialog.getByRole('button', { name: 'Export picture…' }).click()
  await expect(page.getByText('Saved correlations.svg')).toBeVisible()
  const svg = await readFile(join(folder, 'correlations.svg'), 'utf8')
  for (const text of ['How the flowers’ measures go together', 'iris · n = 150', '>.94<']) expect(svg).toContain(text)
  await rm(folder, { recursive: true })
  await heatmap.focus()
  await page.keyboard.press('t')
  await expect(main(page).getByRole('grid', { name: 'Spearman correlations' })).toContainText('0.938')
  expectQuietConsole(console)
  await close()
})

test('constant columns are said to be so everywhere, what there is in a table is counted, and widths are kept', async () => {
  const folder = await temporaryFolder('constant')
  const path = join(folder, 'constant.csv')
  const userDataDir = join(folder, 'user-data')
  const lines = Array.from(
    { length: 40 },
    (_, i) => `7,${(i * 7) % 40}.5,${((i * 3) % 11) / 4},same,${i % 2 ? 'a' : ''}`
  )
  await writeFile(path, ['always,height,weight,word,gap', ...lines].join('\n'))
  const first = await launchApp({ userDataDir })
  const { page } = first
  await importByDrop(page, path)

  const contents = page.getByRole('region', { name: 'Contents' })
  await expect(contents.getByRole('term')).toHaveText(['Rows', 'Number', 'Integer', 'Category', 'Missing cells'])
  // every second cell of gap is empty
  await expect(contents.getByRole('definition')).toHaveText(['40', '2 columns', '1 column', '2 columns', '20'])

  await grid(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowUp')
  const widthOf = async () => (await header(page, 'always').boundingBox())!.width
  const natural = await widthOf()
  await page.keyboard.press('Alt+ArrowRight')
  await page.keyboard.press('Alt+ArrowRight')
  await expect.poll(widthOf).toBe(natural + 32)

  const panel = await openColumn(page, 'height')
  await panel.getByRole('button', { name: 'Move to the front…' }).click()
  const steps = page.getByRole('dialog', { name: 'Prepare constant' })
  await expect(steps.getByText('Moved height before always')).toBeVisible()
  await steps.getByRole('button', { name: 'Cancel' }).click()

  await tab(page, 'Columns').click()
  for (const name of ['always', 'word']) {
    const row = grid(page)
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell', { name, exact: true }) })
    await expect(row).toContainText('constant')
  }
  await tab(page, 'Correlations').click()
  await expect(main(page).getByText('always is constant: no correlation')).toBeVisible()
  await expect(main(page).getByText('1 pair of 40 rows')).toBeVisible()
  const form = await startAnalysis(page, 'Principal components')
  await form.getByRole('button', { name: 'Run' }).click()
  await expect(main(page).getByRole('heading', { level: 1, name: /^PCA/ })).toBeVisible()
  await expect(page.getByText('always is constant: it adds nothing to any component.').first()).toBeVisible()
  expectQuietConsole(first.console)
  await first.close()

  const second = await launchApp({ userDataDir })
  await second.page.getByRole('treeitem', { name: 'Table' }).click()
  await tab(second.page, 'Table').click()
  await expect.poll(async () => (await header(second.page, 'always').boundingBox())!.width).toBe(natural + 32)
  expectQuietConsole(second.console)
  await second.close()
  await rm(folder, { recursive: true, maxRetries: 5 })
})
