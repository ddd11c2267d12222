import { Worker } from 'node:worker_threads'
import { Kernels, useKernels } from '../../../core/linalg/kernels/kernels.ts'

/** Runs work with a team of so many threads; what it returns must not live in the team's memory. */
export async function withTeam<T>(threads: number, work: (kernels: Kernels) => T): Promise<T> {
  const team = new Kernels(threads)
  const url = new URL('../../../core/engine/team-member.ts', import.meta.url)
  const helpers = Array.from({ length: threads - 1 }, (_, at) => new Worker(url, { workerData: team.invite(at + 1) }))
  await Promise.all(helpers.map((helper) => new Promise((ready) => helper.once('online', ready))))
  useKernels(team)
  try {
    return work(team)
  } finally {
    useKernels(undefined)
    team.dissolve()
    await Promise.all(helpers.map((helper) => new Promise((ended) => helper.once('exit', ended))))
  }
}
