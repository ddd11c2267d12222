import type { OpenedFile } from '../../core/contract/host.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { baseName } from './base-name.ts'

/** Files that came together: each is looked at in turn, or all that are left are taken as they are understood. */
class ImportQueue {
  /** those behind the one in sight */
  waiting = $state.raw<readonly OpenedFile[]>([])
  total = $state(1)

  /** which of how many is in sight, from 1 */
  position = $derived(this.total - this.waiting.length)

  add(files: readonly OpenedFile[]): void {
    const [first, ...rest] = files
    if (!first) return
    if (session.importing) {
      this.waiting = [...this.waiting, ...files]
      this.total += files.length
      return
    }
    this.waiting = rest
    this.total = files.length
    session.importing = first
  }

  /** The file in sight is done with: the next one comes into sight. */
  next(): void {
    const [first, ...rest] = this.waiting
    this.waiting = rest
    session.importing = first ?? null
  }

  /** Imports those that wait without a look at each; what was not taken as it stands is listed with each dataset. */
  async takeAll(): Promise<void> {
    const files = this.waiting
    this.waiting = []
    this.total -= files.length
    for (const { token, name } of files) {
      await session.attempt(`${name} was not imported`, async () => {
        const { dialect, ragged } = await call('import.preview', { file: token })
        await call('import.commit', { file: token, name: baseName(name), dialect, columns: null, ragged })
      })
    }
  }
}

export const importQueue = new ImportQueue()
