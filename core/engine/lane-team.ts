import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { LaneReader, type LanePlan, type LaneRows } from '../table/lane.ts'
import { LaneSlots, newLaneMemory, type LaneSlot } from './lane-slots.ts'

/** More threads than this wait for the one that puts their rows together. */
const MOST_THREADS = 8
/** How long one wait for a thread lasts before cancel is looked at again, ms. */
const WAIT_MS = 50

/** The threads that read numbers beside the compute worker, started with the first file that is worth it and kept. */
export class LaneTeam {
  readonly #memberUrl: URL
  readonly #members: Worker[] = []
  readonly #threads: number

  /** @param threads that read, this one not counted */
  constructor(memberUrl: URL, threads = Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1))) {
    this.#memberUrl = memberUrl
    this.#threads = threads
  }

  /** Begins to read a file. */
  begin(plan: LanePlan): LaneShift {
    while (this.#members.length < this.#threads) {
      const member = new Worker(this.#memberUrl)
      member.unref()
      // One that cannot start is done without: what nobody has begun, this thread reads itself.
      member.on('error', () => this.#members.splice(this.#members.indexOf(member), 1))
      this.#members.push(member)
    }
    const memory = newLaneMemory(plan, this.#threads)
    for (const member of this.#members) member.postMessage(memory)
    return new LaneShift(new LaneSlots(memory), new LaneReader(plan))
  }
}

/** One file being read by a team. Blocks are handed out and taken back in the order of the file. */
export class LaneShift {
  readonly #slots: LaneSlots
  readonly #reader: LaneReader
  #posted = 0
  #taken = 0

  constructor(slots: LaneSlots, reader: LaneReader) {
    this.#slots = slots
    this.#reader = reader
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
  take(checkpoint: () => void): LaneRows {
    const block = this.#taken++
    for (;;) {
      checkpoint()
      const rows = this.#slots.take(block)
      if (rows) return rows
      if (!this.#slots.work((slot, length) => this.#read(slot, length))) this.#slots.waitFor(block, WAIT_MS)
    }
  }

  #read({ bytes, rows }: LaneSlot, length: number): void {
    this.#reader.read(bytes, 0, length, rows)
  }

  end(): void {
    this.#slots.end()
  }
}
