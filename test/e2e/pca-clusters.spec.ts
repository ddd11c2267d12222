import { expect, test } from '@playwright/test'
import { importByDrop, irisFile, main, startAnalysis, tab } from './analyst.ts'
import { launchApp } from './launch.ts'

test('rows are grouped on the components, each group is described, and the groups become a column', async () => {
  const { page, close, console: log } = await launchApp()
  await importByDrop(page, irisFile)
  const dialog = await startAnalysis(page, 'Principal components')
  await dialog.getByRole('button', { name: /^Run/ }).click()
  await tab(page, 'Clusters').click()
  await main(page).getByRole('button', { name: 'Find clusters on 2 components' }).click()

  // The tree suggests three; R: HCPC(PCA(iris[, 1:4], scale.unit = FALSE, ncp = 2)) has 50, 61 and 39 rows.
  const cut = main(page).getByRole('slider', { name: 'Number of clusters' })
  await expect(cut).toHaveAttribute('aria-valuetext', '3 clusters')
  const clusters = main(page).getByRole('list', { name: 'Clusters', exact: true })
  await expect(clusters.getByRole('listitem')).toHaveText([
    /Cluster 1\s*50\s*33/,
    /Cluster 2\s*61\s*41/,
    /Cluster 3\s*39\s*26/
  ])
  await expect(main(page).getByRole('list', { name: 'What sets Cluster 1 apart' })).toContainText('setosa · species')

  await clusters.getByRole('button', { name: 'Select the 61 rows of Cluster 2' }).click()
  await expect(page.getByText('61 of 150 rows selected')).toBeVisible()
  await clusters.getByRole('button', { name: /^Cluster 3/ }).click()
  await main(page).getByRole('list', { name: 'Paragons: near the centre' }).getByRole('button').first().click()
  await expect(page.getByText('1 of 150 rows selected')).toBeVisible()

  await cut.focus()
  await page.keyboard.press('ArrowDown')
  await expect(clusters.getByRole('listitem')).toHaveCount(4)
  await expect(main(page).getByText('suggested: 3')).toBeVisible()

  await main(page).getByRole('button', { name: 'Colour every plot' }).click()
  await tab(page, 'Overview').click()
  // What all names share stands once.
  await expect(main(page).getByRole('button', { name: /^Cluster 4 / })).toHaveText(/^\s*4\s+\d+\s*$/)

  await tab(page, 'Clusters').click()
  await main(page).getByRole('button', { name: 'Save as column…' }).click()
  const prepare = page.getByRole('dialog', { name: 'Prepare iris' })
  await expect(prepare.getByText('Clusters of PCA, unscaled as Cluster.')).toBeVisible()
  await prepare.getByRole('button', { name: 'Make the dataset' }).click()
  await expect(main(page).getByRole('heading', { level: 1, name: 'iris with clusters' })).toBeVisible()
  await expect(main(page).getByRole('columnheader', { name: /Cluster/ })).toBeVisible()
  expect(log.errors).toEqual([])
  await close()
})
