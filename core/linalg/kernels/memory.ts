import { EigendeskError } from '../../contract/errors.ts'

/** What WebAssembly can address, less a page: an address just past the last array still fits 32 bits. */
export const MEMORY_LIMIT = 4 * 2 ** 30 - 65536

/** One array is never larger: Electron refuses to make it. */
export const ARRAY_LIMIT = 2 ** 31 - 8

const PAGE = 65536
/** Static memory of the module and the control block of the team lie below. */
const FIRST_FREE = 4 * PAGE
/** Arrays begin at a cache line. */
const ALIGNMENT = 64

/** '1.5 GiB' or '12.0 MiB' */
export function describeBytes(bytes: number): string {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

/** The memory that kernels work in: a stack of arrays. An array's byteOffset is its address for the kernels.
 * Nothing is ever moved, and a view stays valid while the memory grows. */
export class KernelMemory {
  readonly memory: WebAssembly.Memory
  /** Every buffer this memory had: it gets a new one each time it grows, and arrays keep the one they were made on. */
  readonly #buffers = new WeakSet<ArrayBufferLike>()
  #top = FIRST_FREE
  #buffer: ArrayBufferLike

  constructor(memory: WebAssembly.Memory = new WebAssembly.Memory({ initial: 4, maximum: 65536, shared: true })) {
    this.memory = memory
    this.#buffer = memory.buffer
    this.#buffers.add(this.#buffer)
  }

  /** Bytes it has grown to. */
  get size(): number {
    return this.#buffer.byteLength
  }

  /** Bytes that arrays may still take. */
  get free(): number {
    return MEMORY_LIMIT - this.#top
  }

  /** @throws OUT_OF_MEMORY before anything is begun, naming what is wanted and what there is */
  require(bytes: number): void {
    if (bytes > this.free) {
      throw new EigendeskError('OUT_OF_MEMORY', { value: describeBytes(bytes), limit: describeBytes(this.free) })
    }
  }

  /** An array of doubles; what it holds is not defined. Valid until the frame around it ends.
   * @throws OUT_OF_MEMORY */
  allocate(length: number): Float64Array {
    const bytes = length * Float64Array.BYTES_PER_ELEMENT
    const at = this.#reserve(bytes)
    return new Float64Array(this.#buffer, at, length)
  }

  /** The same, all 0. */
  zeros(length: number): Float64Array {
    return this.allocate(length).fill(0)
  }

  /** An array of 32-bit integers; what it holds is not defined. */
  allocateIntegers(length: number): Int32Array {
    const at = this.#reserve(length * Int32Array.BYTES_PER_ELEMENT)
    return new Int32Array(this.#buffer, at, length)
  }

  /** Whether an array lives here, so that kernels can reach it. */
  holds(array: Float64Array | Int32Array): boolean {
    return this.#buffers.has(array.buffer)
  }

  /** The array itself where it lives here, else a copy that does. */
  place(array: Float64Array): Float64Array {
    return this.holds(array) ? array : this.copy(array)
  }

  /** A copy that lives here. */
  copy(array: Float64Array): Float64Array {
    const copy = this.allocate(array.length)
    copy.set(array)
    return copy
  }

  /** Runs work, then gives back everything it allocated here. What it returns must live elsewhere: use slice(). */
  frame<T>(work: () => T): T {
    const top = this.#top
    try {
      return work()
    } finally {
      this.#top = top
    }
  }

  #reserve(bytes: number): number {
    const at = this.#top
    const end = at + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
    if (bytes > ARRAY_LIMIT) {
      throw new EigendeskError('OUT_OF_MEMORY', { value: describeBytes(bytes), limit: describeBytes(ARRAY_LIMIT) })
    }
    if (end > MEMORY_LIMIT) this.require(bytes)
    if (end > this.#buffer.byteLength) this.#grow(end)
    this.#top = end
    return at
  }

  #grow(end: number): void {
    const pages = Math.ceil((end - this.#buffer.byteLength) / PAGE)
    try {
      this.memory.grow(pages)
    } catch {
      throw new EigendeskError('OUT_OF_MEMORY', { value: describeBytes(end), limit: 'what the system has left' })
    }
    this.#buffer = this.memory.buffer
    this.#buffers.add(this.#buffer)
  }
}
