import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { compileKernels, Kernels, useKernels } from '../linalg/kernels/kernels.ts'
import './kernel-flags.ts'

/** More threads than this share no work that a person waits for. */
const MOST_THREADS = 16

/** The threads that a compute worker shares its matrices with, started when they are first needed. */
export class ComputeTeam {
  readonly #memberUrl: URL
  readonly #memoryKept: number
  /** Compiled once: teams that follow each other share it. */
  #module: WebAssembly.Module | undefined
  #kernels: Kernels | undefined

  /** @param memberUrl the module of a helper thread
   * @param memoryKept bytes; a memory that grew beyond them is given back after the run that needed it: it cannot shrink */
  constructor(memberUrl: URL, memoryKept = 512 * 2 ** 20) {
    this.#memberUrl = memberUrl
    this.#memoryKept = memoryKept
  }

  /** Makes the routines of this thread use the team. */
  assemble(): void {
    if (this.#kernels) return
    const threads = Math.min(availableParallelism(), MOST_THREADS)
    this.#module ??= compileKernels()
    const kernels = new Kernels(threads, this.#module)
    for (let thread = 1; thread < threads; thread++) {
      const helper = new Worker(this.#memberUrl, { workerData: kernels.invite(thread) })
      helper.unref()
      // A helper that cannot start is done without: no round waits for one that has not joined it.
      helper.on('error', () => undefined)
    }
    this.#kernels = kernels
    useKernels(kernels)
  }

  /** After a run: gives a large memory back, and its threads with it. */
  rest(): void {
    if (!this.#kernels || this.#kernels.memory.size <= this.#memoryKept) return
    this.#kernels.dissolve()
    this.#kernels = undefined
    useKernels(undefined)
  }
}
