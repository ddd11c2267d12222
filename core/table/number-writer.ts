import type { ColumnChoice, ColumnSummary } from '../contract/table.ts'
import { readCell, type CellReading, type CellRules } from './cell.ts'
import type { ColumnChunk } from './chunks.ts'
import { isNumberColumn, isRowNumber } from './infer.ts'
import { NumberStatistics } from './number-statistics.ts'
import { copyNumbers } from './numbers-of-chunk.ts'

const FIRST_LENGTH = 64
/** Where so many rows come at once there will be enough of them for a whole chunk. */
const MANY_ROWS = 1_024

/** The unfinished chunk of a number column, and what is known of the column so far. */
export class NumberWriter {
  readonly index: number
  readonly name: string
  readonly type = 'number'
  readonly keepsText = false
  readonly #rules: CellRules
  readonly #chunkRows: number
  readonly #statistics: NumberStatistics
  readonly #newValues: (length: number) => Float64Array
  #nonFinite = 0
  #tooLarge = 0
  #padded = 0
  #others = 0
  #values: Float64Array = new Float64Array(0)
  #rows = 0
  #decimals = 0
  #unit: string | undefined

  /** @param limit different values that are told apart
   * @param newValues makes the array of a whole chunk; what stands in it does not matter */
  constructor(
    { index, name }: ColumnChoice,
    rules: CellRules,
    chunkRows: number,
    limit?: number,
    newValues = (length: number): Float64Array => new Float64Array(length)
  ) {
    this.#newValues = newValues
    this.#statistics = new NumberStatistics(limit)
    this.index = index
    this.name = name
    this.#rules = rules
    this.#chunkRows = chunkRows
  }

  /** Stores a cell at a place of the chunk. */
  take(text: string | undefined, at: number): CellReading {
    if (at >= this.#values.length) this.#grow(at + 1)
    const reading = text === undefined ? null : readCell(text, this.#rules)
    if (reading) this.#count(reading)
    this.#values[at] = reading && fits(reading) ? reading.value : NaN
    return reading ?? shortRow
  }

  #count({ kind, decimals, sign }: CellReading): void {
    if (sign !== undefined) this.#unit ??= sign
    if (decimals > this.#decimals) this.#decimals = decimals
    if (kind === 'nonFinite') this.#nonFinite++
    else if (kind === 'tooLarge') this.#tooLarge++
    else if (kind === 'paddedInteger') this.#padded++
    else if (kind === 'text') this.#others++
  }

  /** Stores numbers and missing values that stand one below the other, from a place of the chunk on.
   * @param decimals the most that any of them was written with */
  takeValues(values: Float64Array, at: number, decimals: number): void {
    const end = at + values.length
    if (end > this.#values.length) this.#grow(values.length >= MANY_ROWS ? this.#chunkRows : end)
    copyNumbers(values, this.#values, at)
    if (decimals > this.#decimals) this.#decimals = decimals
  }

  #grow(wanted: number): void {
    const length = Math.min(this.#chunkRows, Math.max(FIRST_LENGTH, wanted, 4 * this.#values.length))
    const larger = length === this.#chunkRows ? this.#newValues(length) : new Float64Array(length)
    larger.set(this.#values)
    this.#values = larger
  }

  /** The chunk of the first n cells; the next one begins empty. */
  cut(n: number): ColumnChunk {
    const whole = this.#values.length === n
    const values = whole ? this.#values : this.#values.slice(0, n)
    if (whole) this.#values = n === this.#chunkRows ? this.#newValues(n) : new Float64Array(0)
    this.#statistics.add(values)
    this.#rows += n
    return { kind: 'number', values }
  }

  /** Whether all cells, after the last cut, are together those of a number column. */
  get isAsTyped(): boolean {
    const [nonFinite, tooLarge, padded] = [this.#nonFinite, this.#tooLarge, this.#padded]
    const { count } = this.#statistics
    const present = count + nonFinite + this.#others
    return isNumberColumn({ present, numbers: count - tooLarge - padded, nonFinite, tooLarge, padded })
  }

  summarize(): ColumnSummary {
    const { name, index } = this
    const summary: ColumnSummary = { name, type: 'number', missing: this.#rows - this.#statistics.count }
    this.#statistics.describe(summary, this.#decimals)
    if (isRowNumber(name, index, this.#rows, this.#statistics)) summary.isRowNumber = true
    if (this.#unit !== undefined) summary.unit = this.#unit
    return summary
  }

  dictionary(): null {
    return null
  }

  lostAsNumber(): null {
    return null
  }
}

const fits = ({ kind }: CellReading): boolean => kind === 'number' || kind === 'paddedInteger' || kind === 'tooLarge'

/** What a cell is that its row is too short to have. */
const shortRow: CellReading = {
  kind: 'missing',
  value: NaN,
  decimals: 0,
  isDate: false,
  isBoolean: false,
  count: 0,
  code: -1
}
