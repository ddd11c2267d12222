import type { ColumnChoice, ColumnType, Dialect, DialectOverrides, RaggedPolicy } from '../../../core/contract/table.ts'
import type { ColumnChunk } from '../../../core/table/chunks.ts'
import { previewTable, TableBuilder, type BuiltTable } from '../../../core/table/read.ts'

export const toBytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Every byte one character, as in Latin-1. */
export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

export const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(2 * text.length)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), littleEndian)
  return bytes
}

export const preview = (
  content: string | Uint8Array,
  overrides: DialectOverrides = {},
  types?: Record<string, ColumnType>,
  ragged?: RaggedPolicy
) => {
  const bytes = typeof content === 'string' ? toBytes(content) : content
  return previewTable(bytes, bytes.length, 'table.csv', overrides, types, ragged)
}

export interface Collected extends BuiltTable {
  lines: number[]
  cells: (number | string | null)[][]
  chunks: { columnIndex: number; chunkIndex: number; chunk: ColumnChunk }[]
}

/** Builds a table and puts its chunks together again: one array of cells a column, missing as null. */
export function build(
  content: string | Uint8Array,
  dialect: Dialect,
  choices: ColumnChoice[],
  ragged: RaggedPolicy = 'leaveOut',
  pieceBytes = 1 << 20
): Collected {
  const bytes = typeof content === 'string' ? toBytes(content) : content
  const chunks: Collected['chunks'] = []
  const lines: number[] = []
  const builder = new TableBuilder('table.csv', dialect, choices, ragged, {
    chunk: (columnIndex, chunkIndex, chunk) => chunks.push({ columnIndex, chunkIndex, chunk }),
    lines: (_chunkIndex, more) => lines.push(...more)
  })
  for (let at = 0; at < bytes.length; at += pieceBytes) builder.push(bytes.subarray(at, at + pieceBytes))
  const built = builder.finish()
  const cells = choices.map((_, i) => {
    const own = chunks.filter(({ columnIndex }) => columnIndex === i)
    return own.flatMap(({ chunk }) => cellsOf(chunk, built.dictionaries[i] ?? []))
  })
  return { ...built, lines, cells, chunks }
}

function cellsOf(chunk: ColumnChunk, dictionary: string[]): (number | string | null)[] {
  if (chunk.kind === 'number') return Array.from(chunk.values, (value) => (Number.isNaN(value) ? null : value))
  return chunk.kind === 'codes' ? Array.from(chunk.codes, (code) => dictionary[code] ?? null) : chunk.values
}

/** Previews, then builds with the types of the preview: what an import does. */
export function importTable(
  content: string | Uint8Array,
  overrides: DialectOverrides = {},
  ragged?: RaggedPolicy
): Collected {
  const { dialect, columns } = preview(content, overrides, undefined, ragged)
  return build(
    content,
    dialect,
    columns.map(({ name, type }, index) => ({ index, name, type })),
    ragged
  )
}
