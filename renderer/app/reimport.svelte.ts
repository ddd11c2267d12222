import type { Difference } from '../../core/contract/reimport.ts'
import type { DatasetInfo } from '../../core/contract/session.ts'
import { call } from './api.ts'
import { session } from './session.svelte.ts'

/** How far reading a file again has come. */
type Step =
  | { at: 'looking' | 'same' | 'missing' }
  | { at: 'reading'; jobId: string }
  | { at: 'differs'; comparisonId: string; difference: Difference }

/** The file of one dataset, read again. */
class Reimport {
  dataset = $state.raw<DatasetInfo | null>(null)
  step = $state.raw<Step>({ at: 'looking' })

  /** Looks whether the file changed. file: where it is now, chosen by the person. */
  async start(dataset: DatasetInfo, file?: string): Promise<void> {
    this.dataset = dataset
    this.step = { at: 'looking' }
    const answer = await session.attempt(`${dataset.source.fileName} was not read again`, () =>
      call('reimport.start', file === undefined ? { datasetId: dataset.id } : { datasetId: dataset.id, file })
    )
    if (this.dataset !== dataset) return
    if (!answer) this.dataset = null
    else if (answer.state !== 'reading') this.step = { at: answer.state }
    else if (answer.jobId !== undefined) this.step = { at: 'reading', jobId: answer.jobId }
  }

  /** Another place of the file, or another file. */
  async chooseFile(): Promise<void> {
    const { dataset } = this
    const file = await window.host.openFile()
    if (dataset && file) await this.start(dataset, file.token)
  }

  /** The reading has ended, in whatever way; a failure is told as that of every job. */
  async finish(jobId: string): Promise<void> {
    const outcome = session.outcomes[jobId]
    if (!outcome) return
    const comparisonId = outcome.state === 'done' ? outcome.comparisonId : undefined
    if (outcome.state !== 'done') this.dataset = null
    else if (comparisonId === undefined) this.step = { at: 'same' }
    else {
      const difference = await session.attempt('The difference could not be read', () =>
        call('reimport.difference', { comparisonId })
      )
      if (difference) this.step = { at: 'differs', comparisonId, difference }
      else this.dataset = null
    }
  }

  async accept(): Promise<void> {
    const { dataset, step } = this
    if (!dataset || step.at !== 'differs') return
    const { comparisonId } = step
    this.dataset = null
    const accepted = await session.attempt(`The new version of ${dataset.name} was not imported`, () =>
      call('reimport.accept', { comparisonId })
    )
    if (!accepted) return
    await session.attempt('The session could not be read', () => session.refresh())
    session.show({ type: 'dataset', id: accepted.datasetId })
  }

  /** Leaves everything as it is; what is still being read is cancelled. */
  close(): void {
    const { step } = this
    this.dataset = null
    const left =
      step.at === 'reading'
        ? call('job.cancel', { jobId: step.jobId })
        : step.at === 'differs'
          ? call('reimport.discard', { comparisonId: step.comparisonId })
          : Promise.resolve()
    void left.catch(() => undefined)
  }
}

/** A dataset made from another has no file of its own. */
export const canReimport = (dataset: DatasetInfo | null): boolean => dataset !== null && dataset.preparation === null

export const reimport = new Reimport()
