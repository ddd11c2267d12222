import { EigendeskError } from '../../contract/errors.ts'
import { unwatched, type Watch } from '../watch.ts'
import { compileModule } from './compile.ts'
import { compiledKernels } from './compiled.ts'
import type { KernelExports } from './exports.ts'
import { KernelMemory } from './memory.ts'

/** Tasks take at most this many arguments. */
const ARGUMENT_LIMIT = 64

/** What a helper of a team is made from. */
export interface TeamInvitation {
  module: WebAssembly.Module
  memory: WebAssembly.Memory
  /** where the threads' own memory begins */
  scratch: number
  /** 1 … threads − 1; the leader is 0 */
  thread: number
}

/** The compiled kernels; compiling takes about 50 ms, and a module can be sent to other threads. */
export const compileKernels = (): WebAssembly.Module => compileModule(compiledKernels)

function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory, scratch: number): KernelExports {
  const abort = (): never => {
    throw new EigendeskError('INTERNAL', { reason: 'a kernel stopped' })
  }
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort } })
  const kernels = exports as unknown as KernelExports
  kernels.setScratch(scratch)
  return kernels
}

/** The kernels, the memory they work in and the threads that share it. */
export class Kernels {
  readonly threads: number
  readonly memory: KernelMemory
  readonly run: KernelExports
  readonly module: WebAssembly.Module
  readonly #scratch: number
  readonly #args: Float64Array

  /** @param threads the leader and its helpers; the helpers are started by whoever can start threads, with invite() */
  constructor(threads = 1, module = compileKernels(), memory = new KernelMemory()) {
    this.threads = threads
    this.module = module
    this.memory = memory
    this.#args = memory.allocate(ARGUMENT_LIMIT)
    const probe = instantiate(module, memory.memory, 0)
    const bytes = probe.setScratch(0)
    const scratch = memory.allocate((threads * bytes) / Float64Array.BYTES_PER_ELEMENT)
    this.#scratch = scratch.byteOffset
    probe.setScratch(this.#scratch)
    this.run = probe
  }

  /** What the helper with this number needs to join. */
  invite(thread: number): TeamInvitation {
    return { module: this.module, memory: this.memory.memory, scratch: this.#scratch, thread }
  }

  /** Runs `total` tasks of a kernel on every thread of the team. What a task computes must not depend on the order the
   * tasks run in, nor on their thread. Between two tasks of its own the leader looks at the stop button.
   * @param kernel a number of *_TASKS @param args up to 64 numbers: sizes, factors and addresses */
  share(kernel: number, args: readonly number[], total: number, watch: Watch = unwatched): void {
    this.#args.set(args)
    const { run } = this
    run.openRound(kernel, this.#args.byteOffset, total)
    let failed: boolean
    try {
      while (run.runNext(0) !== 0) watch.checkpoint()
    } finally {
      failed = run.closeRound() !== 0
    }
    if (failed) throw new EigendeskError('INTERNAL', { reason: 'a kernel stopped in a helper thread' })
  }

  /** Sends the helpers home. */
  dissolve(): void {
    this.run.dissolve()
  }
}

/** What a helper thread does: serves the team until it is dissolved. */
export function joinTeam({ module, memory, scratch, thread }: TeamInvitation): void {
  const kernels = instantiate(module, memory, scratch)
  for (;;) {
    try {
      kernels.serve(thread)
      return
    } catch {
      kernels.failRound()
    }
  }
}

let current: Kernels | undefined

/** The kernels of this thread: those it was given with useKernels, else some of its own, with one thread. */
export function kernels(): Kernels {
  return (current ??= new Kernels())
}

/** From now on the routines called in this thread use these; undefined: some of its own. */
export function useKernels(replacement: Kernels | undefined): void {
  current = replacement
}
