import type {
  ColumnSummary,
  ColumnType,
  Dialect,
  Preview,
  ProblemReport,
  RaggedPolicy,
  RatingsShape
} from '../contract/table.ts'
import { cellRules, type CellReading, type CellRules } from './cell.ts'
import { CHUNK_ROWS } from './chunks.ts'
import { DISTINCT_LIMIT, distinctLimit } from './distinct-numbers.ts'
import { rulesOfColumn, withDateOrder } from './date-order.ts'
import { ColumnProfile, detach, fitsType, NUMBERS_TELLING } from './infer.ts'
import { describeMisfit, describeTooLarge } from './misfit.ts'
import { ProblemLog, PROBLEMS_KEPT } from './problems.ts'
import { recognizeRatings } from './ratings.ts'
import { TableRows } from './rows.ts'

/** Cells of one column that may turn out to be problems, kept until its type is known. */
interface Suspect {
  line: number
  text: string
  reading: CellReading
}

/** A column with so many cells that are no numbers, and more than half of them, is not one of numbers: no list is kept. */
const SUSPECTS_OF_TEXT = 1_000

interface Watched {
  profile: ColumnProfile
  /** null once the column is evidently not what its cells were suspected against */
  suspects: Suspect[] | null
  /** the first integer beyond 2^53 */
  large: Suspect | null
  chosen: ColumnType | undefined
}

export interface TableProfile {
  columns: ColumnSummary[]
  nRows: number
  nRowsLeftOut: number
  problems: ProblemReport
  ratings: RatingsShape | null
  /** the first rows, as many as were asked for */
  rows: Preview['rows']
}

export interface ProfilerOptions {
  /** types a person chose, by column index */
  types?: Record<string, ColumnType> | undefined
  /** cells of the first rows to keep for showing; 0 keeps none */
  cellsShown?: number
  /** rows above this line of the file are not kept for showing */
  fromLine?: number
}

/** At least so many first rows are kept, however wide they are, and no more than the second. */
const FEWEST_ROWS = 20
const MOST_ROWS = 200

/** Reads a table once, in pieces, without storing it: the types of its columns, their statistics, and its problems. */
export class TableProfiler {
  readonly #log = new ProblemLog()
  readonly #rows: TableRows
  readonly #rules: CellRules
  readonly #dialect: Dialect
  readonly #options: ProfilerOptions
  #columns: Watched[] = []
  #nRows = 0
  readonly #shown: Preview['rows'] = []
  #rowsShown = 0

  constructor(fileName: string, dialect: Dialect, ragged: RaggedPolicy = 'leaveOut', options: ProfilerOptions = {}) {
    this.#rules = cellRules(dialect)
    this.#dialect = dialect
    this.#options = options
    this.#rows = new TableRows(fileName, dialect, ragged, this.#log, (cells, line) => this.#take(cells, line))
  }

  /** Rows read so far. */
  get nRows(): number {
    return this.#nRows
  }

  push(bytes: Uint8Array): void {
    this.#rows.push(bytes)
  }

  /** @param complete false where only the beginning of a file was pushed
   * @throws FILE_EMPTY | NO_ROWS */
  finish(complete = true): TableProfile {
    this.#rows.finish(complete)
    if (this.#columns.length === 0) this.#begin()
    const columns = this.#columns.map((column, i) => this.#conclude(column, i))
    const ratings = recognizeRatings(columns, this.#nRows)
    const { nRowsLeftOut } = this.#rows
    return { columns, nRows: this.#nRows, nRowsLeftOut, problems: this.#log.report(), ratings, rows: this.#shown }
  }

  #begin(): void {
    const { types, cellsShown = 0 } = this.#options
    const { names } = this.#rows
    const limit = distinctLimit(names.length)
    this.#columns = names.map((_, i) => {
      const chosen = types?.[String(i)]
      const numbersKept = chosen === undefined || chosen === 'number' ? NUMBERS_TELLING : DISTINCT_LIMIT
      return {
        profile: new ColumnProfile(rulesOfColumn(this.#rules, this.#dialect, i), CHUNK_ROWS, numbersKept, limit),
        suspects: [],
        large: null,
        chosen
      }
    })
    const fitting = Math.floor(cellsShown / names.length)
    this.#rowsShown = cellsShown === 0 ? 0 : Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, fitting))
  }

  #take(cells: readonly string[], line: number): void {
    if (this.#nRows === 0) this.#begin()
    this.#nRows++
    for (let i = 0; i < this.#columns.length; i++) {
      const column = this.#columns[i]!
      const text = cells[i]
      const reading = column.profile.read(text)
      if (mayMatter(reading, column)) this.#suspect(column, { line, text: text!, reading })
    }
    if (this.#shown.length < this.#rowsShown && line >= (this.#options.fromLine ?? 1)) {
      this.#shown.push({ line, cells: this.#columns.map((_, i) => cells[i] ?? null) })
    }
  }

  #suspect(column: Watched, suspect: Suspect): void {
    const { suspects, chosen } = column
    if (suspect.reading.kind === 'tooLarge') column.large ??= { ...suspect, text: detach(suspect.text) }
    if (!suspects || suspects.length >= PROBLEMS_KEPT) return
    if (chosen !== undefined && chosen !== 'number' && fitsType(suspect.reading, chosen)) return
    suspects.push({ ...suspect, text: detach(suspect.text) })
    const isText = suspects.length >= SUSPECTS_OF_TEXT && suspects.length > this.#nRows / 2
    if (chosen === undefined && isText) column.suspects = null
  }

  #conclude({ profile, suspects, large, chosen }: Watched, i: number): ColumnSummary {
    const name = this.#rows.names[i]!
    const type = chosen ?? profile.inferType()
    const summary = withDateOrder(profile.summarize(name, type, i), this.#dialect, i)
    const place = (line: number) => ({ line, column: i + 1, field: name })
    let reported = 0
    for (const { line, text, reading } of suspects ?? []) {
      const problem = describeMisfit(text, reading, type, place(line), this.#rules)
      if (!problem) continue
      this.#log.add(problem)
      if (problem.code !== 'INTEGER_TOO_LARGE') reported++
    }
    this.#log.count('NOT_A_NUMBER', profile.countMisfits(type) - reported)
    if (large && type !== 'number' && profile.losesDigits())
      this.#log.add(describeTooLarge(large.text, place(large.line)))
    return summary
  }
}

/** Whether a cell may turn out to be a problem; said cheaply, as nearly none does. */
function mayMatter({ kind }: CellReading, { chosen, suspects, large }: Watched): boolean {
  if (kind === 'missing') return false
  if (kind === 'number') return chosen !== undefined && chosen !== 'number' && suspects !== null
  return suspects !== null || (kind === 'tooLarge' && large === null)
}
