import { expect, test, type Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { main, startAnalysis, treeItem } from '../../e2e/analyst.ts'
import { dropFile, launchApp } from '../../e2e/launch.ts'

/** From a file to the picture of its scores, as a person goes: what they take to look and to choose is not counted. */
test('first picture', async () => {
  const [file, into, runs] = ['BENCH_FILE', 'BENCH_RESULT', 'BENCH_RUNS'].map((name) => process.env[name]!)
  const times: number[][] = []
  for (let run = 0; run < Number(runs); run++) {
    const { page, close } = await launchApp()
    try {
      times.push(await firstPicture(page, file!))
    } finally {
      await close()
    }
  }
  writeFileSync(into!, JSON.stringify(times))
})

/** Milliseconds until the preview, until the table, and from Run to the picture. */
async function firstPicture(page: Page, file: string): Promise<number[]> {
  await expect(page.getByText('Engine ready')).toBeVisible()
  const take = page.getByRole('button', { name: /^Import \S+ rows?$/ })
  const table = main(page).getByRole('grid')
  const preview = await timeOf(
    () => dropFile(page, file, 'main'),
    () => take.waitFor()
  )
  const read = await timeOf(
    () => take.click(),
    () => table.waitFor()
  )
  await expect(treeItem(page, /Table/)).toBeVisible()
  const dialog = await startAnalysis(page, 'Principal components')
  const start = dialog.getByRole('button', { name: /^Run/ })
  const shown = main(page)
    .getByText(/ of \S+ drawn/)
    .first()
  const drawn = await timeOf(
    () => start.click(),
    () => shown.waitFor({ timeout: 60_000 })
  )
  return [preview, read, drawn]
}

async function timeOf(begin: () => Promise<unknown>, end: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await begin()
  await end()
  return performance.now() - from
}
