import type { Recent } from '../../core/contract/session.ts'
import { call } from './api.ts'
import { session } from './session.svelte.ts'

/** As many as a menu takes. */
const IN_MENU = 8

/** Sessions opened before, newest first, without the one in sight: for the start page, the palette and the menu. */
class Recents {
  entries = $state.raw<Recent[]>([])
  #asked = 0

  /** Asks again. Of several answers under way the one asked for last counts; where there is none, what was known stays. */
  async load(): Promise<void> {
    const asked = ++this.#asked
    const answer = await session.attempt('Recent sessions could not be listed', () => call('recent.list', {}))
    if (!answer || asked !== this.#asked) return
    this.entries = answer
    const shown = this.entries.filter((entry) => !entry.missing).slice(0, IN_MENU)
    void window.host.setRecents(shown.map(({ id, name, folder }) => ({ id, name, folder })))
  }
}

export const recents = new Recents()
