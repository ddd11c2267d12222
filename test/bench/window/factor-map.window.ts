import { expect, test, type Page } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { main, startAnalysis, tab } from '../../e2e/analyst.ts'
import { dropFile, launchApp } from '../../e2e/launch.ts'

/** What is waited for at the map of a large factorization: the map opened, a frame while it is moved, a list after a star. */
test('factor map', async () => {
  const [file, into, runs] = ['BENCH_FILE', 'BENCH_RESULT', 'BENCH_RUNS'].map((name) => process.env[name]!)
  const { page, close } = await launchApp({ ownGraphics: true })
  try {
    await expect(page.getByText('Engine ready')).toBeVisible()
    await dropFile(page, file!, 'main')
    await page.getByRole('button', { name: /^Import \S+ rows?$/ }).click({ timeout: 60_000 })
    await main(page).getByRole('grid').waitFor({ timeout: 60_000 })
    const dialog = await startAnalysis(page, 'Factorization')
    await dialog.getByRole('textbox', { name: 'Factors' }).fill('4')
    await dialog.getByRole('textbox', { name: 'Iterations' }).fill('2')
    // Rankings of 200,000 users would be waited for, and are not what is measured.
    await dialog.getByRole('textbox', { name: 'Held out' }).fill('0')
    await page.keyboard.press('Control+Enter')
    await tab(page, 'Map').click({ timeout: 120_000 })
    await expect(page.locator('canvas.points')).toHaveAttribute('data-drawings', /\d/, { timeout: 60_000 })
    const known = page.getByRole('combobox', { name: 'Add an item you know' })
    await known.fill('Film 0')
    await known.press('Enter')
    const times: number[][] = []
    for (let run = 0; run < Number(runs); run++) times.push(await measure(page))
    writeFileSync(into!, JSON.stringify(times))
  } finally {
    await close()
  }
})

const SETTLED_MS = 1500
/** of the frames of a move, sorted */
const SLOW = 0.95

async function measure(page: Page): Promise<number[]> {
  await tab(page, 'Accuracy').click()
  await page.waitForTimeout(SETTLED_MS)
  const opened = await timeInPage(page, 'pointerdown', 'canvas.points', 'data-drawings', () => tab(page, 'Map').click())
  await page.waitForTimeout(SETTLED_MS)
  const frame = await slowFrame(page)
  await page.waitForTimeout(SETTLED_MS)
  const stars = page.getByRole('region', { name: 'Rate to learn' }).getByRole('slider')
  await stars.press('Home')
  await page.waitForTimeout(SETTLED_MS)
  const list = await timeInPage(page, 'keydown', '[aria-label="Rate to learn"] ol', null, () => stars.press('End'))
  return [opened, frame, list]
}

/** Milliseconds from an event to the frame after an element, or an attribute of it, is another. */
async function timeInPage(
  page: Page,
  event: string,
  selector: string,
  attribute: string | null,
  act: () => Promise<unknown>
): Promise<number> {
  const time = page.evaluate(
    ({ event, selector, attribute }) =>
      new Promise<number>((resolve) => {
        const now = (): string | null => {
          const element = document.querySelector(selector)
          return attribute === null ? (element?.textContent ?? null) : (element?.getAttribute(attribute) ?? null)
        }
        const before = now()
        let from = 0
        addEventListener(event, () => (from = performance.now()), { capture: true, once: true })
        const look = (): void => {
          const after = now()
          if (from > 0 && after !== null && after !== before)
            requestAnimationFrame(() => resolve(performance.now() - from))
          else requestAnimationFrame(look)
        }
        look()
      }),
    { event, selector, attribute }
  )
  await page.waitForTimeout(100)
  await act()
  return time
}

/** Milliseconds between two frames while the map is dragged about: of 20 frames the slowest. */
async function slowFrame(page: Page): Promise<number> {
  const box = (await page.getByRole('img', { name: /^Map of/ }).boundingBox())!
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  await page.mouse.move(...at(0.5, 0.5))
  await page.mouse.down()
  const frames = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = []
        let last = performance.now()
        let moving = true
        addEventListener('pointerup', () => (moving = false), { capture: true, once: true })
        const next = (): void => {
          gaps.push(performance.now() - last)
          last = performance.now()
          if (moving) requestAnimationFrame(next)
          else resolve(gaps)
        }
        requestAnimationFrame(next)
      })
  )
  const corners = [
    [0.7, 0.6],
    [0.3, 0.4],
    [0.6, 0.7],
    [0.5, 0.5]
  ] as const
  for (const [x, y] of corners) await page.mouse.move(...at(x, y), { steps: 25 })
  await page.mouse.up()
  const sorted = (await frames).sort((a, b) => a - b)
  return sorted[Math.floor(SLOW * sorted.length)]!
}
