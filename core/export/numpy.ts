import { EigendeskError } from '../contract/errors.ts'
import { writeNpyHeader } from '../formats/npy.ts'
import { writeZip, type ZipEntry, type ZipTools } from '../formats/zip.ts'
import type { ColumnChunk } from '../table/chunks.ts'
import { countChunks, rowsOfChunk, type ExportColumn, type ExportSource } from './source.ts'

/** NumPy keeps texts at the length of the longest, four bytes a character: beyond this a column is refused. */
const TEXT_BYTES_LIMIT = 2 ** 31

/** Columns of numbers as one nRows × nColumns matrix of doubles in C order; missing is NaN.
 * @throws COLUMN_NOT_NUMERIC */
export function* writeNpy(source: ExportSource): Generator<Uint8Array> {
  const { columns, nRows } = source
  const other = columns.find(({ type }) => type !== 'number')
  if (other) throw new EigendeskError('COLUMN_NOT_NUMERIC', { field: other.name, value: other.type })
  yield writeNpyHeader('<f8', [nRows, columns.length])
  for (let chunk = 0; chunk < countChunks(source); chunk++) {
    const rows = rowsOfChunk(source, chunk)
    const matrix = new DataView(new ArrayBuffer(8 * rows * columns.length))
    columns.forEach((_, j) => {
      const part = source.chunk(j, chunk)
      if (part.kind !== 'number') return
      part.values.forEach((value, i) => matrix.setFloat64(8 * (i * columns.length + j), value, true))
    })
    yield new Uint8Array(matrix.buffer)
  }
}

/** Each column as an array of its own, by its name: doubles; booleans where the words are true and false and none is
 * missing; else texts (a missing one is empty).
 * @throws TEXTS_TOO_LONG */
export function* writeNpz(source: ExportSource, tools: ZipTools): Generator<Uint8Array> {
  yield* writeZip(entriesOf(source), tools)
}

function* entriesOf(source: ExportSource): Generator<ZipEntry> {
  for (const [i, column] of source.columns.entries()) {
    const { dtype, width, encode } = arrayOf(source, column, i)
    const header = writeNpyHeader(dtype, [source.nRows])
    yield {
      name: `${column.name}.npy`,
      bytes: header.length + width * source.nRows,
      pieces: (function* () {
        yield header
        for (let chunk = 0; chunk < countChunks(source); chunk++) yield encode(source.chunk(i, chunk))
      })()
    }
  }
}

interface ArrayShape {
  dtype: string
  /** bytes of one value */
  width: number
  encode: (chunk: ColumnChunk) => Uint8Array
}

function arrayOf(source: ExportSource, column: ExportColumn, at: number): ArrayShape {
  if (column.type === 'number') return { dtype: '<f8', width: 8, encode: encodeNumbers }
  const truth = column.type === 'boolean' ? truthOf(column.dictionary ?? []) : null
  if (truth && !hasMissing(source, at)) return { dtype: '|b1', width: 1, encode: (chunk) => encodeTruth(chunk, truth) }
  const length = Math.max(1, longestText(source, column, at))
  const bytes = 4 * length * source.nRows
  if (bytes > TEXT_BYTES_LIMIT) {
    throw new EigendeskError('TEXTS_TOO_LONG', {
      field: column.name,
      value: length,
      limit: Math.round(bytes / 2 ** 20)
    })
  }
  return { dtype: `<U${length}`, width: 4 * length, encode: (chunk) => encodeTexts(chunk, column, length) }
}

/** 0 or 1 by code; null where the words are others. */
function truthOf(dictionary: readonly string[]): number[] | null {
  return dictionary.every((word) => word === 'true' || word === 'false')
    ? dictionary.map((word) => (word === 'true' ? 1 : 0))
    : null
}

function hasMissing(source: ExportSource, column: number): boolean {
  for (let chunk = 0; chunk < countChunks(source); chunk++) {
    const part = source.chunk(column, chunk)
    if (part.kind === 'codes' && part.codes.some((code) => code < 0)) return true
  }
  return false
}

/** Characters (code points) of the longest text. */
function longestText(source: ExportSource, { dictionary }: ExportColumn, column: number): number {
  let most = 0
  const look = (text: string | null): void => {
    // never more code points than UTF-16 units
    if (text !== null && text.length > most) most = Math.max(most, codePoints(text).length)
  }
  if (dictionary) dictionary.forEach(look)
  else {
    for (let chunk = 0; chunk < countChunks(source); chunk++) {
      const part = source.chunk(column, chunk)
      if (part.kind === 'text') part.values.forEach(look)
    }
  }
  return most
}

const codePoints = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0)!)

function encodeNumbers(chunk: ColumnChunk): Uint8Array {
  if (chunk.kind !== 'number') return new Uint8Array(0)
  const view = new DataView(new ArrayBuffer(8 * chunk.values.length))
  chunk.values.forEach((value, i) => view.setFloat64(8 * i, value, true))
  return new Uint8Array(view.buffer)
}

function encodeTruth(chunk: ColumnChunk, truth: readonly number[]): Uint8Array {
  return chunk.kind === 'codes' ? Uint8Array.from(chunk.codes, (code) => truth[code] ?? 0) : new Uint8Array(0)
}

function encodeTexts(chunk: ColumnChunk, { dictionary }: ExportColumn, length: number): Uint8Array {
  if (chunk.kind === 'number') return new Uint8Array(0)
  const texts = chunk.kind === 'text' ? chunk.values : Array.from(chunk.codes, (code) => dictionary?.[code] ?? null)
  const view = new DataView(new ArrayBuffer(4 * length * texts.length))
  texts.forEach((text, i) => {
    if (text === null) return
    codePoints(text).forEach((point, j) => view.setUint32(4 * (i * length + j), point, true))
  })
  return new Uint8Array(view.buffer)
}
