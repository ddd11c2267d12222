import type { OpenedFolder } from '../../core/contract/host.ts'
import { movieLensFormOf, movieLensForms } from '../../core/contract/movielens.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { importQueue } from './import-queue.svelte.ts'

/** A dropped folder, and which of its tables are to be opened. */
class FolderChoice {
  folder = $state.raw<OpenedFolder | null>(null)
  chosen = $state.raw<string[]>([])

  /** the ratings are to be joined with the titles of their movies */
  joined = $state(false)
  movieLens = $derived(movieLensFormOf(this.folder?.files.map(({ name }) => name) ?? []))

  open(folder: OpenedFolder): void {
    this.folder = folder
    this.joined = this.movieLens !== null
    this.chosen = folder.files.length === 1 ? folder.files.map(({ token }) => token) : []
  }

  set(token: string, on: boolean): void {
    this.chosen = on ? [...this.chosen, token] : this.chosen.filter((other) => other !== token)
  }

  accept(): void {
    if (this.movieLens && this.joined) void this.#join()
    importQueue.add(this.folder?.files.filter(({ token }) => this.chosen.includes(token)) ?? [])
    this.folder = null
  }

  async #join(): Promise<void> {
    const { folder, movieLens: form } = this
    if (!folder || !form) return
    const tokenOf = (name: string): string => folder.files.find((file) => file.name === name)?.token ?? ''
    const { ratings, items } = movieLensForms[form]
    await session.attempt(`${folder.name} was not imported`, () =>
      call('import.movieLens', { form, ratings: tokenOf(ratings), items: tokenOf(items), name: folder.name })
    )
  }
}

export const folderChoice = new FolderChoice()
