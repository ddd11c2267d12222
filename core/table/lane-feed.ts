import type { Dialect } from '../contract/table.ts'
import type { TableBuilder } from './builder.ts'
import { LaneReader, newLaneRows, type LanePlan, type LaneRows } from './lane.ts'

/** Bytes read as text before the lane is tried (again), where it hardly ever gets on. */
const PATIENCE_LEAST = 256
const PATIENCE_MOST = 65_536
/** A lane that gets this far was worth it. */
const WORTH_BYTES = 4_096

/** Brings a file to a builder block by block: rows of plain numbers by the lane, everything else as text. The lane hands
 * back at the first row that is none for it and is tried again behind it. */
export class LaneFeed {
  readonly #builder: TableBuilder
  readonly #newline: number
  #plan: LanePlan | null | undefined
  #reader: LaneReader | null = null
  #rows: LaneRows | null = null
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
   * @param ahead what a lane read of these bytes, on the assumption that a row begins with them */
  take(bytes: Uint8Array, ahead: LaneRows | null = null): void {
    let at = 0
    while (at < bytes.length) {
      const plan = this.plan
      if (plan && this.#builder.isBetweenRows && this.#patience < PATIENCE_MOST) {
        const rows = at === 0 && ahead ? ahead : this.#read(bytes, at, plan)
        this.#builder.takeRows(rows)
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

  #read(bytes: Uint8Array, from: number, plan: LanePlan): LaneRows {
    this.#reader ??= new LaneReader(plan)
    const to = bytes.lastIndexOf(this.#newline) + 1
    if (!this.#rows || this.#rows.bytes < to - from) this.#rows = newLaneRows(Math.max(bytes.length, 65_536), plan)
    this.#reader.read(bytes, from, Math.max(from, to), this.#rows)
    return this.#rows
  }

  #endOfLine(bytes: Uint8Array, from: number): number {
    const end = bytes.indexOf(this.#newline, from)
    return end === -1 ? bytes.length : end + 1
  }
}
