import type { ColumnType, Dialect } from '../contract/table.ts'
import { decodeChunk, type StorageKind } from './chunks.ts'

/** A whole column as it lies in storage: chunks in file order. What a worker is sent, so that the engine need not decode. */
export interface StoredColumn {
  name: string
  type: ColumnType
  kind: StorageKind
  chunks: Uint8Array[]
  /** words of the codes; null where there are none */
  dictionary: string[] | null
  /** of a number as it is shown: what a person looks for is 5.0, not 5; null where it is not known */
  decimals: number | null
  /** of the file it came from: what 3/4/2024 means */
  dateOrder: Dialect['dateOrder']
}

/** The numbers of a column; missing is NaN. */
export function readNumbers({ kind, chunks }: StoredColumn): Float64Array {
  const parts = chunks.map((bytes) => decodeChunk(kind, bytes))
  const values = new Float64Array(
    parts.reduce((sum, part) => sum + (part.kind === 'number' ? part.values.length : 0), 0)
  )
  let at = 0
  for (const part of parts) {
    if (part.kind !== 'number') continue
    values.set(part.values, at)
    at += part.values.length
  }
  return values
}

/** The codes of a column of categories; missing is −1. */
export function readCodes({ kind, chunks }: StoredColumn): Int32Array {
  const parts = chunks.map((bytes) => decodeChunk(kind, bytes))
  const codes = new Int32Array(parts.reduce((sum, part) => sum + (part.kind === 'codes' ? part.codes.length : 0), 0))
  let at = 0
  for (const part of parts) {
    if (part.kind !== 'codes') continue
    codes.set(part.codes, at)
    at += part.codes.length
  }
  return codes
}

/** The texts of a column as codes of the different ones, in the order in which they are first met; missing is −1. */
export function readTextCodes({ kind, chunks }: StoredColumn): { codes: Int32Array; texts: string[] } {
  const codeOf = new Map<string, number>()
  const parts = chunks.map((bytes) => {
    const part = decodeChunk(kind, bytes)
    if (part.kind !== 'text') return new Int32Array(0)
    return Int32Array.from(part.values, (text) => {
      if (text === null) return -1
      const known = codeOf.get(text)
      if (known !== undefined) return known
      codeOf.set(text, codeOf.size)
      return codeOf.size - 1
    })
  })
  const codes = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    codes.set(part, at)
    at += part.length
  }
  return { codes, texts: [...codeOf.keys()] }
}

/** A column of anything but numbers: codes, and what each stands for. */
export function readWords(column: StoredColumn): { codes: Int32Array; texts: string[] } {
  if (column.kind !== 'codes') return readTextCodes(column)
  return { codes: readCodes(column), texts: column.dictionary ?? [] }
}
