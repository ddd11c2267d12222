import { createEngine, type Engine } from '../../core/engine/engine.ts'
import { LocalClient } from '../../core/engine/local-client.ts'

/** The engine as the app and the command line use it, to import with. */
export class ImportBench {
  readonly #engine: Engine
  readonly #client: LocalClient

  /** @param folder for the sessions */
  constructor(folder: string) {
    const computeUrl = new URL('../../core/engine/compute.ts', import.meta.url)
    this.#engine = createEngine({ userDataDir: folder, resourcesDir: folder, computeUrl })
    this.#client = new LocalClient(this.#engine)
  }

  /** From the file to stored columns in a new session: the dialect detected, the types told, the statistics taken, the
   * digest made, the last transaction on the disk. Returns milliseconds. */
  async importOnce(path: string): Promise<number> {
    await this.#client.call('session.new', {})
    const file = this.#client.grant(path, 'read')
    const start = performance.now()
    const { dialect, ragged } = await this.#client.call('import.preview', { file })
    const order = { file, name: 'table', dialect, columns: null, ragged }
    const { jobId } = await this.#client.call('import.commit', order)
    await this.#client.finish(jobId)
    return performance.now() - start
  }

  async close(): Promise<void> {
    await this.#engine.close()
  }
}
