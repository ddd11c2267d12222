import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import '../../core/engine/kernel-flags.ts'
import { Kernels, useKernels } from '../../core/linalg/kernels/kernels.ts'
import { pinThisThread } from './pinning.ts'

/** Threads over one memory as the app has them, the leader on processor 0 and each helper on one of its own. */
export class Team {
  readonly kernels: Kernels
  /** whether every thread stays on its processor */
  readonly pinned: boolean

  private constructor(kernels: Kernels, pinned: boolean) {
    this.kernels = kernels
    this.pinned = pinned
  }

  static async gather(threads: number): Promise<Team> {
    const kernels = new Kernels(threads)
    let pinned = pinThisThread(0)
    for (let thread = 1; thread < threads; thread++) {
      const helper = new Worker(new URL('./team-member.ts', import.meta.url), { workerData: kernels.invite(thread) })
      const [helperPinned] = (await once(helper, 'message')) as [boolean]
      pinned &&= helperPinned
      helper.unref()
    }
    return new Team(kernels, pinned)
  }

  /** The routines called by `work` use this team; what they allocate is given back afterwards. */
  run<T>(work: (kernels: Kernels) => T): T {
    useKernels(this.kernels)
    try {
      return this.kernels.memory.frame(() => work(this.kernels))
    } finally {
      useKernels(undefined)
    }
  }

  dissolve(): void {
    this.kernels.dissolve()
  }
}
