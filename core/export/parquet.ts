import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { PARQUET_KEY } from '../formats/parquet-table.ts'
import type { ColumnChunk } from '../table/chunks.ts'
import { countChunks, rowsOfChunk, type ExportColumn, type ExportSource } from './source.ts'

type Physical = 'int32' | 'double' | 'boolean' | 'string'

/** A table as Parquet, in pieces: a row group a chunk, Snappy, nulls where a cell is missing. Whole numbers of 32 bits
 * are INT32, other numbers DOUBLE, true and false BOOLEAN, all else strings (with a dictionary where they repeat). */
export function* writeParquet(source: ExportSource): Generator<Uint8Array> {
  const physical = source.columns.map((column, i) => physicalType(source, column, i))
  const writer = new ByteWriter()
  const file = new ParquetWriter({
    writer,
    schema: schemaOf(source.columns, physical),
    createdBy: source.provenance?.software ?? 'Eigendesk',
    kvMetadata: [{ key: PARQUET_KEY, value: JSON.stringify(aboutOf(source)) }]
  })
  const take = (): Uint8Array => {
    const bytes = writer.getBytes().slice()
    writer.index = 0
    return bytes
  }
  for (let chunk = 0; chunk < countChunks(source); chunk++) {
    const nRows = rowsOfChunk(source, chunk)
    void file.write({
      columnData: source.columns.map((column, i) => ({
        name: column.name,
        // A dictionary would take −0 and 0 for one value.
        ...(physical[i] === 'double' && { encoding: 'PLAIN' as const }),
        data: valuesOf(source.chunk(i, chunk), column, physical[i]!)
      })),
      rowGroupSize: nRows
    })
    yield take()
  }
  void file.finish()
  yield take()
}

function aboutOf({ columns, provenance }: ExportSource) {
  return {
    columns: columns.map(({ type, dictionary }) => ({ type, ...(dictionary && { words: dictionary }) })),
    ...(provenance && { provenance })
  }
}

function schemaOf(columns: readonly ExportColumn[], physical: readonly Physical[]): SchemaElement[] {
  return [
    { name: 'schema', num_children: columns.length },
    ...columns.map(({ name }, i): SchemaElement => {
      const about = { name, repetition_type: 'OPTIONAL' } as const
      if (physical[i] === 'int32') return { ...about, type: 'INT32' }
      if (physical[i] === 'double') return { ...about, type: 'DOUBLE' }
      if (physical[i] === 'boolean') return { ...about, type: 'BOOLEAN' }
      return { ...about, type: 'BYTE_ARRAY', converted_type: 'UTF8' }
    })
  ]
}

function physicalType(source: ExportSource, { type, dictionary }: ExportColumn, column: number): Physical {
  if (type === 'number') return isInt32(source, column) ? 'int32' : 'double'
  const isTruth = type === 'boolean' && (dictionary ?? []).every((word) => word === 'true' || word === 'false')
  return isTruth ? 'boolean' : 'string'
}

/** Whether every number is whole and has 32 bits; −0 has no place among integers. */
function isInt32(source: ExportSource, column: number): boolean {
  for (let chunk = 0; chunk < countChunks(source); chunk++) {
    const part = source.chunk(column, chunk)
    if (part.kind !== 'number') return false
    if (!part.values.every((value) => Number.isNaN(value) || Object.is(value | 0, value))) return false
  }
  return true
}

function valuesOf(
  chunk: ColumnChunk,
  { dictionary }: ExportColumn,
  physical: Physical
): (number | string | boolean | null)[] {
  if (chunk.kind === 'number') return Array.from(chunk.values, (value) => (Number.isNaN(value) ? null : value))
  if (chunk.kind === 'text') return chunk.values
  return Array.from(chunk.codes, (code) => {
    const word = dictionary?.[code] ?? null
    return physical === 'boolean' && word !== null ? word === 'true' : word
  })
}
