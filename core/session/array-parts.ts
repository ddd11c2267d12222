import type { ResultArray } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import { VALUES_PER_CHUNK, type Layout } from './chunked.ts'
import type { Connection } from './database.ts'

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
  readonly #db: Connection
  readonly #id: string
  readonly #name: string
  readonly #dtype: ResultArray['dtype']
  readonly #layout: Layout

  /** @throws ARRAY_UNKNOWN */
  constructor(db: Connection, id: string, name: string) {
    const head = db
      .prepare<[string, string], { dtype: ResultArray['dtype']; shape: string; layout: Layout }>(
        'SELECT dtype, shape, layout FROM result_array WHERE analysis_id = ? AND name = ?'
      )
      .get(id, name)
    if (!head) throw new EigendeskError('ARRAY_UNKNOWN', { value: name })
    const [rows = 0, columns = 1] = JSON.parse(head.shape) as number[]
    this.nRows = rows
    this.nColumns = columns
    this.#db = db
    this.#id = id
    this.#name = name
    this.#dtype = head.dtype
    this.#layout = head.layout
  }

  /** Whether a column can be read without the others. */
  get isByColumns(): boolean {
    return this.#layout === 'columns'
  }

  /** Every value of some columns, a chunk at a time. @param columns each once */
  *pieces(columns: readonly number[]): Generator<ColumnPiece> {
    if (this.isByColumns) {
      const perColumn = this.#chunksOfColumn
      for (const column of columns) {
        for (let index = 0; index < perColumn; index++) {
          yield { column, from: index * VALUES_PER_CHUNK, values: this.#chunk(column * perColumn + index) }
        }
      }
      return
    }
    const nChunks = Math.ceil((this.nRows * this.nColumns) / VALUES_PER_CHUNK)
    for (let index = 0; index < nChunks; index++) {
      const values = this.#chunk(index)
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
      const whole = places.length >= WHOLE_CHUNK ? this.#chunk(index) : null
      for (const i of places) {
        const within = rows[i]! % VALUES_PER_CHUNK
        into[i * stride + at] = whole ? whole[within]! : this.#part(index, within, 1)[0]!
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
      values.set(this.#part(chunk, first, length), done)
      done += length
    }
    return values
  }

  #chunk(index: number): Float64Array | Int32Array {
    return this.#valuesOf('SELECT data FROM result_chunk WHERE analysis_id = ? AND name = ? AND chunk = ?', [
      this.#id,
      this.#name,
      index
    ])
  }

  #part(chunk: number, first: number, length: number): Float64Array | Int32Array {
    const width = this.#dtype === 'float64' ? 8 : 4
    return this.#valuesOf(
      'SELECT substr(data, ?, ?) FROM result_chunk WHERE analysis_id = ? AND name = ? AND chunk = ?',
      [first * width + 1, length * width, this.#id, this.#name, chunk]
    )
  }

  #valuesOf(sql: string, parameters: (string | number)[]): Float64Array | Int32Array {
    const bytes = this.#db
      .prepare(sql)
      .pluck()
      .get(...parameters) as Buffer
    // A BLOB may begin at any byte.
    const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    return this.#dtype === 'float64' ? new Float64Array(own) : new Int32Array(own)
  }
}
