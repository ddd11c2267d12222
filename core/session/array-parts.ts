import type { ResultArray } from '../contract/analysis.ts'
import { EigendeskError } from '../contract/errors.ts'
import { VALUES_PER_CHUNK } from './chunked.ts'
import type { Connection } from './database.ts'

/** A stored two-dimensional array that is read in parts: scores of a million rows are 160 MB, of which a screen shows a few. */
export class ArrayParts {
  readonly nRows: number
  readonly nColumns: number
  readonly #db: Connection
  readonly #id: string
  readonly #name: string
  readonly #dtype: ResultArray['dtype']

  /** @throws ARRAY_UNKNOWN */
  constructor(db: Connection, id: string, name: string) {
    const head = db
      .prepare<[string, string], { dtype: ResultArray['dtype']; shape: string }>(
        'SELECT dtype, shape FROM result_array WHERE analysis_id = ? AND name = ?'
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
  }

  get nChunks(): number {
    return Math.ceil((this.nRows * this.nColumns) / VALUES_PER_CHUNK)
  }

  /** The values of a chunk, and how many stand before it. */
  chunk(index: number): { values: Float64Array | Int32Array; from: number } {
    const bytes = this.#read('SELECT data FROM result_chunk WHERE analysis_id = ? AND name = ? AND chunk = ?', [index])
    return { values: this.#valuesOf(bytes), from: index * VALUES_PER_CHUNK }
  }

  /** Some rows, chosen columns, row by row.
   * @throws ARRAY_UNKNOWN where there is no such row or column */
  rows(rows: readonly number[], columns: readonly number[]): Float64Array {
    const outside = rows.find((row) => row >= this.nRows)
    if (outside !== undefined) throw new EigendeskError('ARRAY_UNKNOWN', { value: `${this.#name}, row ${outside}` })
    this.checkColumns(columns)
    const found = new Float64Array(rows.length * columns.length)
    rows.forEach((row, i) => {
      const values = this.#span(row * this.nColumns, this.nColumns)
      columns.forEach((column, j) => (found[i * columns.length + j] = values[column]!))
    })
    return found
  }

  /** @throws ARRAY_UNKNOWN */
  checkColumns(columns: readonly number[]): void {
    const outside = columns.find((column) => column >= this.nColumns)
    if (outside !== undefined) {
      throw new EigendeskError('ARRAY_UNKNOWN', { value: `${this.#name}, column ${outside}` })
    }
  }

  /** Values that lie one after the other, in one chunk or in several. */
  #span(from: number, count: number): ArrayLike<number> {
    const width = this.#dtype === 'float64' ? 8 : 4
    const values = new Float64Array(count)
    for (let done = 0; done < count;) {
      const chunk = Math.floor((from + done) / VALUES_PER_CHUNK)
      const first = (from + done) % VALUES_PER_CHUNK
      const length = Math.min(count - done, VALUES_PER_CHUNK - first)
      const bytes = this.#read(
        'SELECT substr(data, ?, ?) FROM result_chunk WHERE analysis_id = ? AND name = ? AND chunk = ?',
        [chunk],
        [first * width + 1, length * width]
      )
      values.set(this.#valuesOf(bytes), done)
      done += length
    }
    return values
  }

  #read(sql: string, after: number[], before: number[] = []): Buffer {
    return this.#db
      .prepare(sql)
      .pluck()
      .get(...before, this.#id, this.#name, ...after) as Buffer
  }

  #valuesOf(bytes: Buffer): Float64Array | Int32Array {
    // A BLOB may begin at any byte.
    const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    return this.#dtype === 'float64' ? new Float64Array(own) : new Int32Array(own)
  }
}
