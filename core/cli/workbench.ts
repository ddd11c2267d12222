import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, extname, join, resolve } from 'node:path'
import type { z } from 'zod'
import type { AnalysisKind } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import { exportFormatSchema, type exportChoicesSchema } from '../contract/export.ts'
import type { Step } from '../contract/preparation.ts'
import type { DatasetInfo } from '../contract/session.ts'
import type { StudyRecord } from '../contract/study-calls.ts'
import type { StudyKind } from '../contract/study.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import { LocalClient } from '../engine/local-client.ts'

/** The engine with a session of its own that is gone afterwards. */
export class Workbench {
  readonly client: LocalClient
  readonly #engine: Engine
  readonly #folder: string

  /** @param computeUrl what the workers run: beside the command line as it is built */
  constructor(say: (words: string) => void, computeUrl = new URL('./compute.js', import.meta.url)) {
    this.#folder = mkdtempSync(join(tmpdir(), 'eigendesk-'))
    this.#engine = createEngine({
      userDataDir: this.#folder,
      resourcesDir: this.#folder,
      computeUrl
    })
    this.client = new LocalClient(this.#engine)
    let last = ''
    this.client.onEvent((event) => {
      if (event.event !== 'job.progress') return
      const line = `${event.job.name}: ${event.job.phase} ${Math.floor(event.job.fraction * 10) * 10} %`
      if (line !== last) say(line)
      last = line
    })
  }

  /** Imports a whole file as it was understood; types are told from all of it. */
  async open(path: string): Promise<DatasetInfo> {
    const file = this.client.grant(resolve(path), 'read')
    const preview = await this.client.call('import.preview', { file })
    const { jobId } = await this.client.call('import.commit', {
      file,
      name: basename(path, extname(path)),
      dialect: preview.dialect,
      columns: null,
      ragged: preview.ragged
    })
    const { datasetId } = await this.client.finish(jobId)
    const { datasets } = await this.client.call('session.get', {})
    return datasets.find((d) => d.id === datasetId)!
  }

  /** Derives a dataset by steps. */
  async prepare(dataset: DatasetInfo, steps: Step[]): Promise<DatasetInfo> {
    const name = `${dataset.name} prepared`
    const { jobId } = await this.client.call('preparation.derive', { datasetId: dataset.id, steps, name })
    const { datasetId } = await this.client.finish(jobId)
    const { datasets } = await this.client.call('session.get', {})
    return datasets.find((d) => d.id === datasetId)!
  }

  /** Writes a dataset, or some of its columns, in the format that the file's ending says. Returns the bytes.
   * @throws USAGE where the ending says none */
  async writeDataset(
    dataset: DatasetInfo,
    path: string,
    choices: z.input<typeof exportChoicesSchema> = {},
    columns: string[] | null = null
  ): Promise<number> {
    const format = exportFormatSchema.safeParse(extname(path).slice(1).toLowerCase())
    if (!format.success) {
      const endings = exportFormatSchema.options.map((ending) => `.${ending}`).join(', ')
      throw new EigendeskError('USAGE', { reason: `${basename(path)}: the ending says the format, one of ${endings}.` })
    }
    const { jobId } = await this.client.call('export.dataset', {
      datasetId: dataset.id,
      format: format.data,
      choices,
      columns,
      rows: { kind: 'all' },
      file: this.client.grant(resolve(path), 'write')
    })
    return (await this.client.finish(jobId)).bytes ?? 0
  }

  /** Runs an analysis and returns its id. */
  async run(dataset: DatasetInfo, kind: AnalysisKind, params: Record<string, unknown>): Promise<string> {
    const { jobId } = await this.client.call('analysis.run', { datasetId: dataset.id, kind, params })
    const { analysisId } = await this.client.finish(jobId)
    return analysisId!
  }

  /** Runs a study of a result and returns what was stored; its arrays are read under "<kind>.<name>". */
  async study(analysisId: string, kind: StudyKind, params: Record<string, unknown> = {}): Promise<StudyRecord> {
    const { jobId } = await this.client.call('study.run', { analysisId, kind, params })
    await this.client.finish(jobId)
    return (await this.client.call('study.get', { analysisId, kind }))!
  }

  /** Writes every table of a result, as CSV and as JSON, as the app does. */
  async exportAll(analysisId: string, folder: string, stem: string, say: (words: string) => void): Promise<void> {
    const into = resolve(folder)
    try {
      mkdirSync(into, { recursive: true })
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      throw new EigendeskError('FILE_NOT_WRITABLE', { file: folder, reason })
    }
    for (const { name } of await this.client.call('export.tables', { analysisId })) {
      for (const format of ['csv', 'json'] as const) {
        const path = join(into, `${stem}-${name}.${format}`)
        const file = this.client.grant(path, 'write')
        const { jobId } = await this.client.call('export.table', { analysisId, table: name, format, file })
        await this.client.finish(jobId)
        say(`Wrote ${path}`)
      }
    }
  }

  async close(): Promise<void> {
    await this.#engine.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
