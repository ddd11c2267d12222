import { EigendeskError } from '../../contract/errors.ts'
import { compileModule } from '../../linalg/kernels/compile.ts'
import { compiledKernels } from './compiled.ts'
import type { Address, LaneImports, TableKernels } from './exports.ts'

const PAGE = 65_536
/** Pages the module asks for (scripts/kernels.mjs). */
const FIRST_PAGES = 4
/** Below, static memory of the module would stand, and reads a little before a block may fall. */
const FIRST_FREE = 2 * PAGE
/** Arrays begin at a cache line. */
const ALIGNMENT = 64
/** Bins that countInBins can be given, twice, as u32. */
const BINS_BYTES = 2 * 4 * 4_096

let module: WebAssembly.Module | undefined

/** The kernels, working in a memory. Each thread has its own. */
export function instantiate(memory: WebAssembly.Memory, lane: LaneImports): TableKernels {
  module ??= compileModule(compiledKernels)
  const abort = (): never => {
    throw new EigendeskError('INTERNAL', { reason: 'a kernel stopped' })
  }
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort }, lane: { ...lane } })
  return exports as unknown as TableKernels
}

const noLane: LaneImports = {
  readHard: () => -1,
  hardValue: () => NaN,
  hardDecimals: () => 0,
  skipField: () => -1,
  readWord: () => -1
}

/** Which memory an array lies in, by its buffer: a memory gets a new buffer each time it grows. */
const homes = new WeakMap<ArrayBufferLike, TableMemory>()

/** The memory of kernels that an array lies in, where it does. */
export const homeOf = (array: Float64Array): TableMemory | undefined => homes.get(array.buffer)

/** Memory that the kernels of this room work in, and that threads share. What is allocated is given back all at once. An
 * array's byteOffset is its address. */
export class TableMemory {
  /** bytes it takes itself, beside what is allocated */
  static readonly ownBytes = FIRST_FREE + BINS_BYTES

  readonly memory: WebAssembly.Memory
  /** where countInBins counts */
  readonly bins: Uint32Array
  #buffer: ArrayBufferLike
  #top = FIRST_FREE
  #kernels: TableKernels | undefined

  /** @param most bytes it may grow to */
  constructor(most: number) {
    const maximum = Math.max(FIRST_PAGES, Math.ceil(most / PAGE))
    this.memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum, shared: true })
    this.#buffer = this.memory.buffer
    homes.set(this.#buffer, this)
    const at = this.allocate(BINS_BYTES)
    this.bins = new Uint32Array(this.#buffer, at, BINS_BYTES / Uint32Array.BYTES_PER_ELEMENT)
  }

  /** Bytes it has grown to. */
  get size(): number {
    return this.#buffer.byteLength
  }

  /** Gives back what was allocated: whoever calls knows that nobody reads or writes it any more. */
  clear(): void {
    this.#top = this.bins.byteOffset + BINS_BYTES
  }

  get buffer(): ArrayBufferLike {
    return this.#buffer
  }

  /** The kernels of this thread for what lies here. */
  get kernels(): TableKernels {
    return (this.#kernels ??= instantiate(this.memory, noLane))
  }

  /** Returns the address of so many bytes; what stands there is not defined.
   * @throws RangeError where the memory may not grow so far */
  allocate(bytes: number): Address {
    const at = this.#top
    const end = at + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
    if (end > this.#buffer.byteLength) {
      this.memory.grow(Math.ceil((end - this.#buffer.byteLength) / PAGE))
      this.#buffer = this.memory.buffer
      homes.set(this.#buffer, this)
    }
    this.#top = end
    return at
  }
}
