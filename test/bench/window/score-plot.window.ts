import { expect, test, type Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { main, startAnalysis, tab, treeItem } from '../../e2e/analyst.ts'
import { dropFile, launchApp } from '../../e2e/launch.ts'

/** What is waited for at a plot of many points, from the event in the page to the frame after which all of it stands there:
 * the plot opened, another pair of components, a lasso as the table shows it, and a frame while the picture is moved. */
test('score plot', async () => {
  const [file, into, runs] = ['BENCH_FILE', 'BENCH_RESULT', 'BENCH_RUNS'].map((name) => process.env[name]!)
  const { page, close } = await launchApp()
  try {
    await expect(page.getByText('Engine ready')).toBeVisible()
    await dropFile(page, file!, 'main')
    await page.getByRole('button', { name: /^Import \S+ rows?$/ }).click({ timeout: 60_000 })
    await main(page).getByRole('grid').waitFor({ timeout: 60_000 })
    await startAnalysis(page, 'Principal components')
    await page.keyboard.press('Control+Enter')
    await tab(page, 'Scores').click({ timeout: 60_000 })
    await expect(page.locator('canvas.points')).toHaveAttribute('data-drawings', /\d/, { timeout: 60_000 })
    await page.keyboard.press('Control+i')
    const times: number[][] = []
    for (let run = 0; run < Number(runs); run++) times.push(await measure(page))
    writeFileSync(into!, JSON.stringify(times))
  } finally {
    await close()
  }
})

const SETTLED_MS = 1500

async function measure(page: Page): Promise<number[]> {
  await treeItem(page, /Table/).click()
  await page.waitForTimeout(SETTLED_MS)
  const opened = await timeInPage(page, 'pointerdown', 'PC2', true, () => treeItem(page, /PCA/).click())
  await page.waitForTimeout(SETTLED_MS)
  const vertical = page.getByRole('combobox', { name: 'Vertical axis' }).first()
  const another = await timeInPage(page, 'change', '↑ PC3', true, () => vertical.selectOption('2'))
  await page.waitForTimeout(SETTLED_MS)
  await vertical.selectOption('1')
  await page.waitForTimeout(SETTLED_MS)
  const plot = page.getByRole('img', { name: /^Scores of/ })
  const box = (await plot.boundingBox())!
  const corners = [
    [0.5, 0.1],
    [0.5, 0.85],
    [0.53, 0.85],
    [0.53, 0.1],
    [0.5, 0.11]
  ].map(([x, y]) => [box.x + box.width * x!, box.y + box.height * y!] as const)
  await page.mouse.move(...corners[0]!)
  await page.mouse.down()
  for (const corner of corners.slice(1)) await page.mouse.move(...corner, { steps: 4 })
  const lasso = await timeInPage(page, 'pointerup', 'selected, shown first', false, () => page.mouse.up())
  await page.waitForTimeout(SETTLED_MS)
  await plot.focus()
  await page.keyboard.press('Escape')
  return [opened, another, lasso]
}

/** Milliseconds from an event to the frame after a text stands on the page and, where it is wanted, points were drawn anew. */
async function timeInPage(
  page: Page,
  event: string,
  text: string,
  drawn: boolean,
  act: () => Promise<unknown>
): Promise<number> {
  const time = page.evaluate(
    ({ event, text, drawn }) =>
      new Promise<number>((resolve) => {
        let from = 0
        let before: string | undefined
        addEventListener(event, () => (from = performance.now()), { capture: true, once: true })
        const look = (): void => {
          const canvas = document.querySelector<HTMLCanvasElement>('canvas.points')
          const drawings = canvas?.dataset['drawings']
          if (from === 0) before = drawings
          const there = document.querySelector('main')!.textContent.includes(text)
          if (from > 0 && there && (!drawn || (drawings !== undefined && drawings !== before)))
            requestAnimationFrame(() => resolve(performance.now() - from))
          else requestAnimationFrame(look)
        }
        look()
      }),
    { event, text, drawn }
  )
  await page.waitForTimeout(100)
  await act()
  return time
}
