import { expect, test } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportAs, importByDrop, main, startAnalysis, tab } from './analyst.ts'
import { expectQuietConsole, launchApp, root, stubSaveDialog, temporaryFolder } from './launch.ts'

/** Sixty short sentences of our own about the sky, the kitchen and football. */
const sentences = join(root, 'test', 'e2e', 'three-themes.csv')

const worksWith = (command: string): boolean => spawnSync(command, ['-c', 'import numpy, scipy']).status === 0
const python = ['/usr/bin/python3', 'python3'].find(worksWith)

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

    await stubSaveDialog(app, join(userDataDir, 'report.html'))
    await exportAs(page, 'Report as a web page')
    await expect(page.getByText('Saved report.html')).toBeVisible()
    const report = await readFile(join(userDataDir, 'report.html'), 'utf8')
    expect(report).toContain('<dt>Language</dt><dd>English</dd>')
    expect(report).toContain('goalkeeper')
    await stubSaveDialog(app, join(userDataDir, 'again.py'))
    await exportAs(page, 'Python script')
    await expect(page.getByText('Saved again.py')).toBeVisible()
    if (python !== undefined) {
      const made = spawnSync(python, [join(userDataDir, 'again.py')], { encoding: 'utf8' })
      expect(made.stdout + made.stderr).toMatch(/Everything agrees\.\s*$/)
    }
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

/** Issue 6: a long (row, column, value) table as a sparse matrix, from open to export, and back from the saved session. */
test('a long table of who bought what becomes rows and columns on one map, is carried away, and is there again', async () => {
  const userDataDir = await temporaryFolder('svd-entries')
  const path = join(userDataDir, 'baskets.csv')
  const aisles = { fruit: ['apple', 'pear', 'plum', 'cherry'], tools: ['hammer', 'saw', 'drill', 'nail'] }
  const lines = Array.from({ length: 24 }, (_, shopper) =>
    (shopper % 2 === 0 ? aisles.fruit : aisles.tools).map(
      (good, g) => `shopper ${shopper},${good},${1 + ((shopper + g) % 3)}`
    )
  )
  await writeFile(path, `customer,product,pieces\n${lines.flat().join('\n')}\nshopper 0,hammer,1\n`)
  const first = await launchApp({ userDataDir })
  try {
    const { app, page } = first
    await importByDrop(page, path)
    const dialog = await startAnalysis(page, 'Truncated SVD')
    await expect(dialog.getByRole('combobox', { name: 'Matrix from' })).toHaveValue('triplets')
    await expect(dialog.getByRole('combobox', { name: 'Value' })).toHaveValue('pieces')
    await dialog.getByRole('textbox', { name: 'Factors' }).fill('3')
    await dialog.getByRole('button', { name: 'Run' }).click()
    await expect(main(page).getByRole('heading', { level: 1, name: 'Sparse SVD, 3 factors' })).toBeVisible()
    await expect(main(page).getByText('24 rows × 8 columns')).toBeVisible()

    await tab(page, 'Map').click()
    await expect(page.getByRole('img', { name: /^Map of 24 rows and 8 columns on factors 1 and 2/ })).toBeVisible()
    await main(page).getByRole('textbox', { name: 'Find a name on the map' }).fill('plum')
    await tab(page, 'Neighbours').click()
    const near = page.getByRole('grid', { name: 'Columns nearest to plum' }).getByRole('row')
    for (const place of [1, 2, 3]) await expect(near.nth(place)).toContainText(/apple|pear|cherry/)

    await stubSaveDialog(app, join(userDataDir, 'model.json'))
    await exportAs(page, 'Model as JSON')
    await expect(page.getByText('Saved model.json')).toBeVisible()
    const model = JSON.parse(await readFile(join(userDataDir, 'model.json'), 'utf8')) as {
      columns: string[]
      kind: string
    }
    expect(model.kind).toBe('svd')
    expect(model.columns).toEqual([...aisles.fruit, 'hammer', 'saw', 'drill', 'nail'])
    await stubSaveDialog(app, join(userDataDir, 'shoppers.csv'))
    await exportAs(page, 'Row coordinates as CSV')
    await expect(page.getByText('Saved shoppers.csv')).toBeVisible()
    expect((await readFile(join(userDataDir, 'shoppers.csv'), 'utf8')).split(/\r?\n/)).toHaveLength(26)
    expectQuietConsole(first.console)
  } finally {
    await first.close()
  }

  const second = await launchApp({ userDataDir })
  try {
    const { page } = second
    await page.getByRole('treeitem').filter({ hasText: 'Sparse SVD' }).first().click()
    await expect(tab(page, 'Neighbours')).toHaveAttribute('aria-selected', 'true')
    await expect(main(page).getByText('24 rows × 8 columns')).toBeVisible()
    expectQuietConsole(second.console)
  } finally {
    await second.close()
    await rm(userDataDir, { recursive: true, force: true })
  }
})
