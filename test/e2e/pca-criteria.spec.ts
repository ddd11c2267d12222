/** How many components: the rules beside each other, the cut, fit for factor work, and how far other rows would move it. */
import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportAs, main, openSample, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, stubSaveDialog, temporaryFolder } from './launch.ts'

test('a person compares the rules, cuts, measures fit and draws samples of the rows', async () => {
  const { app, page, close, console: log } = await launchApp()
  await openSample(page, /^Fisher’s iris/, 'PCA')
  await tab(page, 'Variance').click()
  const scree = page.getByRole('img', { name: /^Explained variance of 4/ })
  await expect(scree).toBeVisible()

  await test.step('every rule stands beside the others, and a click on its answer cuts', async () => {
    await page.getByRole('button', { name: 'Compare the rules' }).click()
    const rules = page.getByRole('table', { name: 'How many components' })
    await expect(rules.getByRole('row')).toHaveCount(7)
    await rules.getByRole('button', { name: /: Parallel analysis$/ }).click()
    await expect(page.getByRole('slider', { name: 'Components kept' })).toHaveAttribute('aria-valuenow', '1')
    await expect(scree).toHaveAccessibleName(/Keep 1 · \d/)
  })

  await test.step('the cut moves by keys and by its handle', async () => {
    await scree.focus()
    await page.keyboard.press(']')
    const cut = page.getByRole('slider', { name: 'Components kept' })
    await expect(cut).toHaveAttribute('aria-valuenow', '2')
    await page.keyboard.press('[')
    await expect(cut).toHaveAttribute('aria-valuenow', '1')
    const box = (await cut.boundingBox())!
    const plot = (await scree.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(plot.x + 0.95 * plot.width, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up()
    await expect(cut).toHaveAttribute('aria-valuenow', '4')
  })

  await test.step('KMO, Bartlett and the anti-image', async () => {
    await page.getByRole('button', { name: 'Measure' }).click()
    await expect(page.getByRole('grid', { name: 'KMO by column' })).toBeVisible()
    await expect(main(page).getByText(/KMO\s0\.54, miserable\./)).toBeVisible()
    await page.getByText('Anti-image', { exact: true }).click()
    await expect(page.getByRole('grid', { name: 'Anti-image correlations' })).toBeVisible()
  })

  await test.step('samples of the rows give every share an interval', async () => {
    await page.getByRole('button', { name: 'Bootstrap', exact: true }).click()
    await expect(page.getByRole('columnheader', { name: /95 % of samples/ })).toBeVisible()
  })

  await test.step('what was found is taken away', async () => {
    const file = join(await temporaryFolder('criteria'), 'rules.csv')
    await stubSaveDialog(app, file)
    await exportAs(page, 'Another table or format…')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Table').selectOption({ label: 'How many components: what each rule suggests' })
    await dialog.getByRole('button', { name: /^Export/ }).click()
    await expect(page.getByText('Saved rules.csv')).toBeVisible()
    expect(readFileSync(file, 'utf8')).toMatch(/parallel,1/)
  })

  expectQuietConsole(log)
  await close()
})
