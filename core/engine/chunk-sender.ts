import { CONTROL, PENDING_KIB, type StoredChunk } from './compute-protocol.ts'
import type { TaskOutside } from './task-outside.ts'

/** Bytes of chunks that travel together: each delivery is one transaction of the store. */
const PARCEL_BYTES = 1024 * 1024
/** How long one wait for the store lasts before cancel is looked at again, ms. */
const WAIT_MS = 100

export const kibOf = (bytes: number): number => Math.ceil(bytes / 1024)

/** Sends chunks of columns to the store. What is sent and not yet stored stays within bounds, counted in bytes: the
 * worker waits. A chunk larger than the bounds travels alone. */
export class ChunkSender {
  readonly #outside: TaskOutside
  #parcel: StoredChunk[] = []
  #bytes = 0

  constructor(outside: TaskOutside) {
    this.#outside = outside
  }

  /** @param data its buffer is given away */
  send(position: number, chunk: number, data: Uint8Array<ArrayBuffer>): void {
    this.#parcel.push({ position, chunk, data })
    this.#bytes += data.byteLength
    if (this.#bytes >= PARCEL_BYTES) this.flush()
  }

  /** Sends what waits for company. */
  flush(): void {
    if (this.#parcel.length === 0) return
    const { flags, post } = this.#outside
    const kib = kibOf(this.#bytes)
    this.#waitForRoom(kib)
    Atomics.add(flags, CONTROL.pending, kib)
    const chunks = this.#parcel
    post(
      { type: 'chunks', chunks, kib },
      chunks.map(({ data }) => data.buffer)
    )
    this.#parcel = []
    this.#bytes = 0
  }

  #waitForRoom(kib: number): void {
    const { flags, checkpoint } = this.#outside
    for (;;) {
      checkpoint()
      const pending = Atomics.load(flags, CONTROL.pending)
      if (pending === 0 || pending + kib <= PENDING_KIB) return
      Atomics.wait(flags, CONTROL.pending, pending, WAIT_MS)
    }
  }
}
