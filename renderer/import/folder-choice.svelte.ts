import type { OpenedFolder } from '../../core/contract/host.ts'
import { importQueue } from './import-queue.svelte.ts'

/** A dropped folder, and which of its tables are to be opened. */
class FolderChoice {
  folder = $state.raw<OpenedFolder | null>(null)
  chosen = $state.raw<string[]>([])

  open(folder: OpenedFolder): void {
    this.folder = folder
    this.chosen = folder.files.length === 1 ? folder.files.map(({ token }) => token) : []
  }

  set(token: string, on: boolean): void {
    this.chosen = on ? [...this.chosen, token] : this.chosen.filter((other) => other !== token)
  }

  accept(): void {
    importQueue.add(this.folder?.files.filter(({ token }) => this.chosen.includes(token)) ?? [])
    this.folder = null
  }
}

export const folderChoice = new FolderChoice()
