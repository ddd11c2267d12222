import { expect, test, type Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exportAs, main, startAnalysis, tab, treeItem } from '../../e2e/analyst.ts'
import { dropFile, launchApp, stubSaveDialog } from '../../e2e/launch.ts'
import { MEMORY_STEPS, type MemoryStep } from '../memory-steps.ts'
import { peakMemory } from '../process-memory.ts'

/** The memory of the whole app, all its processes, while a person goes through a large table: the most it had in each step. */
test('app memory', async () => {
  const [file, into] = ['BENCH_FILE', 'BENCH_RESULT'].map((name) => process.env[name]!)
  const { app, page, close } = await launchApp({ ownGraphics: true })
  const long = { timeout: 300_000 }
  const peaks = new Map<MemoryStep, number>()
  const step = async (name: MemoryStep, work: () => Promise<void>): Promise<void> => {
    peaks.set(name, await peakMemory(app.process().pid!, work))
  }
  const drawn = (): Promise<void> =>
    expect(page.locator('canvas.points').first()).toHaveAttribute('data-drawings', /\d/, long)
  const saved = async (name: string, act: () => Promise<void>): Promise<void> => {
    await stubSaveDialog(app, join(dirname(into!), name))
    await act()
    await expect(page.getByText(`Saved ${name}`).first()).toBeVisible(long)
  }
  try {
    await expect(page.getByText('Engine ready')).toBeVisible()
    await step('import', async () => {
      await dropFile(page, file!, 'main')
      await page.getByRole('button', { name: /^Import \S+ rows?$/ }).click(long)
      await main(page).getByRole('grid').waitFor(long)
      await settle(page)
    })
    await step('fit, scores drawn', async () => {
      await startAnalysis(page, 'Principal components')
      await page.keyboard.press('Control+Enter')
      await tab(page, 'Scores').click(long)
      await drawn()
      await settle(page)
    })
    await step('diagnostics', async () => {
      await tab(page, 'Diagnostics').click()
      await expect(page.getByRole('img', { name: /^T² and Q of/ })).toBeVisible(long)
      await settle(page)
    })
    await step('table, and scores again', async () => {
      await treeItem(page, /Table/).click()
      await main(page).getByRole('grid').waitFor(long)
      await treeItem(page, /PCA/).click()
      await tab(page, 'Scores').click()
      await drawn()
      await settle(page)
    })
    await step('parallel analysis', async () => {
      await tab(page, 'Variance').click()
      await page.getByRole('button', { name: 'Compare the rules' }).click()
      await expect(page.getByRole('table', { name: 'How many components' })).toBeVisible(long)
      await settle(page)
    })
    await step('bootstrap', async () => {
      await page.getByRole('button', { name: 'Bootstrap', exact: true }).click()
      await expect(page.getByRole('columnheader', { name: /95 % of samples/ })).toBeVisible(long)
      await settle(page)
    })
    await step('report', () => saved('report.html', () => exportAs(page, 'Report as a web page')))
    await step('scores as CSV', () => saved('scores.csv', () => exportAs(page, 'Scores as CSV')))
    await step('scores at the end', async () => {
      await tab(page, 'Scores').click()
      await drawn()
      await settle(page)
    })
    writeFileSync(into!, JSON.stringify([MEMORY_STEPS.map((name) => peaks.get(name))]))
  } finally {
    await close()
  }
})

/** What is done at leisure is done, and what is not needed any more is given back. */
const SETTLED_MS = 2000
const settle = (page: Page): Promise<void> => page.waitForTimeout(SETTLED_MS)
