import type { Dialect } from '../contract/table.ts'
import type { TableBuilder } from './builder.ts'
import { LaneReader, readerBytes, slotBytes, viewSlot, type LanePlan, type LaneRows, type LaneSlot } from './lane.ts'
import { TableMemory } from './kernels/table-memory.ts'

/** Bytes read as text before the lane is tried (again), where it hardly ever gets on. */
const PATIENCE_LEAST = 256
const PATIENCE_MOST = 65_536
/** A lane that gets this far was worth it. */
const WORTH_BYTES = 4_096

/** The shortest room that is made for blocks, bytes. */
const ROOM_BYTES = 65_536

/** A block as a lane read it from its beginning, on the assumption that a row begins there, and reads it on from elsewhere.
 * The rows stand until it is read on. */
export interface LaneBlock {
  rows: LaneRows
  readOn: (from: number) => LaneRows
}

/** Room of its own for a lane, where no thread reads ahead. */
export class LaneRoom {
  readonly bytes: number
  readonly #slot: LaneSlot
  readonly #reader: LaneReader

  /** @param bytes of the longest block */
  constructor(plan: LanePlan, bytes: number) {
    this.bytes = bytes
    const [slot, reader] = [slotBytes(plan, bytes), readerBytes(plan, bytes)]
    const room = new TableMemory(TableMemory.ownBytes + slot + reader + ROOM_BYTES)
    const [slotAt, readerAt] = [room.allocate(slot), room.allocate(reader)]
    this.#slot = viewSlot(room.buffer, slotAt, plan, bytes)
    this.#reader = new LaneReader(plan, room.memory, readerAt, bytes)
  }

  /** Reads a block, which is copied here, from a place on. */
  read(block: Uint8Array, from: number, newline: number): LaneBlock {
    this.#slot.bytes.set(block)
    const to = block.lastIndexOf(newline) + 1
    const readOn = (at: number): LaneRows => {
      this.#reader.read(this.#slot, at, Math.max(at, to))
      return this.#slot.rows
    }
    return { rows: readOn(from), readOn }
  }
}

/** Brings a file to a builder block by block: rows of plain numbers by the lane, everything else as text. The lane hands
 * back at the first row that is none for it and is tried again behind it. */
export class LaneFeed {
  readonly #builder: TableBuilder
  readonly #newline: number
  #plan: LanePlan | null | undefined
  #room: LaneRoom | null = null
  #patience = PATIENCE_MOST

  constructor(builder: TableBuilder, dialect: Dialect) {
    this.#builder = builder
    this.#newline = dialect.newline === '\r' ? 13 : 10
  }

  /** How a lane may read rows; undefined before the first rows have settled it, null where it may not. */
  get plan(): LanePlan | null | undefined {
    if (this.#plan === undefined && this.#builder.isBetweenRows) this.#plan = this.#builder.planLane()
    return this.#plan
  }

  /** Takes the next bytes of the file.
   * @param bytes whole lines, but for a file whose lines are longer than a block, or its end
   * @param ahead what a lane has read of these bytes */
  take(bytes: Uint8Array, ahead: LaneBlock | null = null): void {
    let at = 0
    let block = ahead
    while (at < bytes.length) {
      const plan = this.plan
      if (plan && this.#builder.isBetweenRows && this.#patience < PATIENCE_MOST) {
        let rows: LaneRows
        if (!block) {
          block = this.#read(bytes, at, plan)
          rows = block.rows
        } else rows = at === 0 ? block.rows : block.readOn(at)
        this.#builder.takeRows(rows, bytes)
        const read = rows.end - at
        at = rows.end
        this.#patience = read >= WORTH_BYTES ? 0 : Math.max(PATIENCE_LEAST, 2 * this.#patience)
        if (at === bytes.length) return
      }
      const end = this.#endOfLine(bytes, at + Math.min(this.#patience, PATIENCE_MOST))
      this.#builder.push(bytes.subarray(at, end))
      at = end
      this.#patience = Math.min(this.#patience, PATIENCE_MOST - 1)
    }
  }

  #read(bytes: Uint8Array, from: number, plan: LanePlan): LaneBlock {
    if (!this.#room || this.#room.bytes < bytes.length) {
      this.#room = new LaneRoom(plan, Math.max(bytes.length, ROOM_BYTES))
    }
    return this.#room.read(bytes, from, this.#newline)
  }

  #endOfLine(bytes: Uint8Array, from: number): number {
    const end = bytes.indexOf(this.#newline, from)
    return end === -1 ? bytes.length : end + 1
  }
}
