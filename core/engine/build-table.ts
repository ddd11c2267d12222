import type { ColumnChoice } from '../contract/table.ts'
import { giveChunk, LINES_POSITION } from '../table/chunks.ts'
import { LaneFeed } from '../table/lane-feed.ts'
import type { ChunkSink } from '../table/builder.ts'
import { TableBuilder, type BuiltTable } from '../table/read.ts'
import type { ByteSource } from './byte-source.ts'
import { ChunkSender } from './chunk-sender.ts'
import type { ImportTask } from './compute-protocol.ts'
import { BLOCK_BYTES } from './lane-slots.ts'
import type { LaneShift, LaneTeam } from './lane-team.ts'
import type { TaskOutside } from './task-outside.ts'

/** A file shorter than this is read before a second thread has found out about it. */
const TEAM_BYTES = 4 * 1024 * 1024

export type OnBytes = (done: number, total: number) => void

/** Reads a table to its end and sends its columns chunk by chunk. Blocks of the file are cut at line ends; while rows are
 * plain numbers the team reads blocks ahead, and this thread puts them together in the order of the file. */
export function buildTable(
  source: ByteSource,
  columns: readonly ColumnChoice[],
  { dialect, ragged }: Pick<ImportTask, 'dialect' | 'ragged'>,
  chunkRows: number,
  team: LaneTeam,
  outside: TaskOutside,
  onBytes: OnBytes
): BuiltTable {
  let memory = source.bytes >= TEAM_BYTES ? team.room() : null
  const sender = new ChunkSender(outside, memory)
  const sink: ChunkSink = {
    chunk: (position, index, chunk) => {
      const lent = chunk.kind === 'number' && sender.isLent(chunk.values)
      sender.send(position, index, lent ? bytesOf(chunk.values) : giveChunk(chunk))
    },
    newValues: (length) => sender.lend(length),
    lines: (index, codes) => sender.send(LINES_POSITION, index, giveChunk({ kind: 'codes', codes }))
  }
  const builder = new TableBuilder(source.name, dialect, columns, ragged, sink, chunkRows)
  const feed = new LaneFeed(builder, dialect)
  const blocks = new LineBlocks(source, dialect.newline === '\r' ? 13 : 10)
  const told = (): void => {
    outside.checkpoint()
    onBytes(source.position, source.bytes)
  }
  const own = new Uint8Array(BLOCK_BYTES)
  for (;;) {
    const { plan } = feed
    if (plan && memory && source.bytes - source.position >= TEAM_BYTES) {
      const shift = team.begin(plan, memory)
      try {
        takeInTurn(shift, blocks, feed, outside.checkpoint, told)
      } finally {
        if (!shift.end()) memory = null
      }
      break
    }
    const block = blocks.next(own)
    if (!block) break
    feed.take(own.subarray(0, block.length))
    told()
  }
  const built = builder.finish()
  sender.flush()
  if (memory) team.keep(memory)
  return built
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** Keeps the slots of the team filled, and takes the blocks back as they stand in the file. */
function takeInTurn(
  shift: LaneShift,
  blocks: LineBlocks,
  feed: LaneFeed,
  checkpoint: () => void,
  told: () => void
): void {
  const lengths: number[] = []
  for (let more = true; more || !shift.isEmpty;) {
    while (more && shift.hasRoom) {
      const block = blocks.next(shift.space)
      more = block !== null
      if (!block) break
      shift.post(block.wholeLines)
      lengths.push(block.length)
    }
    if (shift.isEmpty) return
    const block = shift.take(checkpoint)
    feed.take(shift.taken.subarray(0, lengths.shift()), block)
    told()
  }
}

interface Block {
  length: number
  /** bytes up to the last line end; all others, too, where no line ends in the block or the file ends with it */
  wholeLines: number
}

/** A source in blocks that end with a line, as far as one ends in them. */
class LineBlocks {
  readonly #source: ByteSource
  readonly #newline: number
  /** the beginning of a line whose rest belongs to the next block */
  #carried = new Uint8Array(0)

  constructor(source: ByteSource, newline: number) {
    this.#source = source
    this.#newline = newline
  }

  /** Fills the space; null behind the end. */
  next(space: Uint8Array): Block | null {
    space.set(this.#carried)
    const from = this.#carried.length
    const read = this.#source.read(space.subarray(from))
    const filled = from + read
    this.#carried = new Uint8Array(0)
    if (filled === 0) return null
    const wholeLines = space.subarray(0, filled).lastIndexOf(this.#newline) + 1
    if (filled < space.length || wholeLines === 0) return { length: filled, wholeLines }
    this.#carried = space.slice(wholeLines, filled)
    return { length: wholeLines, wholeLines }
  }
}
