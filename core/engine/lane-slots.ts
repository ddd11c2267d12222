import type { TableMemory } from '../table/kernels/table-memory.ts'
import {
  LaneReader,
  readerBytes,
  slotBytes,
  viewSlot,
  type LanePlan,
  type LaneRows,
  type LaneSlot
} from '../table/lane.ts'

/** Bytes of a file that a thread reads at a time: what it makes of them stays in its cache. */
export const BLOCK_BYTES = 512 * 1024

/** Slots that are filled and not yet taken back, beyond one a thread. */
const SLOTS_AHEAD = 3

/** How long a thread is given to finish its block: far more than any takes. */
const LEAVING_MS = 50
const LEAVING_WAITS = 40

/** Int32 slots that all threads see. */
const SHARED = {
  /** blocks handed out so far; threads sleep on it */
  posted: 0,
  /** blocks some thread has begun */
  begun: 1,
  /** 1 once there are no more */
  ended: 2,
  /** threads that read a block */
  busy: 3,
  slots: 4
} as const
/** Int32s of each block in a slot. */
const BLOCK = { done: 0, length: 1, rows: 2, lines: 3, end: 4, characters: 5, slots: 6 } as const

/** The memory that the threads share: plain data, so that it can be sent. */
export interface LaneMemory {
  plan: LanePlan
  memory: WebAssembly.Memory
  control: SharedArrayBuffer
  /** addresses of the slots, and of what each thread has for itself */
  slots: number[]
  readers: number[]
}

/** @param threads that read, the one that takes the rows included */
export function newLaneMemory(plan: LanePlan, threads: number, memory: TableMemory): LaneMemory {
  const addresses = (count: number, bytes: number): number[] =>
    Array.from({ length: count }, () => memory.allocate(bytes))
  const slots = addresses(threads - 1 + SLOTS_AHEAD, slotBytes(plan, BLOCK_BYTES))
  const control = new SharedArrayBuffer(4 * (SHARED.slots + BLOCK.slots * slots.length))
  return { plan, memory: memory.memory, control, slots, readers: addresses(threads, readerBytes(plan, BLOCK_BYTES)) }
}

/** What a thread sees of the shared memory. Blocks are numbered as they stand in the file and go round the slots. */
export class LaneSlots {
  readonly count: number
  readonly #control: Int32Array
  readonly #slots: LaneSlot[]
  readonly #newReader: () => LaneReader
  #made: LaneReader | null = null

  /** @param thread its number; 0 is the one that takes the rows */
  constructor({ plan, memory, control, slots, readers }: LaneMemory, thread: number) {
    this.count = slots.length
    this.#control = new Int32Array(control)
    this.#slots = slots.map((at) => viewSlot(memory.buffer, at, plan, BLOCK_BYTES))
    this.#newReader = () => new LaneReader(plan, memory, readers[thread]!, BLOCK_BYTES)
  }

  /** Made with the first block, as it writes into the memory: a thread that is late, because it was just started, may come when
   * another file is being read there. */
  get #reader(): LaneReader {
    return (this.#made ??= this.#newReader())
  }

  slot(block: number): LaneSlot {
    return this.#slots[block % this.count]!
  }

  #at(block: number, part: number): number {
    return SHARED.slots + BLOCK.slots * (block % this.count) + part
  }

  /** Hands the next block out, whose bytes stand in its slot. @param length bytes that are whole lines */
  post(block: number, length: number): void {
    const control = this.#control
    control[this.#at(block, BLOCK.length)] = length
    Atomics.store(control, this.#at(block, BLOCK.done), 0)
    Atomics.store(control, SHARED.posted, block + 1)
    Atomics.notify(control, SHARED.posted)
  }

  /** No more blocks. Returns whether every thread has left the memory; one that died in a block never does. */
  end(): boolean {
    const control = this.#control
    Atomics.store(control, SHARED.ended, 1)
    Atomics.add(control, SHARED.posted, 1)
    Atomics.notify(control, SHARED.posted)
    for (let wait = 0; wait < LEAVING_WAITS; wait++) {
      const busy = Atomics.load(control, SHARED.busy)
      if (busy === 0) return true
      Atomics.wait(control, SHARED.busy, busy, LEAVING_MS)
    }
    return false
  }

  /** Reads the first block that nobody has begun; false where there is none. */
  work(): boolean {
    const control = this.#control
    // Said before it is looked whether there is an end: whoever ends waits for those who were in before.
    Atomics.add(control, SHARED.busy, 1)
    try {
      return this.#workWithin()
    } finally {
      Atomics.sub(control, SHARED.busy, 1)
      if (Atomics.load(control, SHARED.ended) === 1) Atomics.notify(control, SHARED.busy)
    }
  }

  #workWithin(): boolean {
    const control = this.#control
    const block = Atomics.load(control, SHARED.begun)
    if (Atomics.load(control, SHARED.ended) === 1 || block >= Atomics.load(control, SHARED.posted)) return false
    if (Atomics.compareExchange(control, SHARED.begun, block, block + 1) !== block) return true
    const slot = this.slot(block)
    this.#reader.read(slot, 0, control[this.#at(block, BLOCK.length)]!)
    control[this.#at(block, BLOCK.rows)] = slot.rows.rows
    control[this.#at(block, BLOCK.lines)] = slot.rows.lines
    control[this.#at(block, BLOCK.end)] = slot.rows.end
    control[this.#at(block, BLOCK.characters)] = slot.rows.characters
    Atomics.store(control, this.#at(block, BLOCK.done), 1)
    Atomics.notify(control, this.#at(block, BLOCK.done))
    return true
  }

  /** Sleeps until there may be work. False once there will be none. */
  waitForWork(): boolean {
    const control = this.#control
    const posted = Atomics.load(control, SHARED.posted)
    if (Atomics.load(control, SHARED.ended) === 1) return false
    if (Atomics.load(control, SHARED.begun) >= posted) Atomics.wait(control, SHARED.posted, posted)
    return Atomics.load(control, SHARED.ended) === 0
  }

  /** What was read of a block; null where it is not yet. */
  take(block: number): LaneRows | null {
    const control = this.#control
    if (Atomics.load(control, this.#at(block, BLOCK.done)) === 0) return null
    const { rows } = this.slot(block)
    rows.rows = control[this.#at(block, BLOCK.rows)]!
    rows.lines = control[this.#at(block, BLOCK.lines)]!
    rows.end = control[this.#at(block, BLOCK.end)]!
    rows.characters = control[this.#at(block, BLOCK.characters)]!
    return rows
  }

  /** Reads a block that was taken on from another place, where a line begins. */
  readOn(block: number, from: number): LaneRows {
    const slot = this.slot(block)
    this.#reader.read(slot, from, this.#control[this.#at(block, BLOCK.length)]!)
    return slot.rows
  }

  /** Sleeps until a block is read, at most so long. */
  waitFor(block: number, milliseconds: number): void {
    Atomics.wait(this.#control, this.#at(block, BLOCK.done), 0, milliseconds)
  }
}
