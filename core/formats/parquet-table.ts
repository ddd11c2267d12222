import {
  parquetMetadata,
  parquetScan,
  parquetSchema,
  type Compressors,
  type FileMetaData,
  type SchemaTree
} from 'hyparquet'
import { z } from 'zod'
import { EigendeskError } from '../contract/errors.ts'
import { columnTypeSchema, type ColumnType } from '../contract/table.ts'
import type { RandomAccess, TypedColumn, TypedTable } from './typed-table.ts'

/** Under this key a file of ours says what other readers need not know: types and words of the columns, provenance. */
export const PARQUET_KEY = 'eigendesk'

const aboutSchema = z.object({
  columns: z.array(z.object({ type: columnTypeSchema, words: z.array(z.string()).optional() }))
})

/** A Parquet file as a table: numbers, true and false, dates as ISO text, all else as text; what is nested as JSON.
 * @throws FILE_CORRUPT | FILE_CODEC | NO_ROWS */
export async function parquetTable(file: RandomAccess, compressors: Compressors): Promise<TypedTable> {
  const metadata = readMetadata(file)
  const nRows = Number(metadata.num_rows)
  if (nRows === 0) throw new EigendeskError('NO_ROWS', { file: file.name })
  refuseCodecs(file.name, metadata, compressors)
  const fields = parquetSchema(metadata).children
  const about = readAbout(metadata, fields.length)
  const columns = fields.map((field, i) => describeColumn(field, about?.columns[i]))
  const buffer = {
    byteLength: file.bytes,
    slice: (start: number, end = file.bytes): ArrayBuffer => file.read(start, end).buffer
  }
  const scan = await parquetScan({ file: buffer, metadata, compressors, parsers })
  return {
    kind: 'Parquet',
    nRows,
    columns,
    pieces: scan.ranges.map(({ rowStart, rowEnd }) => ({ from: rowStart, to: rowEnd })),
    values: async (column, from, to) => {
      const { element } = fields[column]!
      try {
        const read = await scan.readColumn({ column: element.name, rowStart: from, rowEnd: to })
        const write = writerOf(fields[column]!)
        return Array.from(read as ArrayLike<unknown>, write)
      } catch (thrown) {
        throw corrupt(file.name, thrown)
      }
    }
  }
}

function corrupt(file: string, thrown: unknown): EigendeskError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return thrown instanceof EigendeskError ? thrown : new EigendeskError('FILE_CORRUPT', { file, reason })
}

/** The metadata stands at the end: its length, then PAR1. */
function readMetadata(file: RandomAccess): FileMetaData {
  const end = file.read(Math.max(0, file.bytes - 8), file.bytes)
  const magic = new TextDecoder().decode(end.subarray(4))
  if (end.length < 8 || magic !== 'PAR1') {
    throw new EigendeskError('FILE_CORRUPT', { file: file.name, reason: 'its end is missing' })
  }
  const length = new DataView(end.buffer).getUint32(0, true)
  if (length + 12 > file.bytes) {
    throw new EigendeskError('FILE_CORRUPT', { file: file.name, reason: 'its metadata lies beyond its beginning' })
  }
  try {
    return parquetMetadata(file.read(file.bytes - length - 8, file.bytes).buffer)
  } catch (thrown) {
    throw corrupt(file.name, thrown)
  }
}

function refuseCodecs(file: string, { row_groups }: FileMetaData, compressors: Compressors): void {
  for (const { columns } of row_groups) {
    for (const { meta_data } of columns) {
      const codec = meta_data?.codec ?? 'UNCOMPRESSED'
      const known = codec === 'UNCOMPRESSED' || codec === 'SNAPPY' || compressors[codec] !== undefined
      if (!known) throw new EigendeskError('FILE_CODEC', { file, value: codec })
    }
  }
}

function readAbout(metadata: FileMetaData, nColumns: number): z.output<typeof aboutSchema> | null {
  const text = metadata.key_value_metadata?.find(({ key }) => key === PARQUET_KEY)?.value
  if (text === undefined) return null
  try {
    const parsed = aboutSchema.safeParse(JSON.parse(text))
    return parsed.success && parsed.data.columns.length === nColumns ? parsed.data : null
  } catch {
    // It says nothing we understand: the types of the file itself stand.
    return null
  }
}

function describeColumn(
  field: SchemaTree,
  about: { type: ColumnType; words?: string[] | undefined } | undefined
): TypedColumn {
  const own = typeOf(field)
  const { name } = field.element
  if (!about || (own === 'number') !== (about.type === 'number')) {
    return { name, type: own, settled: own !== 'text', words: null }
  }
  return { name, type: about.type, settled: true, words: about.words ?? null }
}

function typeOf({ element, children }: SchemaTree): ColumnType {
  const { type, converted_type: converted, logical_type: logical, repetition_type: repetition } = element
  if (children.length > 0 || repetition === 'REPEATED') return 'text'
  if (type === 'BOOLEAN') return 'boolean'
  if (converted === 'DATE' || converted?.startsWith('TIMESTAMP') || type === 'INT96') return 'date'
  if (logical?.type === 'DATE' || logical?.type === 'TIMESTAMP') return 'date'
  if (converted?.startsWith('TIME_') || logical?.type === 'TIME') return 'text'
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL' || logical?.type === 'FLOAT16') return 'number'
  return type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY' ? 'text' : 'number'
}

/** "2024-02-29T10:30:00", with as many digits of the second as it has. */
function writeMoment(units: bigint, perSecond: bigint): string {
  const digits = String(perSecond).length - 1
  const second = units >= 0n ? units / perSecond : -((-units + perSecond - 1n) / perSecond)
  const rest = units - second * perSecond
  const moment = new Date(Number(second) * 1000)
  if (Number.isNaN(moment.getTime())) return String(units)
  const part = rest === 0n ? '' : `.${String(rest).padStart(digits, '0').replace(/0+$/, '')}`
  return `${moment.toISOString().slice(0, -5)}${part}`
}

const parsers = {
  dateFromDays: (days: number): string | undefined =>
    days === undefined ? undefined : new Date(days * 86_400_000).toISOString().slice(0, 10),
  timestampFromMilliseconds: (units: bigint): string => writeMoment(units, 1_000n),
  timestampFromMicroseconds: (units: bigint): string => writeMoment(units, 1_000_000n),
  timestampFromNanoseconds: (units: bigint): string => writeMoment(units, 1_000_000_000n),
  jsonFromBytes: (bytes: Uint8Array): string | undefined => bytes && new TextDecoder().decode(bytes)
}

/** A value as a cell: number, text, or null where there is none. */
function writerOf({ element }: SchemaTree): (value: unknown) => number | bigint | string | null {
  const { logical_type: logical } = element
  const zone = logical?.type === 'TIMESTAMP' && logical.isAdjustedToUTC ? 'Z' : ''
  const perSecond =
    logical?.type === 'TIME'
      ? unitsPerSecond[logical.unit]
      : element.converted_type === 'TIME_MILLIS'
        ? 1_000n
        : 1_000_000n
  const isTime = logical?.type === 'TIME' || element.converted_type?.startsWith('TIME_') === true
  return (value) => {
    if (value === null || value === undefined) return null
    if (isTime && (typeof value === 'bigint' || typeof value === 'number')) {
      return writeMoment(BigInt(value), perSecond).slice('1970-01-01T'.length)
    }
    if (typeof value === 'number' || typeof value === 'bigint') return value
    if (typeof value === 'string') return value + zone
    if (typeof value === 'boolean') return value ? 'true' : 'false'
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
  }
}

const unitsPerSecond = { MILLIS: 1_000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const
