/** Carrying a result away: its model to other rows, the script that makes it again, its plots in every format. */
import { expect, test } from '@playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportAs, expectTable, importByDrop, irisFile, main, openSample, tab, treeItem } from './analyst.ts'
import { expectQuietConsole, launchApp, stubOpenDialog, stubSaveDialog, temporaryFolder } from './launch.ts'

test('a model goes to other rows, a script and pictures to other programs', async () => {
  const { app, page, close, console: log } = await launchApp()
  const folder = await temporaryFolder('carried')
  const save = async (name: string): Promise<string> => {
    await stubSaveDialog(app, join(folder, name))
    return join(folder, name)
  }
  await openSample(page, /^Fisher’s iris/, 'PCA')

  await test.step('the model and the script', async () => {
    const model = await save('model.json')
    await exportAs(page, 'Model as JSON')
    await expect(page.getByText('Saved model.json')).toBeVisible()
    expect(JSON.parse(readFileSync(model, 'utf8'))).toMatchObject({ kind: 'pca', columns: { length: 4 } })
    const script = await save('again.py')
    await exportAs(page, 'Python script')
    await expect(page.getByText('Saved again.py')).toBeVisible()
    expect(readFileSync(script, 'utf8')).toContain('expected_variance')
  })

  await test.step('a picture of a chosen size, as PDF and as a page', async () => {
    await tab(page, 'Scores').click()
    await expect(page.getByRole('img', { name: /^Scores of/ })).toBeVisible()
    await exportAs(page, 'Another picture…')
    const dialog = page.getByRole('dialog', { name: 'Export a picture' })
    await dialog.getByLabel('Width').fill('0.2')
    await expect(dialog.getByRole('button', { name: 'Export picture…' })).toBeDisabled()
    await dialog.getByLabel('Width').fill('5')
    await dialog.getByLabel('Height').fill('4')
    await dialog.getByLabel('Title').fill('Three species')
    await dialog.getByLabel('Format').selectOption('pdf')
    const pdf = await save('scores.pdf')
    await dialog.getByRole('button', { name: 'Export picture…' }).click()
    await expect(page.getByText('Saved scores.pdf')).toBeVisible()
    const written = readFileSync(pdf, 'latin1')
    expect(written.startsWith('%PDF-')).toBe(true)
    // 5 × 4 inches of 72 points.
    expect(written).toMatch(/\/MediaBox\s*\[0 0 36[01](?:\.\d+)? 28[78](?:\.\d+)?\]/)

    await exportAs(page, 'Another picture…')
    // What was chosen last is offered again.
    await expect(dialog.getByLabel('Title')).toHaveValue('Three species')
    await expect(dialog.getByLabel('Width')).toHaveValue('5')
    await dialog.getByLabel('Format').selectOption('html')
    const site = await save('scores.html')
    await dialog.getByRole('button', { name: 'Export picture…' }).click()
    await expect(page.getByText('Saved scores.html')).toBeVisible()
    const html = readFileSync(site, 'utf8')
    expect(html).toContain('<title>Three species</title>')
    expect(html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=["']https?:/)

    await exportAs(page, 'Another picture…')
    await dialog.getByLabel('Format').selectOption('png')
    await dialog.getByRole('button', { name: 'Copy as PNG' }).click()
    await expect(dialog).toBeHidden()
    const copied = await app.evaluate(async ({ clipboard }) => {
      const own = clipboard as unknown as { has: (type: string) => unknown; availableFormats?: () => string[] }
      return own.availableFormats ? own.availableFormats().includes('image/png') : await own.has('image/png')
    })
    expect(copied).toBe(true)
  })

  await test.step('rows of another file are placed by the model', async () => {
    const lines = readFileSync(irisFile, 'utf8').split('\n')
    const other = join(folder, 'field.csv')
    // Other rows, the columns in another order.
    const rows = lines.slice(0, 21).map((line) => line.split(','))
    writeFileSync(other, rows.map((cells) => [cells[3], cells[2], cells[1], cells[0]].join(',')).join('\n'))
    await importByDrop(page, other)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Project rows')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Project rows on a model' })
    await stubOpenDialog(app, join(folder, 'model.json'))
    await dialog.getByRole('button', { name: 'Open a model…' }).click()
    await expect(dialog.getByText('4 columns found by name')).toBeVisible()
    await dialog.getByRole('button', { name: 'Project 20 rows' }).click()
    await expectTable(page, 'field projected')
    await expect(main(page).getByRole('columnheader', { name: 'PC1 cos2' })).toBeVisible()
    await expect(treeItem(page, 'field projected')).toBeVisible()
    // In the plane of the result they stand among the fitted rows, hollow and named; a choice takes them out again.
    await treeItem(page, 'PCA').click()
    const scores = main(page).getByRole('region', { name: 'Scores', exact: true })
    const entry = scores.getByRole('button', { name: /^field projected 20$/ })
    await expect(entry).toBeVisible()
    await expect(scores.locator('.scatterlayer path.point')).toHaveCount(150 + 20)
    await scores.getByRole('button', { name: 'View', exact: true }).click()
    await page.getByLabel('Projected rows').selectOption('None')
    await page.keyboard.press('Escape')
    await expect(entry).toBeHidden()
    await expect(scores.locator('.scatterlayer path.point')).toHaveCount(150)
  })
  expectQuietConsole(log)
  await close()
})
