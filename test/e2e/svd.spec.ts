import { expect, test } from '@playwright/test'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportAs, importByDrop, main, startAnalysis, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, root, stubSaveDialog, temporaryFolder } from './launch.ts'

/** Sixty short sentences of our own about the sky, the kitchen and football. */
const sentences = join(root, 'test', 'e2e', 'three-themes.csv')

/** Issue 6: a text CSV from open to export, and back from the saved session. */
test('a column of text becomes a map of documents and terms, is carried away, and is there again', async () => {
  const userDataDir = await temporaryFolder('svd')
  const first = await launchApp({ userDataDir })
  try {
    const { app, page } = first
    await importByDrop(page, sentences)
    const dialog = await startAnalysis(page, 'Truncated SVD')
    await expect(dialog.getByRole('combobox', { name: 'Matrix from' })).toHaveValue('text')
    await expect(dialog.getByRole('combobox', { name: 'Text', exact: true })).toHaveValue('sentence')
    await expect(dialog.getByText(/A list of \d+ function words/)).toBeVisible()
    await dialog.getByRole('button', { name: 'Run' }).click()
    await expect(main(page).getByRole('heading', { level: 1, name: 'Latent semantics, 10 factors' })).toBeVisible()
    await expect(main(page).getByRole('img', { name: /^Share of the squared norm of 10 factors/ })).toBeVisible()

    await tab(page, 'Map').click()
    const map = page.getByRole('img', { name: /^Map of 60 documents and \d+ terms on factors 2 and 3/ })
    await expect(map).toBeVisible()
    await main(page).getByRole('textbox', { name: 'Find a name on the map' }).fill('telescope')
    await expect(map.getByText('telescope', { exact: true })).toBeVisible()
    await expect(main(page).getByText(/1 selected/)).toBeVisible()

    await tab(page, 'Factors').click()
    await expect(
      main(page)
        .getByRole('row')
        .filter({ hasText: /goalkeeper/ })
        .first()
    ).toBeVisible()

    // What is picked out on the map is looked at here: words of the sky are near the telescope, those of the kitchen are not.
    await tab(page, 'Neighbours').click()
    const terms = page.getByRole('grid', { name: 'Terms nearest to telescope' })
    await expect(terms.getByRole('row').filter({ hasText: 'galaxy' })).toBeVisible()
    await expect(page.getByRole('grid', { name: 'Documents nearest to telescope' })).toContainText('galaxy')

    await tab(page, 'Low rank').click()
    const slider = main(page).getByRole('slider', { name: 'Rank k' })
    await slider.fill('7')
    await expect(main(page).getByText('7 of 10', { exact: true })).toBeVisible()
    await expect(main(page).getByRole('img', { name: /^Rank 7: Aₖ/ })).toBeVisible()

    await tab(page, 'Math').click()
    await expect(main(page).getByRole('heading', { name: 'Put one entry together again' })).toBeVisible()
    await expect(main(page).getByText(/telescope: ln\(61 \/ \d+\) \+ 1/)).toBeVisible()

    const path = join(userDataDir, 'terms.csv')
    await stubSaveDialog(app, path)
    await exportAs(page, 'Term coordinates as CSV')
    await expect(page.getByText('Saved terms.csv')).toBeVisible()
    const written = await readFile(path, 'utf8')
    expect(written).toContain('telescope')
    expect(written.split(/\r?\n/)[0]).toMatch(/^.?term,documents,factor 1,factor 2/)
    expectQuietConsole(first.console)
  } finally {
    await first.close()
  }

  const second = await launchApp({ userDataDir })
  try {
    const { page } = second
    await page.getByRole('treeitem').filter({ hasText: 'Latent semantics' }).first().click()
    await expect(tab(page, 'Math')).toHaveAttribute('aria-selected', 'true')
    await tab(page, 'Low rank').click()
    await expect(main(page).getByText('7 of 10', { exact: true })).toBeVisible()
    expectQuietConsole(second.console)
  } finally {
    await second.close()
    await rm(userDataDir, { recursive: true, force: true })
  }
})
