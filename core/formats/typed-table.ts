import type { ColumnType } from '../contract/table.ts'

/** What kind of file stands behind a typed table. */
export type TypedKind = 'Parquet' | 'NumPy' | 'PNG' | 'JPEG'

export interface TypedColumn {
  name: string
  type: ColumnType
  /** false: texts that may be categories, which shows only when they are counted */
  settled: boolean
  /** words in the order in which a category had them, where the file says it */
  words: readonly string[] | null
}

/** Rows of one column: numbers, or texts. Missing is NaN, null. bigint: an integer of 64 bits as it stands. */
export type TypedValues = Float64Array | (number | bigint | string | null)[]

/** A file in which types and columns stand, so that it needs no dialect. */
export interface TypedTable {
  kind: TypedKind
  nRows: number
  columns: readonly TypedColumn[]
  /** pieces of rows that are read at once, one behind the other */
  pieces: readonly { from: number; to: number }[]
  values: (column: number, from: number, to: number) => Promise<TypedValues>
}

/** Bytes from … to of a file, in memory of their own. */
export interface RandomAccess {
  name: string
  bytes: number
  read: (from: number, to: number) => Uint8Array<ArrayBuffer>
}
