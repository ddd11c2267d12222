import { mostRows, type LanePlan, type LaneRows } from '../table/lane.ts'

/** Bytes of a file that a thread reads at a time: what it makes of them stays in its cache. */
export const BLOCK_BYTES = 512 * 1024

/** Slots that are filled and not yet taken back, beyond one a thread. */
const SLOTS_AHEAD = 3

/** Int32 slots that all threads see. */
const SHARED = {
  /** blocks handed out so far; threads sleep on it */
  posted: 0,
  /** blocks some thread has begun */
  begun: 1,
  /** 1 once there are no more */
  ended: 2,
  slots: 3
} as const
/** Int32s of each block in a slot. */
const BLOCK = { done: 0, length: 1, rows: 2, lines: 3, end: 4, slots: 5 } as const

/** The memory that the threads share: plain data, so that it can be sent. */
export interface LaneMemory {
  plan: LanePlan
  control: SharedArrayBuffer
  blocks: SharedArrayBuffer[]
}

export function newLaneMemory(plan: LanePlan, threads: number): LaneMemory {
  const slots = threads + SLOTS_AHEAD
  const { total } = layout(plan)
  return {
    plan,
    control: new SharedArrayBuffer(4 * (SHARED.slots + BLOCK.slots * slots)),
    blocks: Array.from({ length: slots }, () => new SharedArrayBuffer(total))
  }
}

/** Where the parts of a slot lie, in bytes; doubles first, so that they are aligned. */
function layout({ nFields, wanted }: LanePlan) {
  const capacity = mostRows(BLOCK_BYTES, nFields)
  const lineOf = 8 * capacity * wanted.length
  const decimals = lineOf + 4 * capacity
  const bytes = decimals + 4 * wanted.length
  return { capacity, lineOf, decimals, bytes, total: bytes + BLOCK_BYTES }
}

export interface LaneSlot {
  bytes: Uint8Array
  rows: LaneRows
}

/** What a thread sees of the shared memory. Blocks are numbered as they stand in the file and go round the slots. */
export class LaneSlots {
  readonly count: number
  readonly #control: Int32Array
  readonly #slots: LaneSlot[]

  constructor({ plan, control, blocks }: LaneMemory) {
    this.count = blocks.length
    this.#control = new Int32Array(control)
    const { capacity, lineOf, decimals, bytes } = layout(plan)
    this.#slots = blocks.map((block) => ({
      bytes: new Uint8Array(block, bytes, BLOCK_BYTES),
      rows: {
        values: new Float64Array(block, 0, capacity * plan.wanted.length),
        capacity,
        bytes: BLOCK_BYTES,
        lineOf: new Int32Array(block, lineOf, capacity),
        decimals: new Int32Array(block, decimals, plan.wanted.length),
        rows: 0,
        lines: 0,
        end: 0
      }
    }))
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

  end(): void {
    Atomics.store(this.#control, SHARED.ended, 1)
    Atomics.add(this.#control, SHARED.posted, 1)
    Atomics.notify(this.#control, SHARED.posted)
  }

  /** Reads the first block that nobody has begun; false where there is none. */
  work(read: (slot: LaneSlot, length: number) => void): boolean {
    const control = this.#control
    const block = Atomics.load(control, SHARED.begun)
    if (Atomics.load(control, SHARED.ended) === 1 || block >= Atomics.load(control, SHARED.posted)) return false
    if (Atomics.compareExchange(control, SHARED.begun, block, block + 1) !== block) return true
    const slot = this.slot(block)
    read(slot, control[this.#at(block, BLOCK.length)]!)
    control[this.#at(block, BLOCK.rows)] = slot.rows.rows
    control[this.#at(block, BLOCK.lines)] = slot.rows.lines
    control[this.#at(block, BLOCK.end)] = slot.rows.end
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
    return rows
  }

  /** Sleeps until a block is read, at most so long. */
  waitFor(block: number, milliseconds: number): void {
    Atomics.wait(this.#control, this.#at(block, BLOCK.done), 0, milliseconds)
  }
}
