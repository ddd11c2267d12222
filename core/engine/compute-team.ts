import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { compileKernels, Kernels, useKernels } from '../linalg/kernels/kernels.ts'

/** More threads than this share no work that a person waits for. */
const MOST_THREADS = 16

/** A memory that grew beyond this is given back after the run that needed it: it cannot shrink. */
const MEMORY_KEPT = 512 * 2 ** 20

// A function of the kernels runs for as long as its matrix takes, and V8 does not replace one while it runs: it has to be
// the optimizing compiler's from the first call. It also keeps the bits the same from one run to the next.
setFlagsFromString('--no-liftoff')

/** The threads that a compute worker shares its matrices with, started when they are first needed. */
export class ComputeTeam {
  readonly #memberUrl: URL
  #kernels: Kernels | undefined

  /** @param memberUrl the module of a helper thread */
  constructor(memberUrl: URL) {
    this.#memberUrl = memberUrl
  }

  /** Makes the routines of this thread use the team. */
  assemble(): void {
    if (this.#kernels) return
    const threads = Math.min(availableParallelism(), MOST_THREADS)
    const kernels = new Kernels(threads, compileKernels())
    for (let thread = 1; thread < threads; thread++) {
      const helper = new Worker(this.#memberUrl, { workerData: kernels.invite(thread) })
      helper.unref()
    }
    this.#kernels = kernels
    useKernels(kernels)
  }

  /** After a run: gives a large memory back, and its threads with it. */
  rest(): void {
    if (!this.#kernels || this.#kernels.memory.size <= MEMORY_KEPT) return
    this.#kernels.dissolve()
    this.#kernels = undefined
    useKernels(undefined)
  }
}
