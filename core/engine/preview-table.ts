import type { TableView } from '../contract/table.ts'
import type { SessionFile } from '../session/session-file.ts'
import { readTable } from './read-table.ts'

/** The table is let go when nothing was asked of it for so long. */
const KEPT_MS = 20_000

/** The table whose preparation is being written: read once for the many questions that follow each other. Datasets never change. */
export class PreviewTable {
  #kept: { session: SessionFile; id: string; table: Promise<TableView> } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @throws what readTable throws */
  read(session: SessionFile, id: string, fileName: string): Promise<TableView> {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.#kept = undefined), KEPT_MS).unref()
    if (this.#kept?.session === session && this.#kept.id === id) return this.#kept.table
    const kept = { session, id, table: readTable(session, id, fileName, () => undefined) }
    this.#kept = kept
    kept.table.catch(() => {
      if (this.#kept === kept) this.#kept = undefined
    })
    return kept.table
  }
}
