import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { TableMemory } from '../table/kernels/table-memory.ts'
import type { LaneBlock } from '../table/lane-feed.ts'
import type { LanePlan } from '../table/lane.ts'
import type { LaneOrder } from './lane-member.ts'
import { LaneSlots, newLaneMemory } from './lane-slots.ts'

/** More threads than this wait for the one that puts their rows together. */
const MOST_THREADS = 8
/** How long one wait for a thread lasts before cancel is looked at again, ms. */
const WAIT_MS = 50

/** More than a file takes: slots, readers, one chunk of every column, and those on their way to the store. */
const ROOM_BYTES = 512 * 2 ** 20
/** A room that grew larger than this is not kept for the next file. */
const KEPT_BYTES = 96 * 2 ** 20

/** The threads that read numbers beside the compute worker, started with the first file that is worth it and kept. */
export class LaneTeam {
  readonly #memberUrl: URL
  readonly #members: Worker[] = []
  readonly #threads: number
  #room: TableMemory | null = null

  /** @param threads that read, this one not counted */
  constructor(memberUrl: URL, threads = Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1))) {
    this.#memberUrl = memberUrl
    this.#threads = threads
  }

  /** Memory for one file: what is read of it, and the chunks that are made of that. One file is read at a time, and the
   * store has taken the chunks of one before the next is begun. */
  room(): TableMemory {
    const kept = this.#room
    this.#room = null
    if (!kept || kept.size > KEPT_BYTES) return new TableMemory(ROOM_BYTES)
    kept.clear()
    return kept
  }

  /** Takes a room back that nobody works in any more, to be used for the next file. */
  keep(room: TableMemory): void {
    this.#room = room
  }

  /** Begins to read a file. @param room that the rows read come to lie in */
  begin(plan: LanePlan, room: TableMemory): LaneShift {
    while (this.#members.length < this.#threads) {
      const member = new Worker(this.#memberUrl)
      member.unref()
      // One that cannot start is done without: what nobody has begun, this thread reads itself.
      member.on('error', () => this.#members.splice(this.#members.indexOf(member), 1))
      this.#members.push(member)
    }
    const memory = newLaneMemory(plan, this.#threads + 1, room)
    this.#members.forEach((member, i) => member.postMessage({ memory, thread: i + 1 } satisfies LaneOrder))
    return new LaneShift(new LaneSlots(memory, 0))
  }
}

/** One file being read by a team. Blocks are handed out and taken back in the order of the file. */
export class LaneShift {
  readonly #slots: LaneSlots
  #posted = 0
  #taken = 0

  constructor(slots: LaneSlots) {
    this.#slots = slots
  }

  get hasRoom(): boolean {
    return this.#posted - this.#taken < this.#slots.count
  }

  get isEmpty(): boolean {
    return this.#posted === this.#taken
  }

  /** Where the bytes of the next block go. */
  get space(): Uint8Array {
    return this.#slots.slot(this.#posted).bytes
  }

  /** The bytes of the block taken last. They stand until the next post. */
  get taken(): Uint8Array {
    return this.#slots.slot(this.#taken - 1).bytes
  }

  /** @param wholeLines bytes up to the last line end */
  post(wholeLines: number): void {
    this.#slots.post(this.#posted++, wholeLines)
  }

  /** What was read of the oldest block; stands until the next post. This thread reads too, rather than wait. */
  take(checkpoint: () => void): LaneBlock {
    const block = this.#taken++
    for (;;) {
      checkpoint()
      const rows = this.#slots.take(block)
      if (rows) return { rows, readOn: (from) => this.#slots.readOn(block, from) }
      if (!this.#slots.work()) this.#slots.waitFor(block, WAIT_MS)
    }
  }

  /** No more blocks. Returns whether every thread has left the memory. */
  end(): boolean {
    return this.#slots.end()
  }
}
