import type { Theme } from '../../core/contract/host.ts'
import { call } from './api.ts'
import { session } from './session.svelte.ts'
import { INSPECTOR, RAIL } from './side-widths.ts'

/** An object of the tree by its kind and id. */
export interface ObjectRef {
  type: 'dataset' | 'analysis'
  id: string
  name: string
}

/** Below this width the inspector lies over the main area instead of beside it. */
const OVERLAY_BELOW_PX = 1100

/** A stored width, or the usual one; never beyond the bounds, whatever another version stored. */
function within(width: number | undefined, { min, max, usual }: { min: number; max: number; usual: number }): number {
  return Math.max(min, Math.min(max, width ?? usual))
}

/** What is open over or instead of the chosen object. Nothing here is stored with the session. */
class Screen {
  palette = $state(false)
  shortcuts = $state(false)
  glossary = $state(false)
  renaming = $state.raw<ObjectRef | null>(null)
  checkpoints = $state(false)
  width = $state(OVERLAY_BELOW_PX)
  theme = $state<Theme>('system')
  #overlayOpen = $state(false)
  /** a look aside from the chosen object; it ends as soon as anything is chosen */
  #aside = $state.raw<{ to: 'start' | { job: string }; from: unknown } | null>(null)

  narrow = $derived(this.width < OVERLAY_BELOW_PX)
  aside = $derived.by(() => {
    if (this.#aside?.from !== session.view.current) return null
    const to = this.#aside?.to ?? null
    // A run that ended, well or not, is no longer something to look at.
    return typeof to === 'object' && !session.jobs.some((job) => job.id === to?.job) ? null : to
  })
  railWidth = $derived(within(session.view.railWidth, RAIL))
  inspectorWidth = $derived(within(session.view.inspectorWidth, INSPECTOR))
  inspectorOpen = $derived(this.narrow ? this.#overlayOpen : session.view.inspectorOpen)

  /** The choices of the start page, also with datasets open. */
  showStart(): void {
    this.#aside = { to: 'start', from: session.view.current }
  }

  /** The run under way in the main area. */
  showJob(id: string): void {
    this.#aside = { to: { job: id }, from: session.view.current }
  }

  endAside(): void {
    this.#aside = null
  }

  toggleRail(): void {
    session.view.railOpen = !session.view.railOpen
    session.saveView()
  }

  toggleInspector(): void {
    if (this.narrow) {
      this.#overlayOpen = !this.#overlayOpen
      return
    }
    session.view.inspectorOpen = !session.view.inspectorOpen
    session.saveView()
  }

  resizeRail(width: number): void {
    session.view.railWidth = width
    session.saveView()
  }

  resizeInspector(width: number): void {
    session.view.inspectorWidth = width
    session.saveView()
  }

  async loadTheme(): Promise<void> {
    const { value } = await call('setting.get', { key: 'theme' })
    await this.#useTheme(value === 'light' || value === 'dark' ? value : 'system')
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.#useTheme(theme)
    await session.attempt('The theme could not be stored', () => call('setting.set', { key: 'theme', value: theme }))
  }

  async #useTheme(theme: Theme): Promise<void> {
    this.showTheme(theme)
    await window.host.setTheme(theme)
  }

  /** In this window alone: the choice was made, and stored, in another. */
  showTheme(theme: Theme): void {
    this.theme = theme
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }
}

export const screen = new Screen()
