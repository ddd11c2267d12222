import { expect, test } from '@playwright/test'
import { main, openSample, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, type LaunchedApp } from './launch.ts'

let launched: LaunchedApp
test.beforeAll(async () => {
  launched = await launchApp()
})
test.afterAll(() => launched.close())

/** Fisher's iris, unit variance. Figures: R's prcomp(iris[, 1:4], scale. = TRUE) and varimax of its first two loadings. */
test('columns: their correlations, contributions and communalities, chosen in one pane and seen in all', async () => {
  const { page } = launched
  await openSample(page, /^Fisher’s iris/, 'PCA, unit variance')
  await tab(page, 'Variables').click()
  const circle = page.getByRole('img', { name: /^Correlations of 4 columns with PC1 and PC2/ })
  await expect(circle).toBeVisible()

  const row = (name: string) => main(page).getByRole('row').filter({ hasText: name })
  await main(page).getByRole('button', { name: 'Contributions' }).click()
  await expect(row('petal length')).toContainText('33.69')
  await row('sepal width').click()
  await expect(page.getByRole('img', { name: /^Correlations of 4 columns.*1 chosen/ })).toBeVisible()

  await circle.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tooltip')).toContainText('cos² in the plane')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('img', { name: /^Correlations of 4 columns.*0 chosen/ })).toBeVisible()

  await main(page).getByRole('button', { name: 'Heatmap' }).click()
  await expect(page.getByRole('img', { name: /^Contributions of 4 columns on PC1, PC2, PC3, PC4/ })).toBeVisible()
})

test('components are rotated, and it is said that the axes are no longer principal', async () => {
  const { page } = launched
  await main(page).getByLabel('Axes', { exact: true }).selectOption('varimax')
  await main(page).getByLabel('Components that are rotated').selectOption('2')
  await expect(main(page).getByText(/^Rotated by varimax: axes are no longer principal/)).toBeVisible()
  await expect(page.getByRole('img', { name: /^Correlations of 4 columns with RC1 and RC2/ })).toBeVisible()
  await main(page).getByRole('button', { name: 'Loadings', exact: true }).click()
  await expect(main(page).getByRole('row').filter({ hasText: 'sepal width' })).toContainText('0.985')
  await main(page).getByRole('button', { name: 'Factors' }).click()
  await expect(main(page).getByRole('row', { name: /^RC1/ })).toContainText('67.')
})

test('a biplot names its scaling; an arrow names its column', async () => {
  const { page } = launched
  await tab(page, 'Biplot').click()
  const plot = page.getByRole('img', { name: /^Biplot of 150 rows and 4 columns on PC1 and PC2/ })
  await expect(plot).toBeVisible()
  await expect(main(page).getByText('distances between rows are true', { exact: false })).toBeVisible()
  await main(page).getByLabel('Scaling of the biplot').selectOption('covariance')
  await expect(main(page).getByText('lengths of arrows are deviations', { exact: false })).toBeVisible()
  await plot.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tooltip')).toContainText('r with PC1')
  expectQuietConsole(launched.console)
})
