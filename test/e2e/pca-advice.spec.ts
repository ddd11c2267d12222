import { expect, test } from '@playwright/test'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { importByDrop, main, startAnalysis, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, temporaryFolder } from './launch.ts'

/** 40 rows: one column in other units than the rest, cells missing in 16 rows, two groups far apart. */
async function writeUneven(folder: string): Promise<string> {
  const path = join(folder, 'uneven.csv')
  const rows = Array.from({ length: 40 }, (_, i) => {
    const side = i < 20 ? 0 : 3
    const wave = (step: number): number => side + Math.sin(step * (i + 1))
    const gap = i % 5 < 2
    return [`plot ${i + 1}`, gap ? '' : wave(1).toFixed(3), wave(2).toFixed(3), (500 * wave(3)).toFixed(1)].join()
  })
  await writeFile(path, `plot,temperature at the inlet,temperature at the outlet,yield\n${rows.join('\n')}\n`)
  return path
}

test('what a result needs is said with it, and what it holds is found by its name', async () => {
  const folder = await temporaryFolder('advice')
  const { app, page, close, console: log } = await launchApp()
  try {
    await importByDrop(page, await writeUneven(folder))
    const dialog = await startAnalysis(page, 'Principal components')
    await expect(dialog).toContainText('A row with a missing cell is left out: at least 16 of 40 rows.')
    await dialog.getByRole('button', { name: 'Run', exact: true }).click()

    await test.step('advice is taken with a press', async () => {
      await expect(main(page)).toContainText('16 of 40 rows have a missing cell and were left out.')
      await main(page).getByRole('button', { name: 'Fill missing cells' }).click()
      await expect(main(page)).toContainText('40 rows × 3 columns')
      await expect(main(page)).toContainText('yield has nearly all of the variance')
      await main(page).getByRole('button', { name: 'Scale to unit variance' }).click()
      await expect(main(page).getByRole('heading', { level: 1, name: 'PCA, unit variance' })).toBeVisible()
      await expect(main(page).getByText('of the variance:')).toHaveCount(0)
    })

    await test.step('a row says its cluster, and leads to what sets it apart', async () => {
      await page.keyboard.press('Control+K')
      await page.getByRole('combobox', { name: 'Search or run a command' }).fill('dendrogram')
      await page.keyboard.press('Enter')
      await main(page)
        .getByRole('button', { name: /^Find clusters/ })
        .click()
      await expect(main(page).getByRole('list', { name: 'Clusters' })).toBeVisible()
      await tab(page, 'Overview').click()
      await main(page)
        .getByRole('grid', { name: 'Rows with their scores' })
        .getByRole('row', { name: /plot 3\b/ })
        .click()
      const inspector = page.getByRole('complementary', { name: 'Inspector' })
      const which = inspector.getByRole('button', { name: /^What sets Cluster \d apart$/ })
      const name = /Cluster \d/.exec(await which.innerText())![0]
      await expect(inspector.getByRole('list', { name: 'Categories of the selection' })).toContainText(name)
      await which.click()
      await expect(tab(page, 'Clusters')).toHaveAttribute('aria-selected', 'true')
      await expect(main(page).getByRole('list', { name: `What sets ${name} apart` })).toBeVisible()
    })

    await test.step('at 200 % zoom every tab can be seen', async () => {
      await app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows()
        window?.setContentSize(1280, 800)
        window?.webContents.setZoomFactor(2)
      })
      await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(640)
      const right = (name: string): Promise<number> =>
        tab(page, name).evaluate((element) => element.getBoundingClientRect().right)
      for (const name of ['Overview', 'Clusters', 'Math']) expect(await right(name)).toBeLessThanOrEqual(640)
    })
    expectQuietConsole(log)
  } finally {
    await close()
  }
})
