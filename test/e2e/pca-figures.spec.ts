/** A plot is edited: seen at once, in what is exported, and again when the session is opened the next time. */
import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportAs, main, openSample, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, stubSaveDialog, temporaryFolder } from './launch.ts'

let folder: string
test.beforeEach(async () => {
  folder = await temporaryFolder('figures')
})
test.afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

const plot = (page: Page) => page.getByRole('img', { name: /^Scores of/ })

/** The edit of the score plot as its picture shows it. */
async function expectEdited(page: Page): Promise<void> {
  await expect(plot(page).locator('.annotation-text', { hasText: 'Size of the flower →' })).toBeVisible()
  // Ticks out there come only with the range that was asked for.
  await expect(plot(page).locator('.ytick text', { hasText: /^8$/ })).toBeVisible()
  await expect(plot(page).locator('.scatterlayer path.point').first()).toHaveCSS('fill', 'rgb(170, 0, 204)')
}

test('what is changed of a figure is on the screen, in its export and in the session', async () => {
  const first = await launchApp({ userDataDir: join(folder, 'user-data') })
  const { app, page } = first
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  await tab(page, 'Scores').click()
  await plot(page).focus()
  await page.keyboard.press('e')
  const panel = page.getByRole('dialog', { name: 'Edit figure' })
  const vertical = panel.getByRole('group', { name: 'Vertical axis' })
  await vertical.getByLabel('From').fill('8')
  await vertical.getByLabel('to').fill('2')
  await expect(vertical.getByText('The end must be larger than the start.')).toBeVisible()
  await vertical.getByLabel('From').fill('−2,5')
  await vertical.getByLabel('to').fill('8,5')
  await panel.getByLabel('Horizontal axis: name').fill('Size of the flower')
  await panel.getByLabel('setosa').fill('#aa00cc')
  await page.keyboard.press('Escape')
  await expect(plot(page)).toBeFocused()
  await expectEdited(page)

  // Another component is not called like the one that was renamed; back again, it is.
  await main(page).getByLabel('Horizontal axis', { exact: true }).selectOption('2')
  await expect(plot(page).locator('.annotation-text', { hasText: 'PC3 · 3.67 % →' })).toBeVisible()
  await main(page).getByLabel('Horizontal axis', { exact: true }).selectOption('0')
  await expectEdited(page)

  await stubSaveDialog(app, join(folder, 'scores.svg'))
  await exportAs(page, 'Scores as SVG')
  await expect(page.getByText('Saved scores.svg')).toBeVisible()
  const svg = readFileSync(join(folder, 'scores.svg'), 'utf8')
  expect(svg).toContain('Size of the flower →')
  expect(svg).toContain('rgb(170, 0, 204)')
  // Written to look alike where the font is another: the width of each text is in the file.
  expect(svg).toMatch(/font-family: Arial[^>]*textLength="\d/)
  // The category has this colour wherever it is drawn.
  await tab(page, 'Variables').click()
  // Bars have no marks whose size could be chosen; a circle has dots.
  for (const [name, marks] of [
    [/^Loadings of/, 0],
    [/^Correlations of/, 1]
  ] as const) {
    await page.getByRole('img', { name }).focus()
    await page.keyboard.press('e')
    await expect(panel.getByLabel('Text', { exact: true })).toBeVisible()
    await expect(panel.getByLabel('Marks', { exact: true })).toHaveCount(marks)
    await page.keyboard.press('Escape')
  }
  await tab(page, 'Biplot').click()
  const biplot = page.getByRole('img', { name: /^Biplot of/ })
  await expect(biplot.locator('.scatterlayer path.point').first()).toHaveCSS('fill', 'rgb(170, 0, 204)')
  await tab(page, 'Scores').click()
  await page.getByRole('button', { name: '3D', exact: true }).click()
  // Three axes have names and ends of their own.
  await plot(page).focus()
  await page.keyboard.press('e')
  await panel.getByRole('group', { name: 'PC1 · 72.96 %' }).getByLabel('From').fill('−10')
  await panel.getByLabel('PC2 · 22.85 %: name').fill('Width')
  await page.keyboard.press('Escape')
  await expect(plot(page).locator('svg text', { hasText: 'Width' })).toBeVisible()
  await exportAs(page, 'Another picture…')
  const dialog = page.getByRole('dialog', { name: 'Export a picture' })
  await dialog.getByLabel('Format').selectOption('json')
  await stubSaveDialog(app, join(folder, 'turned.json'))
  await dialog.getByRole('button', { name: 'Export picture…' }).click()
  await expect(page.getByText('Saved turned.json')).toBeVisible()
  const turned = JSON.parse(readFileSync(join(folder, 'turned.json'), 'utf8')) as {
    data: Record<string, unknown>[]
    layout: { scene: Record<'xaxis' | 'yaxis', { range?: number[]; title: { text: string } }> }
  }
  expect(turned.data[0]).toMatchObject({ type: 'scatter3d', name: 'setosa', marker: { color: '#aa00cc' } })
  expect(turned.data[0]!['z']).toHaveLength(50)
  expect(turned.layout.scene.xaxis.range![0]).toBe(-10)
  expect(turned.layout.scene.yaxis.title.text).toBe('Width')
  await page.getByRole('button', { name: 'Pairs', exact: true }).click()
  await stubSaveDialog(app, join(folder, 'pairs.svg'))
  await exportAs(page, 'Scores, pairs of components as SVG')
  await expect(page.getByText('Saved pairs.svg')).toBeVisible()
  const pairs = readFileSync(join(folder, 'pairs.svg'), 'utf8')
  // Twelve small plots of 150 rows, and three marks of the legend.
  expect(pairs.match(/class="point"/g)).toHaveLength(12 * 150)
  // The keys stand on a mark; the pointer says the same of it when it rests there, and nothing elsewhere.
  const small = page.getByRole('img', { name: /Draw a (lasso|box) in one to select in all/ })
  await small.focus()
  await page.keyboard.press('ArrowRight')
  const tooltip = page.getByRole('tooltip')
  const told = await tooltip.innerText()
  const ring = (await small.locator('circle').boundingBox())!
  const box = (await small.boundingBox())!
  await page.mouse.move(box.x + 30, box.y + 30)
  await expect(tooltip).toHaveCount(0)
  await page.mouse.move(ring.x + ring.width / 2, ring.y + ring.height / 2)
  await expect(tooltip).toHaveText(told, { useInnerText: true })
  await page.getByRole('button', { name: 'Plane', exact: true }).click()
  expectQuietConsole(first.console)
  await first.close()

  const second = await launchApp({ userDataDir: join(folder, 'user-data') })
  await expectEdited(second.page)
  await plot(second.page).hover()
  await main(second.page).getByRole('button', { name: 'Edit figure: Scores' }).click()
  await second.page.getByRole('button', { name: 'Reset this figure' }).click()
  await expect(plot(second.page).locator('.annotation-text', { hasText: 'PC1 · 72.96 % →' })).toBeVisible()
  await second.close()
})
