import { expect, test, type Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { startAnalysis, treeItem } from '../../e2e/analyst.ts'
import { dropFile, launchApp } from '../../e2e/launch.ts'

/** From a file to the picture of its scores, as a person goes: what they take to look and to choose is not counted. Times are
 * taken in the page, from the event to the frame that shows what was waited for: a test that asks from outside finds out up
 * to half a second late. */
test('first picture', async () => {
  const [file, into, runs] = ['BENCH_FILE', 'BENCH_RESULT', 'BENCH_RUNS'].map((name) => process.env[name]!)
  const times: number[][] = []
  for (let run = 0; run < Number(runs); run++) {
    const { page, close } = await launchApp({ ownGraphics: true })
    try {
      times.push(await firstPicture(page, file!))
    } finally {
      await close()
    }
  }
  writeFileSync(into!, JSON.stringify(times))
})

/** Nobody decides faster. */
const LOOKING_MS = 1000

/** Milliseconds until the preview, until the first rows stand in the table, and from Run to the picture. */
async function firstPicture(page: Page, file: string): Promise<number[]> {
  await expect(page.getByText('Engine ready')).toBeVisible()
  const take = page.getByRole('button', { name: /^Import \S+ rows?$/ })
  const begun = performance.now()
  await dropFile(page, file, 'main')
  await take.waitFor()
  const preview = performance.now() - begun
  await page.waitForTimeout(LOOKING_MS)
  const read = await timeUntil(page, { selector: '[role=tree] [role=treeitem]', cells: true }, () => take.click())
  await expect(treeItem(page, /Table/)).toBeVisible()
  const dialog = await startAnalysis(page, 'Principal components')
  const start = dialog.getByRole('button', { name: /^Run/ })
  await page.waitForTimeout(LOOKING_MS)
  const drawn = await timeUntil(page, { selector: 'canvas.points[data-drawings]', cells: false }, () => start.click())
  return [preview, read, drawn]
}

/** Milliseconds from the click to the frame after something stands on the page.
 * @param awaited what is waited for; cells: and a grid with a number in it */
async function timeUntil(
  page: Page,
  awaited: { selector: string; cells: boolean },
  click: () => Promise<void>
): Promise<number> {
  const time = page.evaluate(
    ({ selector, cells }) =>
      new Promise<number>((resolve) => {
        let from = 0
        addEventListener('click', () => (from = performance.now()), { capture: true, once: true })
        const filled = (): boolean => /\d\.\d/.test(document.querySelector('main [role=grid]')?.textContent ?? '')
        // Looked for when something has changed: to look at every frame would take a tenth of the time that is measured.
        const observer = new MutationObserver(() => {
          if (from === 0 || !document.querySelector(selector) || (cells && !filled())) return
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - from)))
        })
        observer.observe(document, {
          childList: true,
          characterData: true,
          subtree: true,
          attributeFilter: ['data-drawings']
        })
      }),
    awaited
  )
  await page.waitForTimeout(100)
  await click()
  return time
}
