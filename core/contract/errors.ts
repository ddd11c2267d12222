import type { CatalogueEntry, ErrorDetails, ErrorPlace } from './error-entry.ts'
import { fileErrors } from './errors-of-files.ts'
import { sessionErrors } from './errors-of-sessions.ts'
import { tableErrors } from './errors-of-tables.ts'
import { workErrors } from './errors-of-work.ts'

export type { ErrorDetails, ErrorPlace } from './error-entry.ts'

/** An error as it crosses a process: what happened, where, what to do. */
export interface ErrorData {
  code: ErrorCode
  message: string
  where?: ErrorPlace
  hint: string
}

/** Every text a person can be shown when something goes wrong, once. The app, the command line and the tests read it here. */
export const errorCatalogue = {
  ...fileErrors,
  ...sessionErrors,
  ...tableErrors,
  ...workErrors
} satisfies Record<string, CatalogueEntry>

export type ErrorCode = keyof typeof errorCatalogue

/** The text and hint of a code, with its place where one is known. */
export function describeError(code: ErrorCode, details: ErrorDetails = {}): ErrorData {
  const { message, hint } = errorCatalogue[code]
  const where: ErrorPlace = {}
  if (details.file !== undefined) where.file = details.file
  if (details.line !== undefined) where.line = details.line
  if (details.column !== undefined) where.column = details.column
  if (details.field !== undefined) where.field = details.field
  if (details.step !== undefined) where.step = details.step
  const data: ErrorData = { code, message: message(details), hint: hint(details) }
  if (Object.keys(where).length > 0) data.where = where
  return data
}

/** An Error that carries ErrorData; the only kind thrown on purpose anywhere in core. */
export class EigendeskError extends Error {
  readonly data: ErrorData

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    const data = describeError(code, details)
    super(data.message)
    this.name = 'EigendeskError'
    this.data = data
  }

  /** Rebuilds an error that came from another process as data. */
  static from(data: ErrorData): EigendeskError {
    const error = new EigendeskError(data.code)
    Object.assign(error, { message: data.message, data })
    return error
  }
}

/** What V8 says where an array cannot be had. */
const noMemory = /^(Array buffer allocation failed|Invalid (typed )?array (buffer )?length)/i

/** Any thrown value as ErrorData: ours unchanged, memory that cannot be had OUT_OF_MEMORY, everything else INTERNAL
 * with its text. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof EigendeskError) return thrown.data
  if (thrown instanceof RangeError && noMemory.test(thrown.message)) return describeError('OUT_OF_MEMORY')
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return describeError('DISK_FULL')
  if (code.startsWith('SQLITE_BUSY')) return describeError('SESSION_BUSY')
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_READONLY')) {
    return describeError('SESSION_UNWRITABLE', { reason: (thrown as Error).message })
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown)
  return describeError('INTERNAL', { reason })
}

/** "Line 118, column 5, flipper_length_mm" or '' where nothing is known. */
export function placeText(where: ErrorPlace | undefined): string {
  if (!where) return ''
  const parts: string[] = where.step === undefined ? [] : [`Step ${where.step}`]
  if (where.line !== undefined) parts.push(`Line ${where.line}`)
  if (where.column !== undefined)
    parts.push(where.line !== undefined ? `column ${where.column}` : `Column ${where.column}`)
  if (where.field !== undefined) parts.push(where.field)
  return parts.join(', ')
}

/** A system error about a file (its POSIX code) as one of the catalogue's; anything else unchanged. */
export function fromSystemError(thrown: unknown, file: string): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return new EigendeskError('FILE_NOT_FOUND', { file })
  if (code === 'EISDIR') return new EigendeskError('FILE_IS_FOLDER', { file })
  if (code === 'EACCES' || code === 'EPERM') {
    return new EigendeskError('FILE_UNREADABLE', { file, reason: 'permission was refused' })
  }
  // Node names the system call only on an error of the system: too many open files, a name too long, a failing disk.
  if (thrown instanceof Error && 'syscall' in thrown) {
    return new EigendeskError('FILE_UNREADABLE', { file, reason: thrown.message })
  }
  return thrown
}
