import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { EngineEvent } from '../../../core/contract/calls.ts'
import { EigendeskError } from '../../../core/contract/errors.ts'
import { JobQueue } from '../../../core/engine/jobs.ts'
import { SlowWork, type WorkControl } from '../../../core/engine/slow-work.ts'

/** Work that ends when it is told to, or when it is stopped. */
function openWork() {
  let finish: (answer: string) => void = () => undefined
  const work = (control: WorkControl): Promise<string> =>
    new Promise((resolve, reject) => {
      finish = resolve
      const cancel = (): void => reject(new EigendeskError('CANCELLED'))
      control.follow({ done: new Promise(() => undefined), cancel, release: () => undefined })
    })
  return { work, finish: (answer: string) => finish(answer) }
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((thrown: unknown) => (thrown instanceof EigendeskError ? thrown.data.code : thrown))

describe('work a call waits for', () => {
  it('takes the place of the one of its kind that is under way', async () => {
    const slow = new SlowWork(new JobQueue(() => undefined))
    const first = codeOf(slow.run('sort', { name: 'first' }, openWork().work))
    const other = openWork()
    const beside = slow.run('find', { name: 'beside' }, other.work)
    const second = slow.run('sort', { name: 'second' }, () => Promise.resolve('sorted'))
    other.finish('found')
    expect(await Promise.all([first, second, beside])).toEqual(['CANCELLED', 'sorted', 'found'])
  })

  it('is a job once it lasts, and is stopped as one; what is over at once is none', async () => {
    const events: EngineEvent[] = []
    const jobs = new JobQueue((event) => events.push(event))
    const slow = new SlowWork(jobs)
    await slow.run('sort', { name: 'short' }, () => Promise.resolve(1))
    const long = codeOf(slow.run('sort', { name: 'long' }, openWork().work))
    while (jobs.list().length === 0) await wait(20)
    expect(jobs.list().map((job) => [job.kind, job.name])).toEqual([['look', 'long']])
    jobs.cancel(jobs.list()[0]!.id)
    expect(await long).toBe('CANCELLED')
    while (jobs.list().length > 0) await wait(5)
    const ends = events.flatMap((event) => (event.event === 'job.finished' ? [event.outcome.state] : []))
    expect(ends).toEqual(['cancelled'])
  })
})
