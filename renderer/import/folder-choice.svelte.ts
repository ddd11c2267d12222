import { toErrorData, type ErrorData } from '../../core/contract/errors.ts'
import type { OpenedFolder } from '../../core/contract/host.ts'
import { movieLensFormOf, movieLensForms, type MovieLensPreview } from '../../core/contract/movielens.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { importQueue } from './import-queue.svelte.ts'

/** A dropped folder, and which of its tables are to be opened. */
class FolderChoice {
  folder = $state.raw<OpenedFolder | null>(null)
  chosen = $state.raw<string[]>([])

  /** the ratings are to be joined with the titles of their movies */
  joined = $state(false)
  /** what the join would give; null until it is known */
  preview = $state.raw<MovieLensPreview | null>(null)
  failure = $state.raw<ErrorData | null>(null)
  movieLens = $derived(movieLensFormOf(this.folder?.files.map(({ name }) => name) ?? []))

  open(folder: OpenedFolder): void {
    this.folder = folder
    this.joined = this.movieLens !== null
    void this.#look()
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

  async #look(): Promise<void> {
    const { folder } = this
    this.preview = null
    this.failure = null
    const files = this.#movieLensFiles()
    if (!files) return
    try {
      const preview = await call('import.previewMovieLens', files)
      if (this.folder === folder) this.preview = preview
    } catch (thrown) {
      if (this.folder !== folder) return
      this.failure = toErrorData(thrown)
      this.joined = false
    }
  }

  async #join(): Promise<void> {
    const { folder } = this
    const files = this.#movieLensFiles()
    if (!folder || !files) return
    await session.attempt(`${folder.name} was not imported`, () =>
      call('import.movieLens', { ...files, name: folder.name })
    )
  }

  #movieLensFiles() {
    const { folder, movieLens: form } = this
    if (!folder || !form) return null
    const tokenOf = (name: string): string => folder.files.find((file) => file.name === name)?.token ?? ''
    const { ratings, items } = movieLensForms[form]
    return { form, ratings: tokenOf(ratings), items: tokenOf(items) }
  }
}

export const folderChoice = new FolderChoice()
