import { expect, test, type Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { startAnalysis, treeItem } from '../../e2e/analyst.ts'
import { dropFile, launchApp } from '../../e2e/launch.ts'

/** From a file to the picture of its scores, as a person goes. Times are taken in the page, from the event to the frame that
 * shows what was waited for: a test that asks from outside finds out up to half a second late. What a person takes to look at
 * the preview and at the table, and to choose, is not counted, but the app makes use of it: every run is made once with
 * somebody who looks and once with somebody who presses each button the moment it is there. */
test('first picture', async () => {
  const [file, into, runs] = ['BENCH_FILE', 'BENCH_RESULT', 'BENCH_RUNS'].map((name) => process.env[name]!)
  const times: number[][] = []
  for (let run = 0; run < Number(runs); run++) {
    const parts: number[] = []
    for (const lookMs of [LOOKING_MS, 0]) {
      const { page, close } = await launchApp({ ownGraphics: true })
      try {
        parts.push(...(await firstPicture(page, file!, lookMs)))
      } finally {
        await close()
      }
    }
    times.push(parts)
  }
  writeFileSync(into!, JSON.stringify(times))
})

/** Nobody decides faster. */
const LOOKING_MS = 1000

/** Milliseconds until the preview, until the first rows stand in the table, and from Run to the picture.
 * @param lookMs how long the preview and the form are looked at */
async function firstPicture(page: Page, file: string, lookMs: number): Promise<number[]> {
  await expect(page.getByText('Engine ready')).toBeVisible()
  const take = page.getByRole('button', { name: /^Import \S+ rows?$/ })
  const preview = await timeUntil(page, { event: 'drop', selector: 'main table.data', filled: 'main table.data' }, () =>
    dropFile(page, file, 'main')
  )
  await page.waitForTimeout(lookMs)
  const read = await timeUntil(
    page,
    { event: 'click', selector: '[role=tree] [role=treeitem]', filled: 'main [role=grid]' },
    () => take.click()
  )
  await expect(treeItem(page, /Table/)).toBeVisible()
  const dialog = await startAnalysis(page, 'Principal components')
  const start = dialog.getByRole('button', { name: /^Run/ })
  await page.waitForTimeout(lookMs)
  const drawn = await timeUntil(page, { event: 'click', selector: 'canvas.points[data-drawings]', filled: null }, () =>
    start.click()
  )
  return [preview, read, drawn]
}

/** Milliseconds from an event to the frame after something stands on the page.
 * @param awaited what is waited for; filled: and a number in that */
async function timeUntil(
  page: Page,
  awaited: { event: 'click' | 'drop'; selector: string; filled: string | null },
  act: () => Promise<void>
): Promise<number> {
  const time = page.evaluate(
    ({ event, selector, filled }) =>
      new Promise<number>((resolve) => {
        let from = 0
        addEventListener(event, () => (from = performance.now()), { capture: true, once: true })
        const isFilled = (): boolean =>
          filled === null || /\d\.\d/.test(document.querySelector(filled)?.textContent ?? '')
        // Looked for when something has changed: to look at every frame would take a tenth of the time that is measured.
        const observer = new MutationObserver(() => {
          if (from === 0 || !document.querySelector(selector) || !isFilled()) return
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
  await act()
  return time
}
