import { Worker } from 'node:worker_threads'
import { EigendeskError, toErrorData } from '../contract/errors.ts'
import { CONTROL, type ComputeMessage, type ComputeStart, type ComputeTask } from './compute-protocol.ts'

/** A cancelled worker that has not stopped by itself after this long is ended. */
const CANCEL_GRACE_MS = 2000

/** A task under way: its end, and a way to stop it. */
export interface RunningTask {
  done: Promise<ComputeMessage>
  cancel: () => void
  /** what it answered with was read, as far as it is: the memory of the worker it may lie in can be used again */
  release: () => void
}

/** Keeps compute workers: one warm for the next task, more while several run. */
export class ComputePool {
  readonly #url: URL
  readonly #idle: Worker[] = []
  readonly #busy = new Set<Worker>()
  #closed = false

  constructor(url: URL) {
    this.#url = url
    this.#idle.push(this.#spawn())
  }

  #spawn(): Worker {
    const worker = new Worker(this.#url)
    // A worker that waits for work must not keep a command line alive.
    worker.unref()
    worker.on('error', () => this.#forget(worker))
    worker.on('exit', () => this.#forget(worker))
    return worker
  }

  #forget(worker: Worker): void {
    const at = this.#idle.indexOf(worker)
    if (at >= 0) this.#idle.splice(at, 1)
    this.#busy.delete(worker)
  }

  /** Starts a task. done resolves with its last message, unless it was cancelled before that came, or rejects with
   * EigendeskError. */
  start(task: ComputeTask, onMessage: (message: ComputeMessage) => void): RunningTask {
    const worker = this.#idle.pop() ?? this.#spawn()
    this.#busy.add(worker)
    worker.ref()
    const control = new SharedArrayBuffer(CONTROL.slots * Int32Array.BYTES_PER_ELEMENT)
    const flags = new Int32Array(control)
    let grace: ReturnType<typeof setTimeout> | undefined
    let settled = false
    let lends = false

    const done = new Promise<ComputeMessage>((resolve, reject) => {
      const settle = (reusable: boolean): void => {
        settled = true
        clearTimeout(grace)
        worker.off('message', onWorkerMessage)
        worker.off('error', onError)
        worker.off('exit', onExit)
        if (lends) return
        this.#busy.delete(worker)
        if (reusable) this.#free(worker)
      }
      const onError = (error: Error): void => {
        settle(false)
        reject(new EigendeskError('INTERNAL', { reason: error.message }))
      }
      const onExit = (): void => {
        settle(false)
        reject(new EigendeskError(Atomics.load(flags, CONTROL.cancel) === 1 ? 'CANCELLED' : 'ENGINE_STOPPED'))
      }
      const onWorkerMessage = (message: ComputeMessage): void => {
        if (message.type === 'chunks' || message.type === 'restart') {
          try {
            onMessage(message)
          } catch (thrown) {
            this.#stop(flags)
            settle(false)
            void worker.terminate()
            reject(EigendeskError.from(toErrorData(thrown)))
            return
          }
          if (message.type === 'chunks') Atomics.sub(flags, CONTROL.pending, message.kib)
          Atomics.notify(flags, CONTROL.pending)
        } else if (message.type === 'progress' || message.type === 'reading' || message.type === 'kept')
          onMessage(message)
        else {
          lends = message.type === 'ran' && message.lends
          settle(true)
          if (message.type === 'failed') reject(EigendeskError.from(message.error))
          // Finished in the moment it was cancelled: nothing is stored yet, and cancel leaves nothing.
          else if (Atomics.load(flags, CONTROL.cancel) === 1) reject(new EigendeskError('CANCELLED'))
          else resolve(message)
        }
      }
      worker.on('message', onWorkerMessage)
      worker.on('error', onError)
      worker.on('exit', onExit)
      worker.postMessage({ task, control } satisfies ComputeStart)
    })

    const cancel = (): void => {
      // The worker may be at another task by now.
      if (settled) return
      this.#stop(flags)
      grace ??= setTimeout(() => void worker.terminate(), CANCEL_GRACE_MS)
    }
    const release = (): void => {
      if (!lends) return
      lends = false
      // One that has died in between is forgotten already.
      if (this.#busy.delete(worker)) this.#free(worker)
    }
    return { done, cancel, release }
  }

  #stop(flags: Int32Array): void {
    Atomics.store(flags, CONTROL.cancel, 1)
    Atomics.notify(flags, CONTROL.pending)
  }

  #free(worker: Worker): void {
    worker.unref()
    if (this.#closed || this.#idle.length > 0) void worker.terminate()
    else this.#idle.push(worker)
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#idle, ...this.#busy].map((worker) => worker.terminate()))
  }
}
