import { toErrorData, type ErrorData } from '../../core/contract/errors.ts'
import type { OpenedFile } from '../../core/contract/host.ts'
import type { ColumnType, DialectOverrides, Preview, RaggedPolicy } from '../../core/contract/table.ts'
import { call } from '../app/api.ts'
import { session } from '../app/session.svelte.ts'
import { baseName } from './base-name.ts'
import { importQueue } from './import-queue.svelte.ts'

/** Under this a new reading comes without a word; then its phase is shown. */
const QUIET_MS = 300

/** A file as it is being understood: what was found, what a person changed, and the import once it was asked for. */
export class ImportPreview {
  readonly file: OpenedFile
  /** the last reading that worked; stays on the screen while the next is made */
  preview = $state.raw<Preview | null>(null)
  failure = $state.raw<ErrorData | null>(null)
  /** a reading has been under way for longer than a blink */
  slow = $state(false)
  jobId = $state<string | null>(null)

  #overrides = $state.raw<DialectOverrides>({})
  #types = $state.raw<Record<string, ColumnType>>({})
  #ragged = $state.raw<RaggedPolicy | null>(null)
  #fromLine = $state(1)
  #asked = 0
  #newest: Promise<void> = Promise.resolve()
  #committing = false
  #isLeft = false

  /** line of the file from which the rows are shown */
  get fromLine(): number {
    return this.#fromLine
  }

  changed = $derived(
    Object.keys(this.#overrides).length > 0 || Object.keys(this.#types).length > 0 || this.#ragged !== null
  )
  job = $derived(session.jobs.find((job) => job.id === this.jobId) ?? null)
  partial = $derived(this.preview !== null && this.preview.bytesRead < this.preview.fileBytes)

  constructor(file: OpenedFile) {
    this.file = file
  }

  /** Reads the file again with what was changed; an answer that is no longer the newest is dropped. */
  read(): Promise<void> {
    this.#newest = this.#read()
    return this.#newest
  }

  async #read(): Promise<void> {
    const asked = ++this.#asked
    const timer = setTimeout(() => (this.slow = true), QUIET_MS)
    try {
      const preview = await call('import.preview', {
        file: this.file.token,
        dialect: this.#overrides,
        types: this.#types,
        ...(this.#fromLine > 1 && { fromLine: this.#fromLine }),
        ...(this.#ragged && { ragged: this.#ragged })
      })
      if (asked !== this.#asked) return
      this.preview = preview
      this.failure = null
    } catch (thrown) {
      if (asked === this.#asked) this.failure = toErrorData(thrown)
    } finally {
      clearTimeout(timer)
      if (asked === this.#asked) this.slow = false
    }
  }

  /** Another delimiter, header, … Types chosen for the columns as they were no longer fit where the columns change,
   * nor what a person said of runs of another delimiter. */
  changeDialect(overrides: DialectOverrides): void {
    const { repeated, ...others } = this.#overrides
    const kept = overrides.delimiter === undefined || repeated === undefined ? this.#overrides : others
    this.#overrides = { ...kept, ...overrides }
    const moved = ['delimiter', 'repeated', 'quote', 'escape'].some((part) => part in overrides)
    if (moved) this.#types = {}
    void this.read()
  }

  changeType(column: number, type: ColumnType): void {
    this.#types = { ...this.#types, [column]: type }
    void this.read()
  }

  changeRagged(policy: RaggedPolicy): void {
    this.#ragged = policy
    void this.read()
  }

  /** Shows the rows from a line of the file on, which a problem may be far down in. */
  async showFrom(line: number): Promise<void> {
    this.#fromLine = Math.max(1, line)
    await this.read()
  }

  /** Back to what was understood without help. */
  reset(): void {
    this.#overrides = {}
    this.#types = {}
    this.#ragged = null
    void this.read()
  }

  /** Imports as it was understood, with everything that was changed up to now. */
  async commit(): Promise<void> {
    if (this.#committing || this.jobId) return
    this.#committing = true
    try {
      await this.#settled()
      if (!this.#isLeft && this.failure === null && this.preview) await this.#import(this.preview)
    } finally {
      this.#committing = false
    }
  }

  /** What is on the screen may still be what was understood before the last change. */
  async #settled(): Promise<void> {
    for (let newest: Promise<void> | null = null; newest !== this.#newest;) {
      newest = this.#newest
      await newest
    }
  }

  async #import(preview: Preview): Promise<void> {
    // Where only the first part was looked at, the rest of the file has a say in the types nobody chose.
    const whole = preview.bytesRead >= preview.fileBytes
    const started = await session.attempt(`${this.file.name} was not imported`, () =>
      call('import.commit', {
        file: this.file.token,
        name: baseName(this.file.name),
        dialect: preview.dialect,
        columns: whole ? preview.columns.map(({ name, type }, index) => ({ index, name, type })) : null,
        types: this.#types,
        ragged: preview.ragged
      })
    )
    if (started) this.jobId = started.jobId
  }

  async cancel(): Promise<void> {
    const { jobId } = this
    if (jobId) await session.attempt('The import could not be cancelled', () => call('job.cancel', { jobId }))
    else importQueue.next()
  }

  /** Called when it is looked at no longer: what was read ahead of the import is given up. */
  leave(): void {
    this.#isLeft = true
    call('import.dismiss', { file: this.file.token }).catch(() => undefined)
  }

  /** Called when the import ended: a finished one closes the preview, any other can be tried again. */
  ended(done: boolean): void {
    this.jobId = null
    if (done) importQueue.next()
  }
}
