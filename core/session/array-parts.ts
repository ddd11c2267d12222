import { EigendeskError } from '../contract/errors.ts'
import { countChunks, VALUES_PER_CHUNK, type StoredArray } from './stored-array.ts'

/** Of a chunk from which so many values are wanted all is read at once. */
const WHOLE_CHUNK = 8

/** Values of one column that lie next to each other in it. */
export interface ColumnPiece {
  column: number
  /** the first row */
  from: number
  values: ArrayLike<number>
}

/** A stored two-dimensional array that is read in parts: scores of a million rows are 160 MB, of which a screen shows a few. */
export class ArrayParts {
  readonly nRows: number
  readonly nColumns: number
  readonly #stored: StoredArray
  readonly #name: string

  /** @param name for errors */
  constructor(stored: StoredArray, name: string) {
    const [rows = 0, columns = 1] = stored.shape
    this.nRows = rows
    this.nColumns = columns
    this.#stored = stored
    this.#name = name
  }

  /** Whether a column can be read without the others. */
  get isByColumns(): boolean {
    return this.#stored.layout === 'columns'
  }

  /** Every value of some columns, a chunk at a time. @param columns each once */
  *pieces(columns: readonly number[]): Generator<ColumnPiece> {
    if (this.isByColumns) {
      const perColumn = this.#chunksOfColumn
      for (const column of columns) {
        for (let index = 0; index < perColumn; index++) {
          yield { column, from: index * VALUES_PER_CHUNK, values: this.#stored.chunk(column * perColumn + index) }
        }
      }
      return
    }
    const nChunks = countChunks(this.#stored)
    for (let index = 0; index < nChunks; index++) {
      const values = this.#stored.chunk(index)
      const before = index * VALUES_PER_CHUNK
      for (const column of columns) {
        const from = Math.ceil((before - column) / this.nColumns)
        const first = from * this.nColumns + column - before
        const count = Math.max(0, Math.ceil((values.length - first) / this.nColumns))
        yield {
          column,
          from,
          values: Float64Array.from({ length: count }, (_, i) => values[first + i * this.nColumns]!)
        }
      }
    }
  }

  /** Some rows, chosen columns, row by row.
   * @throws ARRAY_UNKNOWN where there is no such row or column */
  rows(rows: readonly number[], columns: readonly number[]): Float64Array {
    const outside = rows.find((row) => row >= this.nRows)
    if (outside !== undefined) throw new EigendeskError('ARRAY_UNKNOWN', { value: `${this.#name}, row ${outside}` })
    this.checkColumns(columns)
    const found = new Float64Array(rows.length * columns.length)
    if (this.isByColumns) columns.forEach((column, j) => this.#fillColumn(rows, column, found, j, columns.length))
    else {
      rows.forEach((row, i) => {
        const values = this.#span(row * this.nColumns, this.nColumns)
        columns.forEach((column, j) => (found[i * columns.length + j] = values[column]!))
      })
    }
    return found
  }

  /** @throws ARRAY_UNKNOWN */
  checkColumns(columns: readonly number[]): void {
    const outside = columns.find((column) => column >= this.nColumns)
    if (outside !== undefined) {
      throw new EigendeskError('ARRAY_UNKNOWN', { value: `${this.#name}, column ${outside}` })
    }
  }

  get #chunksOfColumn(): number {
    return Math.ceil(this.nRows / VALUES_PER_CHUNK)
  }

  #fillColumn(rows: readonly number[], column: number, into: Float64Array, at: number, stride: number): void {
    const wanted = new Map<number, number[]>()
    rows.forEach((row, i) => {
      const chunk = Math.floor(row / VALUES_PER_CHUNK)
      const known = wanted.get(chunk)
      if (known) known.push(i)
      else wanted.set(chunk, [i])
    })
    for (const [chunk, places] of wanted) {
      const index = column * this.#chunksOfColumn + chunk
      const whole = places.length >= WHOLE_CHUNK ? this.#stored.chunk(index) : null
      for (const i of places) {
        const within = rows[i]! % VALUES_PER_CHUNK
        into[i * stride + at] = whole ? whole[within]! : this.#stored.part(index, within, 1)[0]!
      }
    }
  }

  /** Values that lie one after the other, in one chunk or in several. */
  #span(from: number, count: number): ArrayLike<number> {
    const values = new Float64Array(count)
    for (let done = 0; done < count;) {
      const chunk = Math.floor((from + done) / VALUES_PER_CHUNK)
      const first = (from + done) % VALUES_PER_CHUNK
      const length = Math.min(count - done, VALUES_PER_CHUNK - first)
      values.set(this.#stored.part(chunk, first, length), done)
      done += length
    }
    return values
  }
}
