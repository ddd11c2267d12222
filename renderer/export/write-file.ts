import type { JobOutcome } from '../../core/contract/calls.ts'
import type { OpenedFile } from '../../core/contract/host.ts'
import type { AnalysisInfo } from '../../core/contract/session.ts'
import { outcomeOf } from '../app/job-outcome.svelte.ts'
import { session } from '../app/session.svelte.ts'
import { formatBytes } from '../ui/format.ts'
import { saved } from './saved.svelte.ts'

type Done = Extract<JobOutcome, { state: 'done' }>

/** Asks where to write; null where a person thought better of it. */
export function askForFile(stem: string, extension: string, kind: string): Promise<OpenedFile | null> {
  return window.host.saveFile(`${stem}.${extension}`, [{ name: kind, extensions: [extension] }])
}

/** The end of a job that writes; null where it failed or was cancelled, which has been said as the job's end. */
export async function finished(started: Promise<{ jobId: string }>): Promise<Done | null> {
  const outcome = await outcomeOf((await started).jobId)
  return outcome.state === 'done' ? outcome : null
}

/** Says what was written: in the head of the result, or to who went on to something else. */
export function sayWritten({ id }: AnalysisInfo, file: OpenedFile, bytes: number): void {
  if (session.view.current?.id === id) return saved.say(file.name, bytes)
  session.toast = {
    text: `Saved ${file.name}, ${formatBytes(bytes)}`,
    action: 'Show its result',
    run: () => session.show({ type: 'analysis', id })
  }
}
