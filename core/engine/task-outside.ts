import type { Transferable } from 'node:worker_threads'
import type { ComputeMessage } from './compute-protocol.ts'

/** What a task in a compute worker has of the outside. */
export interface TaskOutside {
  post: (message: ComputeMessage, transfer?: Transferable[]) => void
  /** slots of CONTROL */
  flags: Int32Array
  /** @throws CANCELLED */
  checkpoint: () => void
}
