import { expect, it } from 'vitest'
import type { EngineEvent, JobOutcome } from '../../../core/contract/calls.ts'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { JobQueue } from '../../../core/engine/jobs.ts'

/** Runs one piece of work and returns how it ended. */
async function outcomeOf(work: (stopped: Promise<void>) => Promise<object>, cancel: boolean): Promise<JobOutcome> {
  return new Promise((resolve) => {
    const emit = (event: EngineEvent): void => {
      if (event.event === 'job.finished') resolve(event.outcome)
    }
    const jobs = new JobQueue(emit)
    const id = jobs.add({ kind: 'analysis', name: 'work' }, (control) =>
      work(new Promise((stop) => control.onCancel(stop)))
    )
    if (cancel) jobs.cancel(id)
  })
}

const failWhenStopped = async (stopped: Promise<void>): Promise<object> => {
  await stopped
  // What a session that was closed meanwhile says.
  throw new TypeError('The database connection is not open')
}

it('calls work that fails after it was cancelled cancelled', async () => {
  expect(await outcomeOf(failWhenStopped, true)).toEqual({ state: 'cancelled' })
})

it('calls work that fails by itself failed', async () => {
  const outcome = await outcomeOf(async () => Promise.reject(new TypeError('oh')), false)
  expect(outcome).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } })
})

it('calls work failed whose result was shown and could not be stored, also where it was cancelled in between', async () => {
  const outcome = await new Promise<JobOutcome>((resolve) => {
    const jobs = new JobQueue((event) => {
      if (event.event === 'job.shown') jobs.cancel(event.job.id)
      if (event.event === 'job.finished') resolve(event.outcome)
    })
    jobs.add({ kind: 'analysis', name: 'work' }, async ({ show }) => {
      await show({ analysisId: 'a' })
      throw new EigendeskError('DISK_FULL')
    })
  })
  expect(outcome).toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } })
})

it('keeps what had finished before it was cancelled', async () => {
  const finish = async (stopped: Promise<void>): Promise<object> => stopped.then(() => ({ datasetId: 'd' }))
  expect(await outcomeOf(finish, true)).toEqual({ state: 'done', datasetId: 'd' })
})

it('tells how far a file is read for as long as the work goes through one', async () => {
  const told: unknown[] = []
  await new Promise<void>((resolve) => {
    const jobs = new JobQueue((event) => {
      if (event.event === 'job.progress') told.push(structuredClone(event.job.bytes))
      else if (event.event === 'job.finished') resolve()
    })
    jobs.add({ kind: 'import', name: 'work' }, ({ progress }) => {
      progress('Reading', 0.5, undefined, { done: 1, total: 2 })
      progress('Thinking', 0)
      return Promise.resolve({})
    })
  })
  expect(told).toEqual([undefined, { done: 1, total: 2 }, undefined])
})
