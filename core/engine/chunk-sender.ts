import { machineIsLittleEndian } from '../table/chunks.ts'
import { CONTROL, PENDING_KIB, type StoredChunk } from './compute-protocol.ts'
import type { TaskOutside } from './task-outside.ts'

/** Bytes of chunks that travel together: each delivery is one transaction of the store. */
const PARCEL_BYTES = 1024 * 1024
/** How long one wait for the store lasts before cancel is looked at again, ms. */
const WAIT_MS = 100
/** Shorter arrays are made as fast as they are found. */
const LENT_BYTES = 128 * 1024

export const kibOf = (bytes: number): number => Math.ceil(bytes / 1024)

/** Sends chunks of columns to the store. What is sent and not yet stored stays within bounds, counted in bytes: the
 * worker waits. A chunk larger than the bounds travels alone. */
export class ChunkSender {
  readonly #outside: TaskOutside
  #parcel: StoredChunk[] = []
  #bytes = 0
  #sentKib = 0
  /** shared memory on its way, and how much is sent once it is */
  readonly #lent: { sentKib: number; buffer: SharedArrayBuffer }[] = []
  readonly #free: SharedArrayBuffer[] = []

  constructor(outside: TaskOutside) {
    this.#outside = outside
  }

  /** An array for the numbers of a chunk, in memory shared with the store: what that has stored is filled anew, as memory
   * fresh from the system costs ten times what filling it does. */
  lend(length: number): Float64Array {
    const bytes = Float64Array.BYTES_PER_ELEMENT * length
    if (bytes < LENT_BYTES || !machineIsLittleEndian) return new Float64Array(length)
    // The store takes parcels in their order, and counts off what it has stored.
    const stored = this.#sentKib - Atomics.load(this.#outside.flags, CONTROL.pending)
    while (this.#lent.length > 0 && this.#lent[0]!.sentKib <= stored) this.#free.push(this.#lent.shift()!.buffer)
    const found = this.#free.findIndex(({ byteLength }) => byteLength === bytes)
    return new Float64Array(found === -1 ? new SharedArrayBuffer(bytes) : this.#free.splice(found, 1)[0]!)
  }

  /** Whether an array came from lend, in shared memory. */
  isLent({ buffer }: Float64Array): boolean {
    return buffer instanceof SharedArrayBuffer
  }

  /** @param data its buffer is given away */
  send(position: number, chunk: number, data: Uint8Array): void {
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
    this.#sentKib += kib
    const chunks = this.#parcel
    const given: ArrayBuffer[] = []
    for (const { buffer } of chunks.map(({ data }) => data)) {
      if (buffer instanceof SharedArrayBuffer) this.#lent.push({ sentKib: this.#sentKib, buffer })
      else given.push(buffer)
    }
    post({ type: 'chunks', chunks, kib }, given)
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
