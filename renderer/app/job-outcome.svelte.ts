import type { JobOutcome } from '../../core/contract/calls.ts'
import { session } from './session.svelte.ts'

/** How a job of this window ends; the end may be known before it is asked for. */
export function outcomeOf(jobId: string): Promise<JobOutcome> {
  return new Promise((resolve) => {
    const stop = $effect.root(() => {
      $effect(() => {
        const outcome = session.outcomes[jobId]
        if (!outcome) return
        resolve(outcome)
        queueMicrotask(() => stop())
      })
    })
  })
}
