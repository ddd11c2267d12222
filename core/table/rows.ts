import { EigendeskError } from '../contract/errors.ts'
import type { Dialect, RaggedPolicy } from '../contract/table.ts'
import { TextStream } from './decode.ts'
import { liftGuards } from './formula-guard.ts'
import { nameColumns } from './names.ts'
import { writeCount, type ProblemLog } from './problems.ts'
import { RowReader } from './tokenize.ts'

/** More columns than this are no table anybody would look at; each costs memory before it holds a value. */
export const COLUMN_LIMIT = 200_000
/** Rows looked at before the number of fields is settled. */
const ROWS_BEFORE_LAYOUT = 100
/** Bytes decoded at a time, so that a file pushed whole is not held as text whole. */
const STEP_BYTES = 262_144

/** A row that has the fields of the table. Shorter only where short rows are padded. */
export type OnTableRow = (cells: readonly string[], line: number) => void

interface Row {
  cells: string[]
  line: number
}

/** From the bytes of a file to rows of one length: decodes, splits, sets the header, the lines above it and the footer
 * apart, names the columns, and treats rows that have more or fewer fields. */
export class TableRows {
  readonly #fileName: string
  readonly #dialect: Dialect
  readonly #ragged: RaggedPolicy
  readonly #log: ProblemLog
  readonly #onRow: OnTableRow
  readonly #text: TextStream
  readonly #reader: RowReader
  readonly #liftsGuards: boolean
  readonly #headerRows: string[][] = []
  /** the last rows, which are no data if the file ends with them */
  #held: Row[] = []
  #waiting: Row[] | null = []
  #names: string[] = []
  #watchNul = false
  #watchInvalid = false
  #watchGuards = false
  #anything = false
  readonly #lastDataRow: number
  #cut = false
  nRows = 0
  nRowsLeftOut = 0

  constructor(fileName: string, dialect: Dialect, ragged: RaggedPolicy, log: ProblemLog, onRow: OnTableRow) {
    this.#fileName = fileName
    this.#dialect = dialect
    this.#ragged = ragged
    this.#log = log
    this.#onRow = onRow
    this.#text = new TextStream(dialect.encoding)
    this.#liftsGuards = dialect.guard === 'lift'
    this.#lastDataRow = dialect.lastDataRow ?? Infinity
    this.#reader = new RowReader(
      dialect,
      (cells, line) => this.#take(cells, line),
      (problem) => {
        if (!this.#cut) log.add(problem)
      }
    )
  }

  /** Names of the columns; empty before the layout is settled, which is before the first row is handed on. */
  get names(): readonly string[] {
    return this.#names
  }

  /** Whether every byte pushed became rows that are handed on, so that somebody else may read on from here. */
  get isBetweenRows(): boolean {
    return this.#waiting === null && this.#held.length === 0 && this.#reader.isBetweenRows
  }

  /** The line on which the next row begins. */
  get line(): number {
    return this.#reader.line
  }

  /** Counts what somebody else read, in rows that have the fields of the table. */
  passRows(rows: number, lines: number): void {
    this.nRows += rows
    this.#reader.passLines(lines, rows > 0 ? this.#names.length : null)
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += STEP_BYTES) {
      this.#pushText(this.#text.push(bytes.subarray(at, at + STEP_BYTES)))
    }
  }

  /** @param complete false where the bytes are only the beginning of a file: the last row may be cut and is left
   * @throws FILE_EMPTY | NO_ROWS | FILE_BINARY (far too many columns) */
  finish(complete = true): void {
    // a first row longer than what was read (a cell of many megabytes) is shown as far as it goes; its quote is not closed yet
    const tooLong = !complete && this.nRows + this.nRowsLeftOut + (this.#waiting?.length ?? 0) + this.#held.length === 0
    if (complete || tooLong) {
      this.#cut = tooLong
      this.#pushText(this.#text.finish())
      this.#reader.finish()
    }
    for (const { cells, line } of this.#held.splice(0)) {
      if (complete) this.#skip(cells, line, `Line ${line} stands below the data`)
      else this.#hand(cells, line)
    }
    if (this.#waiting) this.#settle()
    if (!this.#anything) throw new EigendeskError('FILE_EMPTY', { file: this.#fileName })
    if (this.nRows + this.nRowsLeftOut === 0) {
      const line = this.#dialect.headerRow ?? 1
      throw new EigendeskError('NO_ROWS', { file: this.#fileName, line, column: 1 })
    }
  }

  #pushText(text: string): void {
    if (text.includes('\0')) this.#watchNul = true
    if (text.includes('\uFFFD')) this.#watchInvalid = true
    if (this.#liftsGuards && text.includes("'")) this.#watchGuards = true
    this.#reader.push(text)
  }

  #take(cells: string[], line: number): void {
    this.#anything = true
    if (this.#watchNul || this.#watchInvalid) this.#clean(cells, line)
    if (this.#watchGuards) liftGuards(cells, line, this.#log)
    const { headerRow, headerRows, firstDataRow, footerRows } = this.#dialect
    const header = this.#headerRows
    if (headerRow !== null && line >= headerRow && header.length < headerRows) {
      if (header.length === 0 || line < firstDataRow) {
        header.push(cells)
        return
      }
    }
    if (line < firstDataRow) return this.#skip(cells, line, `Line ${line} is neither a header nor data`)
    if (line > this.#lastDataRow) return this.#skip(cells, line, `Line ${line} stands below the table`)
    if (footerRows === 0) return this.#hand(cells, line)
    this.#held.push({ cells, line })
    if (this.#held.length <= footerRows) return
    const row = this.#held.shift()!
    this.#hand(row.cells, row.line)
  }

  #hand(cells: string[], line: number): void {
    if (!this.#waiting) return this.#accept(cells, line)
    this.#waiting.push({ cells, line })
    if (this.#waiting.length >= ROWS_BEFORE_LAYOUT) this.#settle()
  }

  #skip(cells: string[], line: number, message: string): void {
    const text = cells.join(this.#dialect.delimiter)
    this.#log.add({ code: 'LINE_SKIPPED', severity: 'info', line, column: 0, text, message, treatment: 'Skipped' })
  }

  #clean(cells: string[], line: number): void {
    cells.forEach((cell, i) => {
      const about = { severity: 'warning' as const, line, column: i + 1 }
      if (cell.includes('\0')) {
        cells[i] = cell.replaceAll('\0', '')
        const message = 'A zero byte stands in the cell'
        this.#log.add({ code: 'NUL_BYTE', ...about, text: cells[i], message, treatment: 'Left out of the cell' })
      }
      if (cell.includes('\uFFFD')) {
        const message = `Bytes that are not ${this.#dialect.encoding.toUpperCase()}`
        this.#log.add({ code: 'INVALID_ENCODING', ...about, text: cell, message, treatment: 'Shown as \uFFFD' })
      }
    })
  }

  /** Settles how many fields a row has and what the columns are called, then hands on the rows that waited. */
  #settle(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    const usual = mostCommon(waiting.map(({ cells }) => cells.length))
    const rows = this.#headerRows
    const header = rows.length > 0 ? fitHeader(joinHeaderRows(rows), waiting, usual) : null
    const nFields = header?.length ?? usual
    if (nFields > COLUMN_LIMIT) {
      const reason = `its lines have ${writeCount(nFields)} fields`
      const line = waiting.find(({ cells }) => cells.length > COLUMN_LIMIT)?.line ?? this.#dialect.headerRow ?? 1
      throw new EigendeskError('FILE_BINARY', { file: this.#fileName, reason, line, column: COLUMN_LIMIT + 1 })
    }
    const { names, problems } = nameColumns(header, nFields, this.#dialect.headerRow ?? 1)
    this.#names = names
    for (const problem of problems) this.#log.add(problem)
    for (const { cells, line } of waiting) this.#accept(cells, line)
  }

  #accept(cells: string[], line: number): void {
    const wanted = this.#names.length
    if (cells.length !== wanted) {
      const many = cells.length > wanted
      const pad = this.#ragged === 'pad'
      const than = this.#headerRows.length > 0 ? 'the header has' : 'the other lines have'
      const message = `${cells.length} field${cells.length === 1 ? '' : 's'} where ${than} ${wanted}`
      const padded = many ? 'The fields beyond are dropped' : 'The fields that lack are missing'
      const text = cells.join(this.#dialect.delimiter)
      this.#log.add({
        code: many ? 'TOO_MANY_FIELDS' : 'TOO_FEW_FIELDS',
        severity: pad ? 'warning' : 'error',
        line,
        column: Math.min(cells.length, wanted) + 1,
        ...(!many && { field: this.#names[cells.length]! }),
        text,
        message,
        treatment: pad ? padded : 'The row is left out'
      })
      if (!pad) {
        this.nRowsLeftOut++
        return
      }
    }
    this.nRows++
    this.#onRow(cells.length > wanted ? cells.slice(0, wanted) : cells, line)
  }
}

/** The value that occurs most often; the larger of equals; 0 of none. */
export function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best = 0
  for (const [value, count] of counts) {
    const bestCount = counts.get(best) ?? 0
    if (count > bestCount || (count === bestCount && value > best)) best = value
  }
  return best
}

/** Names that stand in several rows, joined from above to below. An empty cell of an upper row has the name to its left, as
 * where a spreadsheet merged cells; the lowest row names single columns, and empty there is empty. A name is not said twice. */
export function joinHeaderRows(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map((cells) => cells.length))
  const parts = rows.map((cells, level) => {
    let left = ''
    return Array.from({ length: width }, (_, i) => {
      const own = (cells[i] ?? '').trim()
      if (level === rows.length - 1) return own
      left = own === '' ? left : own
      return left
    })
  })
  if (parts.length === 1) return [...rows[0]!]
  return Array.from({ length: width }, (_, i) =>
    parts
      .map((part) => part[i]!)
      .filter((part, level, all) => part !== '' && part !== all[level - 1])
      .join(' ')
  )
}

/** Share of the rows that must be one field longer than the header before it is taken for R's. */
const LONGER_SHARE = 0.9

/** The header brought to the length of the rows where there is one sure way: R writes no name over the row names; some
 * programs end every line, or only the header, with a delimiter; or it has as many empty names as are too many. */
function fitHeader(header: string[], rows: Row[], usual: number): string[] {
  const longer = rows.filter(({ cells }) => cells.length === header.length + 1)
  if (longer.length > 0 && longer.length >= LONGER_SHARE * rows.length) {
    const trailing = longer.every(({ cells }) => cells[header.length]!.trim() === '')
    return trailing ? [...header, ''] : ['row', ...header]
  }
  const surplus = header.slice(usual)
  if (usual === 0 || surplus.length === 0) return header
  if (surplus.every((cell) => cell.trim() === '')) return header.slice(0, usual)
  // a delimiter too many somewhere in it: without the names that are empty there are as many as fields
  const named = header.filter((cell) => cell.trim() !== '')
  return named.length === usual && rows.every(({ cells }) => cells.length <= usual) ? named : header
}
