import { EigendeskError } from '../contract/errors.ts'
import type {
  ColumnChoice,
  ColumnSummary,
  Dialect,
  ProblemReport,
  RaggedPolicy,
  RatingsShape
} from '../contract/table.ts'
import { cellRules, type CellReading, type CellRules } from './cell.ts'
import { CHUNK_ROWS, type ColumnChunk } from './chunks.ts'
import { rulesOfColumn, withDateOrder } from './date-order.ts'
import { distinctLimit } from './distinct-numbers.ts'
import { fitsType } from './infer.ts'
import { decodeStrictly, suitsLane, suitsWords, type LanePlan, type LaneRows } from './lane.ts'
import { describeMisfit, describeTooLarge } from './misfit.ts'
import { NumberWriter } from './number-writer.ts'
import { ProblemLog } from './problems.ts'
import { recognizeRatings } from './ratings.ts'
import { TableRows } from './rows.ts'
import { WordWriter } from './word-writer.ts'

type ColumnWriter = NumberWriter | WordWriter

/** Characters of text that one chunk of every column may hold together. */
const TEXT_LIMIT = 128 * 2 ** 20

/** The rows turned out so much longer than their beginning promised that chunks of fewer must be made. */
export class ChunkTooLarge extends Error {}

/** Takes finished pieces of a table. The arrays belong to the sink. columnIndex is the place in the columns chosen. */
export interface ChunkSink {
  chunk: (columnIndex: number, chunkIndex: number, chunk: ColumnChunk) => void
  /** file line of each row of a chunk */
  lines: (chunkIndex: number, lines: Int32Array) => void
  /** an array for the numbers of a whole chunk, where the sink has one to spare; what stands in it does not matter */
  newValues?: (length: number) => Float64Array
}

export interface BuiltTable {
  nRows: number
  /** over the whole file, in the order of the columns chosen */
  columns: ColumnSummary[]
  /** words of each category or boolean column, in the order of the file; null for the others */
  dictionaries: (string[] | null)[]
  problems: ProblemReport
  nRowsLeftOut: number
  ratings: RatingsShape | null
  /** columns chosen whose cells, all together, would be taken for another type */
  mistyped: ColumnChoice[]
}

/** Reads a file that arrives in pieces into column chunks of the types chosen. A cell that does not fit its type is
 * missing, and a problem. Memory: one chunk a column, the dictionaries, and a bounded profile; never the rows. */
export class TableBuilder {
  readonly #log = new ProblemLog()
  readonly #rows: TableRows
  readonly #sink: ChunkSink
  readonly #rules: CellRules
  readonly #writers: ColumnWriter[]
  readonly #dialect: Dialect
  readonly #chunkRows: number
  #lines = new Int32Array(0)
  readonly #numbers: NumberWriter[]
  readonly #words: WordWriter[]
  /** where the lane puts the values of each writer of numbers, among those and among all columns wanted */
  #places: [number, number][] = []
  /** where it puts the places of each writer of text */
  #wordPlaces: number[] = []
  #inChunk = 0
  /** characters of text in the unfinished chunks */
  #characters = 0
  #chunkIndex = 0
  #checked = false

  constructor(
    fileName: string,
    dialect: Dialect,
    columns: readonly ColumnChoice[],
    ragged: RaggedPolicy,
    sink: ChunkSink,
    chunkRows = CHUNK_ROWS
  ) {
    this.#sink = sink
    this.#dialect = dialect
    this.#chunkRows = chunkRows
    this.#rules = cellRules(dialect)
    const limit = distinctLimit(columns.length)
    this.#writers = columns.map((choice) =>
      choice.type === 'number'
        ? new NumberWriter(choice, this.#rules, chunkRows, limit, sink.newValues)
        : new WordWriter(choice, rulesOfColumn(this.#rules, dialect, choice.index), chunkRows)
    )
    this.#numbers = this.#writers.filter((writer) => writer instanceof NumberWriter)
    this.#words = this.#writers.filter((writer) => writer instanceof WordWriter)
    this.#rows = new TableRows(fileName, dialect, ragged, this.#log, (cells, line) => this.#take(cells, line))
  }

  /** @throws COLUMN_UNKNOWN where a column chosen lies beyond those of the file; ChunkTooLarge */
  push(bytes: Uint8Array): void {
    this.#rows.push(bytes)
  }

  /** How a lane may read on from here: null where this table has no rows for it. */
  planLane(): LanePlan | null {
    const nFields = this.#rows.names.length
    const wanted = inOrder(this.#writers)
    const words = inOrder(this.#words)
    if (!suitsLane(this.#dialect) || new Set(wanted).size < wanted.length) return null
    if (words.length > 0 && !suitsWords(this.#dialect, nFields)) return null
    const [amongAll, amongNumbers, amongWords] = [wanted, inOrder(this.#numbers), words].map(placesOf)
    this.#places = this.#numbers.map(({ index }) => [amongNumbers!.get(index)!, amongAll!.get(index)!])
    this.#wordPlaces = this.#words.map(({ index }) => amongWords!.get(index)!)
    return { dialect: this.#dialect, nFields, wanted, words }
  }

  /** Whether all bytes pushed are read, and the next ones begin a row whose fields are known: a lane may take over. */
  get isBetweenRows(): boolean {
    return this.#checked && this.#rows.isBetweenRows
  }

  /** Takes rows that a lane read in place of push. Only between rows.
   * @param block the bytes they were read from */
  takeRows(read: LaneRows, block: Uint8Array): void {
    const firstLine = this.#rows.line
    const text = this.#words.length > 0 ? new LaneTexts(read, block) : null
    for (let first = 0; first < read.rows;) {
      const at = this.#inChunk
      const rows = Math.min(read.rows - first, this.#chunkRows - at)
      this.#reserveLines(at + rows)
      for (let i = 0; i < rows; i++) this.#lines[at + i] = firstLine + read.lineOf[first + i]!
      this.#numbers.forEach((writer, i) => {
        const [place, column] = this.#places[i]!
        const start = place * read.capacity + first
        writer.takeValues(read.values.subarray(start, start + rows), at, read.decimals[column]!)
      })
      if (text) this.#takeWords(read, text, first, rows)
      this.#inChunk += rows
      first += rows
      if (this.#inChunk === this.#chunkRows) this.#flush()
      else if (this.#characters > TEXT_LIMIT) throw new ChunkTooLarge()
    }
    this.#rows.passRows(read.rows, read.lines)
  }

  /** The texts of so many rows, row by row, as their problems are told in the order of the file. */
  #takeWords({ spans }: LaneRows, text: LaneTexts, first: number, rows: number): void {
    const words = this.#words
    for (let row = first; row < first + rows; row++) {
      const at = this.#inChunk + row - first
      for (let i = 0; i < words.length; i++) {
        const writer = words[i]!
        const span = 2 * (row * words.length + this.#wordPlaces[i]!)
        const word = text.slice(spans[span]!, spans[span + 1]!)
        const line = this.#lines[at]!
        const reading = writer.take(word, at, line)
        if (writer.keepsText) this.#characters += word.length
        if (isSuspect(reading, writer.type)) this.#report(writer, word, reading, line)
      }
    }
  }

  /** Hands on the last chunk.
   * @throws FILE_EMPTY | NO_ROWS | COLUMN_UNKNOWN */
  finish(): BuiltTable {
    this.#rows.finish()
    if (this.#inChunk > 0) this.#flush()
    const { nRows, nRowsLeftOut } = this.#rows
    for (const writer of this.#writers) {
      const { index, name } = writer
      const large = writer.lostAsNumber()
      if (large) this.#log.add(describeTooLarge(large.text, { line: large.line, column: index + 1, field: name }))
    }
    const columns = this.#writers.map((writer) => withDateOrder(writer.summarize(), this.#dialect, writer.index))
    return {
      nRows,
      columns,
      dictionaries: this.#writers.map((writer) => writer.dictionary()),
      problems: this.#log.report(),
      nRowsLeftOut,
      ratings: recognizeRatings(columns, nRows),
      mistyped: this.#writers
        .filter((writer) => !writer.isAsTyped)
        .map(({ index, name, type }) => ({ index, name, type }))
    }
  }

  #take(cells: readonly string[], line: number): void {
    if (!this.#checked) this.#checkColumns()
    const at = this.#inChunk++
    this.#reserveLines(at + 1)
    this.#lines[at] = line
    for (const writer of this.#writers) {
      const text = cells[writer.index]
      const reading = writer.take(text, at, line)
      if (writer.keepsText && text !== undefined) this.#characters += text.length
      if (isSuspect(reading, writer.type)) this.#report(writer, text!, reading, line)
    }
    if (this.#inChunk === this.#chunkRows) this.#flush()
    else if (this.#characters > TEXT_LIMIT) throw new ChunkTooLarge()
  }

  #reserveLines(length: number): void {
    if (length <= this.#lines.length) return
    const larger = new Int32Array(Math.min(this.#chunkRows, Math.max(1024, length, 4 * this.#lines.length)))
    larger.set(this.#lines)
    this.#lines = larger
  }

  #checkColumns(): void {
    const { names } = this.#rows
    const beyond = this.#writers.find(({ index }) => index >= names.length)
    if (beyond) throw new EigendeskError('COLUMN_UNKNOWN', { value: beyond.name, limit: names.join(', ') })
    this.#checked = true
  }

  #report({ index, name, type }: ColumnWriter, text: string, reading: CellReading, line: number): void {
    const problem = describeMisfit(text, reading, type, { line, column: index + 1, field: name }, this.#rules)
    if (problem) this.#log.add(problem)
  }

  #flush(): void {
    this.#writers.forEach((writer, i) => this.#sink.chunk(i, this.#chunkIndex, writer.cut(this.#inChunk)))
    this.#sink.lines(this.#chunkIndex, this.#lines.slice(0, this.#inChunk))
    this.#chunkIndex++
    this.#inChunk = 0
    this.#characters = 0
  }
}

/** The places of columns in the file, in rising order. */
const inOrder = (writers: readonly ColumnWriter[]): number[] => writers.map(({ index }) => index).sort((a, b) => a - b)

const placesOf = (indices: readonly number[]): Map<number, number> =>
  new Map(indices.map((index, place) => [index, place]))

/** The texts a lane read. */
class LaneTexts {
  readonly #block: Uint8Array
  /** those that are ASCII, in one: cells are cut from it */
  readonly #ascii: string

  constructor({ texts, characters }: LaneRows, block: Uint8Array) {
    this.#block = block
    this.#ascii = ascii.decode(texts.subarray(0, characters))
  }

  /** @param start @param end as LaneRows.spans has them */
  slice(start: number, end: number): string {
    if (end >= 0) return this.#ascii.slice(start, end)
    return decodeStrictly(this.#block.subarray(start, -1 - end)) ?? ''
  }
}

const ascii = new TextDecoder('utf-8', { ignoreBOM: true })

/** Whether a cell may be a problem; said cheaply, as nearly none is. */
function isSuspect(reading: CellReading, type: ColumnChoice['type']): boolean {
  if (reading.kind === 'missing') return false
  return reading.kind === 'tooLarge' ? type === 'number' : !fitsType(reading, type)
}
