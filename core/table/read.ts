import { EigendeskError } from '../contract/errors.ts'
import type { ColumnType, DialectOverrides, Encoding, Evidence, Preview, RaggedPolicy } from '../contract/table.ts'
import { newDecoder } from './code-pages.ts'
import { detectBinary, detectMarkup, TextStream } from './decode.ts'
import { detectDialect } from './dialect.ts'
import { detectEncoding } from './encoding.ts'
import { TableProfiler } from './profiler.ts'

export { ChunkTooLarge, TableBuilder, type BuiltTable } from './builder.ts'
export { TableProfiler } from './profiler.ts'

/** Bytes from which the dialect is told; the rest of the leading bytes only adds to the statistics. */
const DIALECT_BYTES = 131_072
/** Rows of a file's beginning that tell enough of its columns: the rest of the leading bytes, in steps of so many, only
 * helps wide tables to as many. */
const ROWS_TELLING = 1_000
const STEP_BYTES = 131_072
/** Bytes from the end of a file in which a footer is looked for. */
export const TAIL_BYTES = 65_536
/** Cells of the first rows sent to be shown. */
const CELLS_SHOWN = 20_000

/** What is understood of a file from its leading bytes.
 * @param bytes the first bytes of the file; where they are not all of it, the figures speak of as many as bytesRead says
 * @param totalBytes length of the file; larger than bytes.length where only the beginning is given
 * @param overrides what a person decided about the dialect; the rest is detected around it
 * @param types types a person chose, by column index
 * @param more tail: the last bytes of a file of which only the beginning is given: what stands below the table is there;
 * fromLine: the line of the file at which the rows to be shown begin
 * @throws FILE_EMPTY | FILE_BINARY | NO_ROWS | INVALID_PARAMETER */
export function previewTable(
  bytes: Uint8Array,
  totalBytes: number,
  fileName: string,
  overrides: DialectOverrides = {},
  types?: Record<string, ColumnType>,
  ragged: RaggedPolicy = 'leaveOut',
  { tail, fromLine = 1 }: { tail?: Uint8Array; fromLine?: number } = {}
): Preview {
  const started = performance.now()
  const complete = bytes.length >= totalBytes
  if (bytes.length === 0) throw new EigendeskError('FILE_EMPTY', { file: fileName })
  const guess = detectEncoding(bytes, complete)
  const encoding = overrides.encoding ?? guess.value
  const binary = detectBinary(bytes, encoding)
  if (binary !== null) throw new EigendeskError('FILE_BINARY', { file: fileName, reason: binary, line: 1, column: 1 })

  const head = bytes.subarray(0, DIALECT_BYTES)
  const text = new TextStream(encoding).push(head)
  const markup = detectMarkup(text)
  if (markup !== null) throw new EigendeskError('FILE_BINARY', { file: fileName, reason: markup, line: 1, column: 1 })
  const whole = complete && head.length === bytes.length
  const end = complete ? bytes.subarray(-TAIL_BYTES) : (tail ?? new Uint8Array(0))
  const { dialect, evidence } = detectDialect(
    text,
    { ...overrides, encoding },
    whole,
    whole ? '' : decodeTail(end, totalBytes, encoding)
  )
  evidence['encoding'] = describeEncoding(guess, encoding)

  const profiler = new TableProfiler(fileName, dialect, ragged, { types, cellsShown: CELLS_SHOWN, fromLine })
  const bytesRead = pushRows(profiler, bytes, complete ? Infinity : ROWS_TELLING)
  const { columns, nRows, rows, problems, nRowsLeftOut, ratings } = profiler.finish(complete)
  return {
    fileName,
    fileBytes: totalBytes,
    bytesRead,
    milliseconds: performance.now() - started,
    dialect,
    evidence,
    nRows,
    columns,
    rows,
    problems,
    nRowsLeftOut,
    ragged,
    ratings
  }
}

/** Pushes bytes step by step until there are as many rows as wanted. Returns how many it pushed. */
function pushRows(profiler: TableProfiler, bytes: Uint8Array, rows: number): number {
  let at = 0
  while (at < bytes.length && profiler.nRows < rows) {
    profiler.push(bytes.subarray(at, at + STEP_BYTES))
    at += STEP_BYTES
  }
  return Math.min(at, bytes.length)
}

/** The whole lines of the end of a file. */
function decodeTail(tail: Uint8Array, totalBytes: number, encoding: Encoding): string {
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be'
  const odd = wide ? (totalBytes - tail.length) % 2 : 0
  const text = newDecoder(encoding).decode(tail.subarray(odd))
  const firstEnd = text.search(/[\r\n]/)
  return firstEnd === -1 ? '' : text.slice(firstEnd).replace(/^[\r\n]+/, '')
}

function describeEncoding(guess: ReturnType<typeof detectEncoding>, chosen: string): Evidence {
  if (guess.value === chosen) return guess.evidence
  return { text: `The bytes look like ${guess.value.toUpperCase()}`, certainty: 'unsure' }
}
