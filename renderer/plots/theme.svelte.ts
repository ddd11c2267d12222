import type { PlotTheme } from './theme.ts'

function read(): PlotTheme {
  const style = getComputedStyle(document.documentElement)
  const role = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  const steps = (name: string, from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, i) => role(`${name}-${from + i}`))
  return {
    surface: role('surface'),
    text: role('text'),
    textSecondary: role('text-secondary'),
    textMuted: role('text-muted'),
    accent: role('accent'),
    grid: role('plot-grid'),
    zero: role('plot-zero'),
    axis: role('plot-axis'),
    ink: role('plot-ink'),
    dim: Number(role('plot-dim')),
    mark: role('mark'),
    markSoft: role('mark-soft'),
    markStrong: role('mark-strong'),
    categories: steps('cat', 1, 8),
    viridis: steps('viridis', 0, 9),
    diverging: [role('div-neg-2'), role('div-neg-1'), role('div-zero'), role('div-pos-1'), role('div-pos-2')],
    font: role('font-ui')
  }
}

/** The roles of one theme whatever is on: pictures for paper. The switch and the reading happen between two frames. */
export function readTheme(name: 'light' | 'dark'): PlotTheme {
  const root = document.documentElement
  const before = root.dataset['theme']
  root.dataset['theme'] = name
  const theme = read()
  if (before === undefined) delete root.dataset['theme']
  else root.dataset['theme'] = before
  return theme
}

class ThemeStore {
  current = $state.raw<PlotTheme>(read())

  constructor() {
    const follow = (): void => {
      const next = read()
      if (JSON.stringify(next) !== JSON.stringify(this.current)) this.current = next
    }
    for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
      matchMedia(query).addEventListener('change', follow)
    }
    new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ['data-theme'] })
  }
}

/** Follows the system and the theme chosen in the settings. */
export const plotTheme = new ThemeStore()
