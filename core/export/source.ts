import type { ExportTable } from '../contract/analysis.ts'
import type { Provenance } from '../contract/export.ts'
import type { ColumnType } from '../contract/table.ts'
import { CHUNK_ROWS, storageKind, type ColumnChunk } from '../table/chunks.ts'

export interface ExportColumn {
  name: string
  type: ColumnType
  /** words of the codes of a category or boolean column; null for the others */
  dictionary: readonly string[] | null
}

/** A table as the writers see it: never whole, one chunk of one column at a time. */
export interface ExportSource {
  name: string
  label: string
  nRows: number
  chunkRows: number
  columns: readonly ExportColumn[]
  /** rows chunk · chunkRows … of a column */
  chunk: (column: number, chunk: number) => ColumnChunk
  provenance: Provenance | null
}

export const countChunks = ({ nRows, chunkRows }: Pick<ExportSource, 'nRows' | 'chunkRows'>): number =>
  Math.ceil(nRows / chunkRows)

/** Rows of a chunk: all chunks are full but the last. */
export const rowsOfChunk = ({ nRows, chunkRows }: ExportSource, chunk: number): number =>
  Math.min(chunkRows, nRows - chunk * chunkRows)

/** A table of a result. A number that is NaN and a text that is empty are missing. */
export function tableSource({ name, label, columns }: ExportTable): ExportSource {
  const nRows = Math.max(0, ...columns.map(({ values }) => values.length))
  const isText = columns.map(({ values }) => typeof values[0] === 'string')
  return {
    name,
    label,
    nRows,
    chunkRows: CHUNK_ROWS,
    columns: columns.map((column, i) => ({
      name: column.name,
      type: isText[i]! ? 'text' : 'number',
      dictionary: null
    })),
    chunk: (column, chunk) => {
      const { values } = columns[column]!
      const from = chunk * CHUNK_ROWS
      const length = Math.max(0, Math.min(CHUNK_ROWS, nRows - from))
      if (isText[column]!) {
        const texts = Array.from({ length }, (_, i) => (values as string[])[from + i] ?? '')
        return { kind: 'text', values: texts.map((text) => (text === '' ? null : text)) }
      }
      const numbers = values as ArrayLike<number>
      return { kind: 'number', values: Float64Array.from({ length }, (_, i) => numbers[from + i] ?? NaN) }
    },
    provenance: null
  }
}

/** Chosen rows of a source, in the order given (from 0). A chunk of the source is read again where rows jump back to it. */
export function selectRows(source: ExportSource, rows: Int32Array): ExportSource {
  const { chunkRows, columns } = source
  return {
    ...source,
    nRows: rows.length,
    chunk: (column, chunk) => {
      const wanted = rows.subarray(chunk * chunkRows, (chunk + 1) * chunkRows)
      const parts = new Map<number, number[]>()
      wanted.forEach((row, at) => {
        const from = Math.floor(row / chunkRows)
        const places = parts.get(from)
        if (places) places.push(at)
        else parts.set(from, [at])
      })
      const picked = emptyChunk(columns[column]!.type, wanted.length)
      for (const [from, places] of parts) {
        const part = source.chunk(column, from)
        for (const at of places) copyCell(part, wanted[at]! - from * chunkRows, picked, at)
      }
      return picked
    }
  }
}

function emptyChunk(type: ColumnType, length: number): ColumnChunk {
  const kind = storageKind(type)
  if (kind === 'number') return { kind, values: new Float64Array(length) }
  if (kind === 'codes') return { kind, codes: new Int32Array(length) }
  return { kind, values: new Array<string | null>(length).fill(null) }
}

function copyCell(from: ColumnChunk, row: number, to: ColumnChunk, at: number): void {
  if (from.kind === 'number' && to.kind === 'number') to.values[at] = from.values[row]!
  else if (from.kind === 'codes' && to.kind === 'codes') to.codes[at] = from.codes[row]!
  else if (from.kind === 'text' && to.kind === 'text') to.values[at] = from.values[row]!
}
