import { machineIsLittleEndian } from '../table/chunks.ts'
import type { TableMemory } from '../table/kernels/table-memory.ts'
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
  readonly #memory: TableMemory | null
  /** addresses of lent chunks on their way, and how much is sent once they are */
  readonly #lent: { sentKib: number; at: number; bytes: number }[] = []
  readonly #free = new Map<number, number[]>()

  /** @param memory shared, to lend from; where there is none, nothing is lent */
  constructor(outside: TaskOutside, memory: TableMemory | null = null) {
    this.#outside = outside
    this.#memory = memory
  }

  /** An array for the numbers of a chunk, in memory shared with the store: what that has stored is filled anew, as memory
   * fresh from the system costs ten times what filling it does. */
  lend(length: number): Float64Array {
    const bytes = Float64Array.BYTES_PER_ELEMENT * length
    const memory = this.#memory
    if (!memory || bytes < LENT_BYTES || !machineIsLittleEndian) return new Float64Array(length)
    // The store takes parcels in their order, and counts off what it has stored.
    const stored = this.#sentKib - Atomics.load(this.#outside.flags, CONTROL.pending)
    while (this.#lent.length > 0 && this.#lent[0]!.sentKib <= stored) this.#giveBack(this.#lent.shift()!)
    const at = this.#free.get(bytes)?.pop() ?? memory.allocate(bytes)
    return new Float64Array(memory.buffer, at, length)
  }

  #giveBack({ at, bytes }: { at: number; bytes: number }): void {
    const free = this.#free.get(bytes)
    if (free) free.push(at)
    else this.#free.set(bytes, [at])
  }

  /** Whether an array came from lend, in shared memory. */
  isLent({ buffer }: Float64Array): boolean {
    return buffer instanceof SharedArrayBuffer
  }

  /** @param data its buffer is given away, but for what was lent */
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
    for (const { buffer, byteOffset, byteLength } of chunks.map(({ data }) => data)) {
      if (buffer instanceof ArrayBuffer) given.push(buffer)
      else this.#lent.push({ sentKib: this.#sentKib, at: byteOffset, bytes: byteLength })
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
