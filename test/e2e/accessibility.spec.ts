import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { irisFile, main, openSample, startAnalysis, tab, treeItem } from './analyst.ts'
import { dropFile, launchApp } from './launch.ts'

/** Runs axe on what is on screen, light and dark. */
async function check(page: Page, view: string, app: Awaited<ReturnType<typeof launchApp>>['app']): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await app.evaluate(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme)
    await page.waitForFunction((dark) => matchMedia('(prefers-color-scheme: dark)').matches === dark, theme === 'dark')
    // A colour halfway through its transition is not the one a person reads; after two frames every transition has begun.
    await page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
      for (const animation of document.getAnimations()) {
        if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
      }
    })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`)
    expect(found, `${view}, ${theme}`).toEqual([])
  }
}

test('every view passes axe, light and dark', async () => {
  test.setTimeout(240_000)
  const { page, app, close } = await launchApp()
  await expect(page.getByRole('heading', { name: 'Open a table' })).toBeVisible()
  await check(page, 'start', app)

  await openSample(page, /^4 users × 5 movies/, 'Preferences, 2 factors')
  for (const name of await main(page).getByRole('tab').allInnerTexts()) {
    await tab(page, name).click()
    await check(page, `factorization ${name}`, app)
  }

  await dropFile(page, irisFile, 'main')
  await expect(page.getByRole('button', { name: 'Import 150 rows' })).toBeVisible()
  await check(page, 'import', app)
  await page.getByRole('button', { name: 'Import 150 rows' }).click()
  await expect(tab(page, 'Table')).toBeVisible()
  for (const name of await main(page).getByRole('tab').allInnerTexts()) {
    await tab(page, name).click()
    await check(page, `dataset ${name}`, app)
  }

  await main(page).getByRole('button', { name: 'Prepare' }).click()
  const steps = page.getByRole('dialog', { name: 'Prepare iris' })
  await check(page, 'preparation without a step', app)
  for (const step of ['Filter rows', 'Fill missing cells', 'Rename a column']) {
    await steps.getByRole('button', { name: 'Add a step' }).click()
    await page.getByRole('menuitem', { name: step }).click()
    await check(page, `preparation, ${step}`, app)
  }
  await page.keyboard.press('Escape')

  const dialog = await startAnalysis(page, 'Principal components')
  await check(page, 'new analysis', app)
  await dialog.getByRole('button', { name: 'Run' }).click()
  await expect(tab(page, 'Overview')).toBeVisible()
  for (const name of await main(page).getByRole('tab').allInnerTexts()) {
    await tab(page, name).click()
    await check(page, `PCA ${name}`, app)
  }
  await page.keyboard.press('Control+k')
  await check(page, 'palette', app)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+?')
  await check(page, 'shortcuts', app)
  await page.keyboard.press('Escape')
  await treeItem(page, 'PCA, unscaled')
    .getByRole('button', { name: /^Actions/ })
    .click()
  await check(page, 'menu', app)
  await close()
})
