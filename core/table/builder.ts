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
import { CHUNK_ROWS, storageKind, type ColumnChunk } from './chunks.ts'
import { ColumnProfile, detach, fitsType } from './infer.ts'
import { describeMisfit, describeTooLarge } from './misfit.ts'
import { ProblemLog } from './problems.ts'
import { recognizeRatings } from './ratings.ts'
import { TableRows } from './rows.ts'

/** Takes finished pieces of a table. The arrays belong to the sink. columnIndex is the place in the columns chosen. */
export interface ChunkSink {
  chunk: (columnIndex: number, chunkIndex: number, chunk: ColumnChunk) => void
  /** file line of each row of a chunk */
  lines: (chunkIndex: number, lines: Int32Array) => void
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
}

/** Reads a file that arrives in pieces into column chunks of the types chosen. A cell that does not fit its type is
 * missing, and a problem. Memory: one chunk a column, the dictionaries, and a bounded profile; never the rows. */
export class TableBuilder {
  readonly #log = new ProblemLog()
  readonly #rows: TableRows
  readonly #sink: ChunkSink
  readonly #rules: CellRules
  readonly #writers: ColumnWriter[]
  #lines = new Int32Array(1024)
  #inChunk = 0
  #chunkIndex = 0
  #checked = false

  constructor(
    fileName: string,
    dialect: Dialect,
    columns: readonly ColumnChoice[],
    ragged: RaggedPolicy,
    sink: ChunkSink
  ) {
    this.#sink = sink
    this.#rules = cellRules(dialect)
    this.#writers = columns.map((choice) => new ColumnWriter(choice, this.#rules))
    this.#rows = new TableRows(fileName, dialect, ragged, this.#log, (cells, line) => this.#take(cells, line))
  }

  /** @throws COLUMN_UNKNOWN where a column chosen lies beyond those of the file */
  push(bytes: Uint8Array): void {
    this.#rows.push(bytes)
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
    const columns = this.#writers.map((writer) => writer.summarize())
    return {
      nRows,
      columns,
      dictionaries: this.#writers.map((writer) => writer.dictionary()),
      problems: this.#log.report(),
      nRowsLeftOut,
      ratings: recognizeRatings(columns, nRows)
    }
  }

  #take(cells: readonly string[], line: number): void {
    if (!this.#checked) this.#checkColumns()
    const at = this.#inChunk++
    if (at >= this.#lines.length) this.#lines = grow(this.#lines, Int32Array)
    this.#lines[at] = line
    for (const writer of this.#writers) {
      const text = cells[writer.index]
      const reading = writer.take(text, at, line)
      if (writer.isSuspect(reading)) this.#report(writer, text!, reading, line)
    }
    if (this.#inChunk === CHUNK_ROWS) this.#flush()
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
  }
}

/** The unfinished chunk of one column, and what is known of the column so far. */
class ColumnWriter {
  readonly index: number
  readonly name: string
  readonly type: ColumnChoice['type']
  readonly #kind: ColumnChunk['kind']
  readonly #profile: ColumnProfile
  readonly #codes = new Map<string, number>()
  #numbers = new Float64Array(0)
  #coded = new Int32Array(0)
  #texts: (string | null)[] = []
  #large: { line: number; text: string } | null = null

  constructor({ index, name, type }: ColumnChoice, rules: CellRules) {
    this.index = index
    this.name = name
    this.type = type
    this.#kind = storageKind(type)
    this.#profile = new ColumnProfile(rules)
  }

  /** Stores a cell at a place of the chunk. */
  take(text: string | undefined, at: number, line: number): CellReading {
    const reading = this.#profile.read(text)
    if (reading.kind === 'tooLarge') this.#large ??= { line, text: detach(text!) }
    const fits = fitsType(reading, this.type)
    if (this.#kind === 'number') {
      if (at >= this.#numbers.length) this.#numbers = grow(this.#numbers, Float64Array)
      this.#numbers[at] = fits ? reading.value : NaN
    } else if (this.#kind === 'codes') {
      if (at >= this.#coded.length) this.#coded = grow(this.#coded, Int32Array)
      this.#coded[at] = fits ? this.#codeOf(text!, reading) : -1
    } else this.#texts.push(fits ? text! : null)
    return reading
  }

  #codeOf(text: string, reading: CellReading): number {
    if (reading.code >= 0) return reading.code
    let code = this.#codes.get(text)
    if (code === undefined) {
      code = this.#codes.size
      this.#codes.set(detach(text), code)
    }
    reading.code = code
    return code
  }

  /** Whether a cell may be a problem; said cheaply, as nearly none is. */
  isSuspect(reading: CellReading): boolean {
    if (reading.kind === 'missing') return false
    return reading.kind === 'tooLarge' ? this.type === 'number' : !fitsType(reading, this.type)
  }

  /** The first integer too large for a number, where the column is text on its account; null otherwise. */
  lostAsNumber(): { line: number; text: string } | null {
    return this.type !== 'number' && this.#large && this.#profile.losesDigits() ? this.#large : null
  }

  /** The chunk of the first n cells; the next one begins empty. */
  cut(n: number): ColumnChunk {
    if (this.#kind === 'number') return { kind: 'number', values: this.#numbers.slice(0, n) }
    if (this.#kind === 'codes') return { kind: 'codes', codes: this.#coded.slice(0, n) }
    const values = this.#texts
    this.#texts = []
    return { kind: 'text', values }
  }

  summarize(): ColumnSummary {
    return this.#profile.summarize(this.name, this.type, this.index)
  }

  dictionary(): string[] | null {
    return this.#kind === 'codes' ? [...this.#codes.keys()] : null
  }
}

function grow<T extends Float64Array | Int32Array>(array: T, kind: new (length: number) => T): T {
  const larger = new kind(Math.min(CHUNK_ROWS, Math.max(64, 4 * array.length)))
  larger.set(array)
  return larger
}
