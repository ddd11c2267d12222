import { expect, type Page } from '@playwright/test'
import { join, parse } from 'node:path'
import { dropFile, root } from './launch.ts'

/** What a person does, in their words: the specs read as sentences. */

export const irisFile = join(root, 'resources', 'samples', 'iris.csv')
export const moviesFile = join(root, 'resources', 'samples', 'four-users-five-movies.csv')

export const main = (page: Page) => page.getByRole('main')
export const treeItem = (page: Page, name: RegExp | string) =>
  page.getByRole('treeitem').filter({ hasText: name }).first()
export const tab = (page: Page, name: string) => main(page).getByRole('tab', { name, exact: true })

/** Drops a file on the window and accepts what was understood. */
export async function importByDrop(page: Page, path: string): Promise<void> {
  await expect(page.getByText('Engine ready')).toBeVisible()
  await dropFile(page, path, 'main')
  await page.getByRole('button', { name: /^Import \S+ rows?$/ }).click()
  await expectTable(page, parse(path).name)
}

/** The table of a dataset is in sight, and no longer its preview. */
export async function expectTable(page: Page, dataset: string): Promise<void> {
  await expect(main(page).getByRole('heading', { level: 1, name: dataset, exact: true })).toBeVisible()
  await expect(main(page).getByRole('grid')).toBeVisible()
}

/** Opens a sample from the start page and waits for its result. */
export async function openSample(page: Page, name: RegExp, result: string): Promise<void> {
  await page.getByRole('button', { name }).click()
  await expect(main(page).getByRole('heading', { level: 1, name: result })).toBeVisible()
}

/** The dialog for a new analysis, with its form. */
export async function startAnalysis(page: Page, kind: 'Principal components' | 'Truncated SVD' | 'Factorization') {
  await page.keyboard.press('Control+n')
  const dialog = page.getByRole('dialog', { name: 'New analysis' })
  await dialog.getByText(kind, { exact: true }).click()
  return dialog
}

/** Draws a lasso round the part of a plot between two fractions of its width. */
export async function lasso(page: Page, plot: RegExp, from: number, to: number): Promise<void> {
  const box = await page.getByRole('img', { name: plot }).boundingBox()
  if (!box) throw new Error('the plot is not visible')
  const at = (fx: number, fy: number) => [box.x + box.width * fx, box.y + box.height * fy] as const
  const corners = [at(from, 0.07), at(to, 0.07), at(to, 0.88), at(from, 0.88), at(from, 0.08)]
  await page.mouse.move(...corners[0]!)
  await page.mouse.down()
  for (const corner of corners.slice(1)) await page.mouse.move(...corner, { steps: 8 })
  await page.mouse.up()
}

/** Chooses an entry of the Export menu. */
export async function exportAs(page: Page, entry: string): Promise<void> {
  await main(page).getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}
