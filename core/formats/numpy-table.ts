import { EigendeskError } from '../contract/errors.ts'
import { CHUNK_ROWS } from '../table/chunks.ts'
import { npyValues, readNpyHeader, type NpyValues } from './npy.ts'
import type { RandomAccess, TypedColumn, TypedTable, TypedValues } from './typed-table.ts'

/** One array of a file, by the name its columns have. */
export interface NamedArray {
  name: string
  data: RandomAccess
}

interface Axis {
  column: TypedColumn
  data: RandomAccess
  values: NpyValues
  /** bytes of the first value, and from one row to the next */
  at: number
  step: number
}

/** Arrays of one or two dimensions as one table: a vector is a column, a matrix has as many as it has columns.
 * @throws FILE_CORRUPT | NUMPY_UNSUPPORTED | ARRAYS_DIFFER */
export function numpyTable(file: string, arrays: readonly NamedArray[]): TypedTable {
  const read = arrays.map((array) => ({ ...array, ...openArray(file, array, arrays.length === 1) }))
  const [first] = read
  if (!first) throw new EigendeskError('NUMPY_UNSUPPORTED', { file, value: 'no array' })
  const other = read.find(({ nRows }) => nRows !== first.nRows)
  if (other) {
    const reason = `${first.name} has ${first.nRows}, ${other.name} has ${other.nRows}`
    throw new EigendeskError('ARRAYS_DIFFER', { file, reason })
  }
  if (first.nRows === 0) throw new EigendeskError('NO_ROWS', { file })
  const axes = read.flatMap(({ axes: own }) => own)
  const { nRows } = first
  return {
    kind: 'NumPy',
    nRows,
    columns: axes.map(({ column }) => column),
    pieces: Array.from({ length: Math.ceil(nRows / CHUNK_ROWS) }, (_, i) => ({
      from: i * CHUNK_ROWS,
      to: Math.min(nRows, (i + 1) * CHUNK_ROWS)
    })),
    values: (column, from, to) => Promise.resolve(readValues(axes[column]!, from, to))
  }
}

function openArray(file: string, { name, data }: NamedArray, alone: boolean): { nRows: number; axes: Axis[] } {
  const { header, dataAt } = readNpyHeader(file, data.read)
  const { shape, dtype, fortranOrder } = header
  if (shape.length < 1 || shape.length > 2) {
    throw new EigendeskError('NUMPY_UNSUPPORTED', { file, value: `an array of ${shape.length} dimensions` })
  }
  const values = npyValues(file, dtype)
  const [nRows = 0, nColumns = 1] = shape
  const wanted = dataAt + values.bytes * nRows * nColumns
  if (data.bytes < wanted) {
    const reason = `it ends after ${data.bytes} bytes of ${wanted}`
    throw new EigendeskError('FILE_CORRUPT', { file, reason })
  }
  const nameOf = (j: number): string => (shape.length === 1 ? name : alone ? `column ${j + 1}` : `${name} ${j + 1}`)
  const axes = Array.from({ length: nColumns }, (_, j) => ({
    column: { name: nameOf(j), type: values.type, settled: values.type !== 'text', words: null },
    data,
    values,
    at: dataAt + values.bytes * j * (fortranOrder ? nRows : 1),
    step: values.bytes * (fortranOrder ? 1 : nColumns)
  }))
  return { nRows, axes }
}

function readValues({ column, data, values, at, step }: Axis, from: number, to: number): TypedValues {
  const bytes = data.read(at + from * step, at + (to - 1) * step + values.bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = Array.from({ length: to - from }, (_, i) => values.read(view, i * step))
  // An empty text is what a missing one was written as.
  return column.type === 'text' ? read.map((text) => (text === '' ? null : text)) : read
}
