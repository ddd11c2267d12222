import type { ColumnSummary, ColumnType } from '../contract/table.ts'
import { areBooleans, cellRules, readCell, type CellKind, type CellReading, type CellRules } from './cell.ts'
import { CHUNK_ROWS } from './chunks.ts'
import { DISTINCT_LIMIT } from './distinct-numbers.ts'
import { GrowingNumbers } from './growing.ts'
import { NumberStatistics } from './number-statistics.ts'

/** A longer text is counted and not remembered, so that a column of documents costs no more than one of words. */
const REMEMBERED_TEXT = 1000
/** More different values than this are no category, nor are values that stand in less than two rows on average. */
const CATEGORY_LIMIT = 1_000
/** Different texts that settle that a column is no category: more numbers need not be remembered to tell its type. */
export const NUMBERS_TELLING = CATEGORY_LIMIT + 1
/** Cells that found no place in the memory, before it is asked whether looking texts up pays. */
const MISSES_BEFORE_DOUBT = 2_000
const CATEGORY_ROWS = 2
/** A column is a number column where at least this share of its cells are numbers; the others are problems. */
const NUMBER_SHARE = 0.9
/** And where some are not, at least so many are. */
const NUMBERS_WANTED = 5
/** Integers like 007 are numbers written oddly below this share, identifiers above: these stay text. */
const PADDED_SHARE = 0.01
const TOP_VALUES = 14
/** 1, 2, 3 … is a row number where it is this long, or is called so. */
const ROW_NUMBERS_WANTED = 10
const rowNumberName = /^(|column 1|rownames?|row|row[ _.]?(number|no|id|names?)|index|id|no|nr|#|unnamed: ?0)$/i

const missingCell = readCell('', cellRules({ decimal: '.', missingTokens: [''] }))

/** What is learnt of one column while its cells go past: enough to tell its type and its statistics, in memory that
 * does not grow with the rows. Each different text is looked at once. */
export class ColumnProfile {
  readonly #rules: CellRules
  readonly #numbersKept: number
  readonly #memo = new Map<string, CellReading>()
  /** cells whose text found no place in the memo, by kind */
  readonly #beyond = new Map<CellKind, number>()
  /** values of the cells as numbers; those of the rows not yet in the statistics */
  readonly #values: GrowingNumbers
  readonly #numbers: NumberStatistics
  #beyondDates = 0
  #short = 0
  #rows = 0
  #decimals = 0
  #unit: string | undefined
  #misses = 0
  #memoHelps = true

  /** @param chunkRows rows after which the statistics are brought up to date
   * @param numbersKept different texts up to which those that are numbers are remembered too
   * @param limit different numbers that are told apart */
  constructor(rules: CellRules, chunkRows = CHUNK_ROWS, numbersKept = DISTINCT_LIMIT, limit = DISTINCT_LIMIT) {
    this.#numbers = new NumberStatistics(limit)
    this.#rules = rules
    this.#numbersKept = numbersKept
    this.#values = new GrowingNumbers(chunkRows)
  }

  /** Takes the next cell and says what it could be.
   * @param text as written; undefined where the row is too short to have the cell */
  read(text: string | undefined): CellReading {
    const reading = text === undefined ? this.#readShort() : this.#readText(text)
    this.#rows++
    if (this.#values.push(isNumeric(reading) ? reading.value : NaN)) this.#numbers.add(this.#values.take())
    return reading
  }

  #readShort(): CellReading {
    this.#short++
    return missingCell
  }

  #readText(text: string): CellReading {
    const known = this.#memoHelps ? this.#memo.get(text) : undefined
    if (known) {
      known.count++
      return known
    }
    const reading = readCell(text, this.#rules)
    if (reading.decimals > this.#decimals) this.#decimals = reading.decimals
    if (reading.sign !== undefined) this.#unit ??= reading.sign
    const room = reading.kind === 'number' ? this.#numbersKept : DISTINCT_LIMIT
    if (this.#memo.size < room && text.length <= REMEMBERED_TEXT) {
      reading.count = 1
      this.#memo.set(detach(text), reading)
    } else this.#addBeyond(reading)
    return reading
  }

  #addBeyond(reading: CellReading): void {
    // a column whose texts hardly ever come back is read faster without looking them up
    if (++this.#misses % MISSES_BEFORE_DOUBT === 0) this.#memoHelps = 2 * this.#misses < this.#rows
    this.#beyond.set(reading.kind, (this.#beyond.get(reading.kind) ?? 0) + 1)
    if (reading.isDate) this.#beyondDates++
  }

  #count(...kinds: CellKind[]): number {
    let count = 0
    for (const reading of this.#memo.values()) if (kinds.includes(reading.kind)) count += reading.count
    return kinds.reduce((sum, kind) => sum + (this.#beyond.get(kind) ?? 0), count)
  }

  get #missing(): number {
    return this.#count('missing') + this.#short
  }

  /** Different texts that are not missing, in the order of the file. */
  #texts(): string[] {
    return [...this.#memo].filter(([, reading]) => reading.kind !== 'missing').map(([text]) => text)
  }

  /** The type that fits the cells seen so far. All empty is text. */
  inferType(): ColumnType {
    const present = this.#rows - this.#missing
    if (present === 0) return 'text'
    const texts = this.#texts()
    const complete = this.#beyond.size === 0
    const nonFinite = this.#count('nonFinite')
    const [tooLarge, padded, numbers] = [this.#count('tooLarge'), this.#count('paddedInteger'), this.#count('number')]
    if (isNumberColumn({ present, numbers, nonFinite, tooLarge, padded })) return 'number'
    if (complete && areBooleans(texts)) return 'boolean'
    const dates = this.#sumOf((reading) => reading.isDate) + this.#beyondDates
    if (dates === present) return 'date'
    const few = complete && areCategories(texts.length, present)
    return few ? 'category' : 'text'
  }

  /** Whether the column would be one of numbers, were some of its integers not too large to be held. */
  losesDigits(): boolean {
    const numbers = this.#count('number', 'tooLarge', 'paddedInteger')
    return this.#count('tooLarge') > 0 && numbers >= NUMBER_SHARE * (this.#rows - this.#missing)
  }

  #sumOf(wanted: (reading: CellReading) => boolean): number {
    let sum = 0
    for (const reading of this.#memo.values()) if (wanted(reading)) sum += reading.count
    return sum
  }

  /** Statistics of the cells as a column of a type: cells that do not fit it count as missing.
   * @param index position of the column in the file, from 0 */
  summarize(name: string, type: ColumnType, index: number): ColumnSummary {
    const fitting = [...this.#memo].filter(([, reading]) => fitsType(reading, type))
    const fittingBeyond = this.#beyondFitting(type)
    const counted = fitting.reduce((sum, [, reading]) => sum + reading.count, 0) + fittingBeyond
    const summary: ColumnSummary = { name, type, missing: this.#rows - counted }
    if (type === 'number') {
      const rest = this.#values.take()
      if (rest.length > 0) this.#numbers.add(rest)
      this.#numbers.describe(summary, this.#decimals)
      if (isRowNumber(name, index, this.#rows, this.#numbers)) summary.isRowNumber = true
      if (this.#unit !== undefined) summary.unit = this.#unit
      return summary
    }
    summary.distinct = fitting.length
    if (fittingBeyond > 0) summary.distinctIsLowerBound = true
    const top = fitting.map(([value, { count }]) => ({ value, count })).sort((a, b) => b.count - a.count)
    if ((top[0]?.count ?? 0) > 1) summary.topValues = top.slice(0, TOP_VALUES)
    return summary
  }

  /** Cells that are neither missing nor of the type. */
  countMisfits(type: ColumnType): number {
    const fitting = this.#sumOf((reading) => fitsType(reading, type)) + this.#beyondFitting(type)
    return this.#rows - this.#missing - fitting
  }

  #beyondFitting(type: ColumnType): number {
    if (type === 'date') return this.#beyondDates
    let count = 0
    for (const [kind, cells] of this.#beyond) if (fitsKind(kind, type)) count += cells
    return count
  }
}

/** Cells of a column by what they could be. present: those not missing. */
export interface CellCounts {
  present: number
  numbers: number
  nonFinite: number
  tooLarge: number
  padded: number
}

/** Whether a column is one of numbers, its other cells being problems. */
export function isNumberColumn({ present, numbers, nonFinite, tooLarge, padded }: CellCounts): boolean {
  if (numbers === 0 || tooLarge > 0 || padded > PADDED_SHARE * present) return false
  const others = present - numbers - nonFinite
  return others === 0 || (present - others >= NUMBER_SHARE * present && numbers >= NUMBERS_WANTED)
}

/** Whether a column of numbers counts the rows: a long one that is called so or stands first, a short one only both. */
export function isRowNumber(name: string, index: number, rows: number, numbers: NumberStatistics): boolean {
  if (!numbers.isSequence || rows < 2) return false
  const named = rowNumberName.test(name)
  return rows >= ROW_NUMBERS_WANTED ? named || index === 0 : named && index === 0
}

/** Whether texts are so few, and come back so often, that they are taken for categories. */
export const areCategories = (distinct: number, present: number): boolean =>
  distinct <= CATEGORY_LIMIT && present >= CATEGORY_ROWS * distinct

/** Whether the cell has a number to take, if its column is one of numbers. 007 has, where a person says so. */
function isNumeric(reading: CellReading): boolean {
  return reading.kind === 'number' || reading.kind === 'paddedInteger' || reading.kind === 'tooLarge'
}

function fitsKind(kind: CellKind, type: ColumnType): boolean {
  if (kind === 'missing') return false
  if (type === 'number') return kind === 'number' || kind === 'paddedInteger' || kind === 'tooLarge'
  return type === 'text' || type === 'category'
}

/** Whether a cell can stand in a column of a type. */
export function fitsType(reading: CellReading, type: ColumnType): boolean {
  if (type === 'boolean') return reading.isBoolean
  if (type === 'date') return reading.isDate
  return fitsKind(reading.kind, type)
}

/** A copy of a text that does not keep the piece of file it was cut from in memory. */
export function detach(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}
