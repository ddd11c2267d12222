import AxeBuilder from '@axe-core/playwright'
import { expect } from '@playwright/test'
import type { LaunchedApp } from './launch.ts'

/** What depends on colours; the rest is the same in both themes. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** Runs axe on what is on screen: every rule in light, those of colours again in dark. */
export async function checkAccessibility(
  { app, page }: Pick<LaunchedApp, 'app' | 'page'>,
  view: string
): Promise<void> {
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
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    const { violations } = await (theme === 'dark' ? axe.withRules(OF_COLOURS) : axe).analyze()
    const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`)
    expect(found, `${view}, ${theme}`).toEqual([])
  }
}
