import { encodeChunk } from '../../../core/table/chunks.ts'
import type { StoredColumn } from '../../../core/table/stored-column.ts'

/** Small chunks, so that every test column has borders inside. */
const ROWS = 3

const pieces = <T>(values: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(values.length / ROWS) }, (_, i) => values.slice(i * ROWS, (i + 1) * ROWS))

export const numbers = (name: string, values: readonly number[]): StoredColumn => ({
  name,
  type: 'number',
  kind: 'number',
  chunks: pieces(values).map((part) => encodeChunk({ kind: 'number', values: Float64Array.from(part) })),
  dictionary: null,
  decimals: null,
  dateOrder: null
})

export const texts = (
  name: string,
  values: readonly (string | null)[],
  type: 'text' | 'date' = 'text',
  dateOrder: StoredColumn['dateOrder'] = null
): StoredColumn => ({
  name,
  type,
  kind: 'text',
  chunks: pieces(values).map((part) => encodeChunk({ kind: 'text', values: part })),
  dictionary: null,
  decimals: null,
  dateOrder
})

export const categories = (name: string, dictionary: string[], codes: readonly number[]): StoredColumn => ({
  name,
  type: 'category',
  kind: 'codes',
  chunks: pieces(codes).map((part) => encodeChunk({ kind: 'codes', codes: Int32Array.from(part) })),
  dictionary,
  decimals: null,
  dateOrder: null
})

export const every = (nRows: number): Int32Array => Int32Array.from({ length: nRows }, (_, row) => row)
export const unchecked = (): void => undefined
