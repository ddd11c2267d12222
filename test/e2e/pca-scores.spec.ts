import { expect, test } from '@playwright/test'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importByDrop, lasso, main, openSample, startAnalysis, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, temporaryFolder, type LaunchedApp } from './launch.ts'

let launched: LaunchedApp
test.beforeEach(async () => {
  launched = await launchApp()
})
test.afterEach(() => launched.close())

/** The pane of the score plot. */
const pane = () => main(launched.page).getByRole('region', { name: 'Scores', exact: true })
const plot = () => pane().getByRole('img', { name: /^Scores of/ })

test('a score plot is looked at in all its ways', async () => {
  const { page, console: log } = launched
  await openSample(page, /iris/i, 'PCA, unit variance')
  await tab(page, 'Scores').click()
  await expect(pane()).toContainText('95 % ellipses')

  const menu = page.getByRole('dialog', { name: 'What the plot shows' })
  await pane().getByRole('button', { name: 'View', exact: true }).click()
  await menu.getByLabel('Ellipses of the groups').selectOption('both')
  await menu.getByLabel('Density contours').check()
  await menu.getByLabel('Convex hulls').check()
  await menu.getByLabel('Centroids').check()
  await menu.getByLabel('Symbol').selectOption('species')
  await menu.getByLabel('How well a row is shown').selectOption('cos2')
  await page.keyboard.press('Escape')
  await expect(pane()).toContainText('95 % for the means, dashed')
  await expect(pane()).toContainText('contours hold 25, 50, 75 and 95 %')
  await expect(pane().getByRole('img', { name: 'Colour scale from 0.00 to 1.00' })).toBeVisible()

  await pane().getByRole('button', { name: 'View', exact: true }).click()
  await menu.getByLabel('How well a row is shown').selectOption('neighbours')
  await page.keyboard.press('Escape')
  await pane().getByRole('button', { name: 'Compare neighbours' }).click()
  await expect(pane()).toContainText(/12 neighbours: \d+.% kept/)

  await plot().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  const neighbours = page.getByRole('region', { name: 'Neighbours' })
  await neighbours.getByRole('button', { name: 'Cosine' }).click()
  const first = neighbours.getByRole('listitem').first()
  const name = await first.locator('.name').innerText()
  await first.click()
  await expect(main(page).getByRole('row', { selected: true })).toHaveCount(1)
  expect(name).toMatch(/^Row \d+$/)

  await pane().getByRole('button', { name: '3D', exact: true }).click()
  await expect(plot()).toHaveAccessibleName(/PC1, PC2, PC3/)
  await plot().focus()
  await page.keyboard.press('ArrowLeft')
  // With Shift the keys go from mark to mark: the first one, and the next to its right.
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Space')
  await expect(pane()).toContainText('1 selected')
  await page.keyboard.press('Escape')
  await page.keyboard.press('t')
  await expect(pane().getByRole('grid')).toBeVisible()
  await page.keyboard.press('t')

  await pane().getByRole('button', { name: 'Pairs', exact: true }).click()
  await expect(pane()).toContainText('each axis to its own scale')
  await pane().getByRole('button', { name: 'Box select' }).click()
  const box = (await plot().boundingBox())!
  // The second small plot of the first column: PC1 to the right, PC2 upwards.
  await page.mouse.move(box.x + 20, box.y + box.height * 0.28)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.12, box.y + box.height * 0.48, { steps: 4 })
  await page.mouse.up()
  await expect(pane()).toContainText(/[1-9]\d* selected/)
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.9)
  await expect(plot()).toHaveAccessibleName(/PC2 and PC4/)
  expectQuietConsole(log)
})

test('many points are thinned, and said to be; a lasso takes all it holds', async () => {
  const { page, console: log } = launched
  const folder = await temporaryFolder('many')
  await mkdir(folder, { recursive: true })
  const rows = 130_000
  // A spiral: every place of the plane is known without a random number.
  const lines = Array.from({ length: rows }, (_, i) => {
    const [angle, radius] = [i * 2.399963, Math.sqrt(i / rows)]
    const cells = [radius * Math.cos(angle) * 3, radius * Math.sin(angle) * 2, (i % 7) * 0.01]
    return cells.map((value) => value.toFixed(5)).join(',')
  })
  await writeFile(join(folder, 'many.csv'), `a,b,c\n${lines.join('\n')}\n`)
  await importByDrop(page, join(folder, 'many.csv'))
  await startAnalysis(page, 'Principal components')
  await page.keyboard.press('Control+Enter')
  await tab(page, 'Scores').click()
  await expect(pane()).toContainText('100,000 of 130,000 drawn')
  const canvas = pane().locator('canvas.points')
  await expect(canvas).toHaveAttribute('data-drawings', /\d/)
  await pane().getByRole('button', { name: 'View', exact: true }).click()
  await page.getByText('Draw every point').click()
  await page.keyboard.press('Escape')
  await expect(canvas).toHaveAttribute('data-drawn', '130000')
  await expect(pane()).not.toContainText('drawn')

  await lasso(page, /^Scores of/, 0.5, 0.97)
  // Half of the disc lies to the right of the middle of the axes' range, near enough.
  await expect(pane()).toContainText(/[56]\d,\d\d\d selected/)
  await expect(main(page).getByRole('row', { selected: true }).first()).toBeVisible()
  await plot().focus()
  await page.keyboard.press('Escape')
  await expect(main(page).getByRole('row', { selected: true })).toHaveCount(0)
  // The next lasso may begin on a corner of the last one.
  await lasso(page, /^Scores of/, 0.5, 0.97)
  await expect(pane()).toContainText(/[56]\d,\d\d\d selected/)
  await page.keyboard.press('Escape')
  await expect(main(page).getByRole('row', { selected: true })).toHaveCount(0)
  const at = (await plot().boundingBox())!
  await page.mouse.click(at.x + at.width / 2, at.y + at.height / 2)
  await expect(pane()).toContainText(/\D1 selected/)
  expectQuietConsole(log)
  await rm(folder, { recursive: true })
})
