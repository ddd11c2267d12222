/** Where an error lies. Lines and columns count from 1, as a person counts in an editor. */
export interface ErrorPlace {
  file?: string
  line?: number
  column?: number
  field?: string
  /** of a preparation, from 1 */
  step?: number
}

/** An error as it crosses a process: what happened, where, what to do. */
export interface ErrorData {
  code: ErrorCode
  message: string
  where?: ErrorPlace
  hint: string
}

/** Values an error text may name; each text uses the ones it needs. */
export interface ErrorDetails extends ErrorPlace {
  value?: string | number
  wanted?: string | number
  limit?: string | number
  reason?: string
}

interface CatalogueEntry {
  /** 'user': something outside the program is wrong (exit code 1). 'fault': the program is (exit code 2). */
  blame: 'user' | 'fault'
  message: (d: ErrorDetails) => string
  hint: (d: ErrorDetails) => string
}

const entry = (blame: CatalogueEntry['blame'], message: CatalogueEntry['message'], hint: CatalogueEntry['hint']) => ({
  blame,
  message,
  hint
})

/** A list of names, short enough to be read: a table may have ten thousand columns. */
const LIST_SHOWN = 300
function listed(names: string | number | undefined): string {
  const text = String(names ?? 'the columns of the table')
  return text.length <= LIST_SHOWN ? text : `${text.slice(0, LIST_SHOWN)}…`
}

const named = (d: ErrorDetails): string => d.file ?? 'The file'

/** Every text a person can be shown when something goes wrong, once. The app, the command line and the tests read it here. */
export const errorCatalogue = {
  // Files
  FILE_NOT_FOUND: entry(
    'user',
    (d) => `${named(d)} was not found.`,
    () => 'Check the name and the folder, then open it again.'
  ),
  FILE_IS_FOLDER: entry(
    'user',
    (d) => `${named(d)} is a folder, not a file.`,
    () => 'Choose one file inside it.'
  ),
  FILE_UNREADABLE: entry(
    'user',
    (d) => `${named(d)} cannot be read: ${d.reason ?? 'the system refused'}.`,
    () => 'Check its permissions, or copy it elsewhere and open the copy.'
  ),
  FILE_CHANGED: entry(
    'user',
    (d) => `${named(d)} changed or vanished while it was read.`,
    () => 'Nothing was stored. Open it again once it is complete.'
  ),
  FILE_EMPTY: entry(
    'user',
    (d) => `${named(d)} is empty.`,
    () => 'Choose a file with at least a header line and one row.'
  ),
  FILE_BINARY: entry(
    'user',
    (d) => `${named(d)} is not a text table: ${d.reason ?? 'it holds binary data'}.`,
    () => 'Export it as CSV from the program that made it, then open that file.'
  ),
  NO_ROWS: entry(
    'user',
    (d) => `${named(d)} has a header and no rows.`,
    () => 'Choose a file with at least one row, or say that line 1 is data.'
  ),
  FILE_NOT_WRITABLE: entry(
    'user',
    (d) => `${named(d)} cannot be written: ${d.reason ?? 'the system refused'}.`,
    () => 'Choose another folder or name. What was there before is unchanged.'
  ),
  FILE_NOT_GRANTED: entry(
    'fault',
    () => 'That file was not opened through a dialog or a drop.',
    () => 'Open the file again.'
  ),

  // Sessions
  SESSION_FOREIGN: entry(
    'user',
    (d) => `${named(d)} is not an Eigendesk session: ${d.reason ?? 'its mark is missing'}.`,
    () => 'Choose a file saved by Eigendesk (.eigendesk).'
  ),
  SESSION_CORRUPT: entry(
    'user',
    (d) => `${named(d)} is damaged: ${d.reason ?? 'its pages do not agree'}.`,
    () => 'Nothing was changed. Open a copy saved earlier.'
  ),
  SESSION_NEWER: entry(
    'user',
    (d) =>
      `${named(d)} was made by a newer Eigendesk (format ${d.value ?? '?'}; this one reads up to ${d.limit ?? '?'}).`,
    () => 'Update Eigendesk, then open it again.'
  ),
  SESSION_BUSY: entry(
    'user',
    (d) => `${named(d)} is open in another window or another run of Eigendesk.`,
    () => 'Go on there, or close it there and open it again. A session is open in one place at a time.'
  ),

  CHECKPOINT_UNKNOWN: entry(
    'user',
    () => 'That checkpoint no longer exists.',
    () => 'Choose another one from the list.'
  ),

  DISK_FULL: entry(
    'user',
    () => 'The disk is full: nothing of this step was stored.',
    () => 'Make room and run it again. What had finished is kept.'
  ),
  SESSION_UNWRITABLE: entry(
    'user',
    (d) => `The session file can no longer be written: ${d.reason ?? 'the system refused'}.`,
    () =>
      'Check that its disk is there and may be written to, or save the session elsewhere. What had finished is kept.'
  ),

  // Tables
  COLUMN_UNKNOWN: entry(
    'user',
    (d) => `There is no column "${d.value ?? d.field ?? ''}"${d.file ? ` in ${d.file}` : ''}.`,
    (d) => `Choose among: ${listed(d.limit)}.`
  ),
  COLUMN_NOT_NUMERIC: entry(
    'user',
    (d) => `Column "${d.field ?? ''}" is ${d.value ?? 'text'}, not numbers.`,
    () => 'Leave it out, or change its type when the file is imported.'
  ),
  VIEW_UNKNOWN: entry(
    'fault',
    () => 'The order of the rows is no longer there.',
    () => 'Sort or filter the table again.'
  ),
  COLUMN_TOO_LARGE: entry(
    'user',
    (d) => `${d.field ?? 'The column'} has more text than can be looked through at once.`,
    () => 'Sort, filter or search by another column.'
  ),
  DATASET_UNKNOWN: entry(
    'user',
    () => 'That dataset is no longer in the session.',
    () => 'Choose one from the list on the left.'
  ),
  ANALYSIS_UNKNOWN: entry(
    'user',
    () => 'That analysis is no longer in the session.',
    () => 'Choose one from the list on the left.'
  ),
  RESULT_OLDER: entry(
    'user',
    () => 'This result was made by an older version, which stored less of it.',
    () => 'Run the analysis again.'
  ),
  ARRAY_UNKNOWN: entry(
    'fault',
    (d) => `The result has no array "${d.value ?? ''}".`,
    () => 'Run the analysis again.'
  ),

  // Preparation
  STEP_COLUMN_TYPE: entry(
    'user',
    (d) =>
      `${d.reason ?? 'This step'} needs a column of type ${d.wanted ?? 'number'}; "${d.field ?? ''}" is ${d.value ?? 'text'}.`,
    () => 'Leave the column out, or change its type in a step before.'
  ),
  STEP_LEAVES_NOTHING: entry(
    'user',
    (d) => `No ${d.value ?? 'row'} would be left: ${d.reason ?? 'the step takes all away'}.`,
    () => 'Change the step so that something stays.'
  ),
  TOO_MANY_CATEGORIES: entry(
    'user',
    (d) => `"${d.field ?? ''}" has ${d.value ?? 'too many'} different values: as many columns would be made of it.`,
    (d) => `At most ${d.limit ?? ''} are. Leave the column out, or keep fewer values with a filter before.`
  ),
  COLUMN_NAME_TAKEN: entry(
    'user',
    (d) => `There is a column called "${d.value ?? ''}" already.`,
    () => 'Choose another name.'
  ),
  COLUMN_CONSTANT: entry(
    'user',
    (d) =>
      `${d.reason ?? 'This step'} cannot be computed of "${d.field ?? ''}": all its values are equal, or there is one at most.`,
    () => 'Leave the column out.'
  ),
  COLUMN_EMPTY: entry(
    'user',
    (d) => `Every cell of ${d.field ?? 'the column'} is missing: there is nothing to fill them with.`,
    () => 'Leave the column out.'
  ),
  STEPS_INVALID: entry(
    'user',
    (d) => `${named(d)} does not hold steps: ${d.reason ?? 'they are not written as a list'}.`,
    () => 'Write a list of steps as JSON; README.md has an example.'
  ),
  TABLE_TOO_LARGE: entry(
    'user',
    (d) =>
      `Preparing holds the whole table in memory: it has ${d.value ?? 'too much'}, the limit is ${d.limit ?? '1 GB'}.`,
    () => 'Import it again with fewer columns, and prepare that.'
  ),
  MODEL_COLUMNS: entry(
    'user',
    (d) => `The model ${d.reason ?? ''} needs columns of numbers that the table does not have: ${listed(d.value)}.`,
    () => 'Rename columns or change their type in a step before, so that names and types agree.'
  ),
  MODEL_INVALID: entry(
    'user',
    (d) => `${named(d)} is no model: ${d.reason ?? 'it is not written as one'}.`,
    () => 'Choose a file written by Export, Model as JSON.'
  ),
  RESULT_GONE: entry(
    'user',
    (d) => `The ${d.field ?? 'values'} of ${d.value ?? 'the result'} are gone, or were computed again since.`,
    () => 'Take this step away, and save them as columns again.'
  ),
  PARENT_GONE: entry(
    'user',
    () => 'The dataset this one was prepared from is no longer in the session.',
    () => 'Undo its removal to change the steps, or prepare this dataset further.'
  ),

  FOLDER_WITHOUT_TABLES: entry(
    'user',
    (d) => `No table was found in ${d.file ?? 'the folder'}.`,
    () =>
      'Choose a folder whose files end in .csv, .tsv, .txt, .dat, .data, .gz, .parquet, .npy or .npz, and may be read.'
  ),
  CLIPBOARD_EMPTY: entry(
    'user',
    () => 'The clipboard holds no text.',
    () => 'Copy a table first: cells of a spreadsheet, rows of a web page, lines of a CSV file.'
  ),
  CLIPBOARD_TOO_LARGE: entry(
    'user',
    (d) => `The clipboard holds more than ${d.limit ?? 100} million characters.`,
    () => 'Save the table as a file and open that.'
  ),

  // Files that hold types
  FILE_CORRUPT: entry(
    'user',
    (d) => `${named(d)} is damaged: ${d.reason ?? 'it ends early'}.`,
    () => 'Nothing was stored. Copy or download it again, or write it anew with the program that made it.'
  ),
  FILE_CODEC: entry(
    'user',
    (d) => `${named(d)} is compressed with ${d.value ?? 'something'} inside, which Eigendesk does not unpack.`,
    () => 'Write it with Snappy, gzip, Brotli, Zstandard or no compression.'
  ),
  NUMPY_UNSUPPORTED: entry(
    'user',
    (d) => `${named(d)} holds ${d.value ?? 'an array'}, which is no table of numbers.`,
    () => 'Save arrays of one or two dimensions of floats, integers, booleans or texts, not objects.'
  ),
  ARRAYS_DIFFER: entry(
    'user',
    (d) => `The arrays of ${d.file ?? 'the file'} have different numbers of rows: ${d.reason ?? ''}.`,
    () => 'Save arrays of one length together, or each in a file of its own.'
  ),
  UNPACKED_TOO_LARGE: entry(
    'user',
    (d) => `${named(d)} would unpack to ${d.value ?? 'more than'} MB at once; the limit is ${d.limit ?? ''} MB.`,
    () => 'Save it without compression, or in smaller arrays.'
  ),

  // Exports
  TEXTS_TOO_LONG: entry(
    'user',
    (d) =>
      `Column "${d.field ?? ''}" has a text of ${d.value ?? 'very many'} characters: as a NumPy array every row would be as long, ${d.limit ?? 'too many'} MB.`,
    () => 'Leave the column out, or export as Parquet or CSV.'
  ),

  // Parameters
  INVALID_CALL: entry(
    'fault',
    (d) => `A call does not match the contract: ${d.reason ?? 'unknown call'}.`,
    () => 'Restart Eigendesk. If it happens again, report it with this text.'
  ),
  INVALID_PARAMETER: entry(
    'user',
    (d) => `${d.field ?? 'A parameter'}: ${d.reason ?? 'the value is not allowed'}.`,
    (d) => (d.limit === undefined ? 'Correct it and run again.' : `Allowed: ${d.limit}.`)
  ),
  TOO_MANY_COMPONENTS: entry(
    'user',
    (d) => `${d.value ?? ''} components were asked for; this table has at most ${d.limit ?? ''}.`,
    (d) => `Ask for 1 to ${d.limit ?? ''}: the smaller of rows used and columns.`
  ),

  // Numbers
  TOO_FEW_ROWS: entry(
    'user',
    (d) =>
      `${d.value ?? 'Too few'} complete row${d.value === 1 ? '' : 's'} to work on; at least ${d.wanted ?? 2} are needed.`,
    () => 'Add rows, leave out columns with many missing cells, or fill missing cells with the column mean.'
  ),
  TOO_FEW_COLUMNS: entry(
    'user',
    () => 'No numeric column is chosen.',
    () => 'Choose at least one column of numbers.'
  ),
  ZERO_VARIANCE: entry(
    'user',
    (d) => `Every chosen column is constant${d.field ? ` (${d.field})` : ''}: there is no variance to explain.`,
    () => 'Choose at least one column whose values differ.'
  ),
  NON_FINITE: entry(
    'user',
    (d) => `${d.value ?? 'A value'} is not a finite number.`,
    () => 'Correct the cell, or read it as missing.'
  ),
  OUT_OF_RANGE: entry(
    'user',
    (d) =>
      `The numbers are too large: what is computed from them exceeds the largest double${d.field ? ` (${d.field})` : ''}.`,
    () => 'Scale the columns to unit variance, or change their unit.'
  ),
  SHAPE_MISMATCH: entry(
    'fault',
    (d) => `Shapes do not match: ${d.value ?? ''} and ${d.wanted ?? ''}.`,
    () => 'Report this with the table that caused it.'
  ),
  SINGULAR: entry(
    'user',
    (d) => `The matrix is singular at pivot ${d.value ?? ''}: its reciprocal condition is ${d.limit ?? 0}.`,
    () => 'Leave out rows or columns that follow from the others, or solve it in the sense of least squares.'
  ),
  NOT_POSITIVE_DEFINITE: entry(
    'user',
    (d) => `A matrix is not positive definite: pivot ${d.value ?? ''} is not above 0.`,
    () => 'Use a regularization above 0, or a symmetric matrix whose eigenvalues are all positive.'
  ),
  NO_CONVERGENCE: entry(
    'fault',
    (d) => `The iteration did not settle after ${d.value ?? ''} ${d.reason ?? 'sweeps'}.`,
    () => 'Report this with the table that caused it.'
  ),
  OUT_OF_MEMORY: entry(
    'user',
    (d) =>
      `This needs ${d.value ?? 'more memory than there is'}${d.limit === undefined ? '' : `; the limit is ${d.limit}`}.`,
    () => 'Choose fewer columns or components.'
  ),

  // Ratings
  RATINGS_COLUMNS: entry(
    'user',
    (d) => `The columns for user, item and rating could not be told${d.reason ? `: ${d.reason}` : ''}.`,
    (d) => `Name them among: ${listed(d.limit)}.`
  ),
  RATING_NOT_NUMERIC: entry(
    'user',
    (d) => `The rating "${d.value ?? ''}" is not a number.`,
    () => 'Correct the cell, or choose another column for the rating.'
  ),
  NO_RATINGS: entry(
    'user',
    () => 'The table holds no rating.',
    () => 'Choose the columns for user, item and rating, or fill at least one cell.'
  ),

  // Work
  CANCELLED: entry(
    'user',
    () => 'Cancelled. Nothing was stored.',
    () => 'Run it again whenever you like.'
  ),
  ENGINE_STOPPED: entry(
    'fault',
    () => 'The engine stopped and was started again. What had finished is kept.',
    () => 'Run the step again.'
  ),
  ENGINE_RESTARTED: entry(
    'fault',
    () => 'The engine stopped while nothing ran, and was started again. Everything is kept.',
    () => 'Go on where you were. Where it happens again, save the session under a name and restart Eigendesk.'
  ),
  ENGINE_GAVE_UP: entry(
    'fault',
    () => 'The engine stopped several times in a row and was not started again.',
    () => 'Restart Eigendesk. What had finished is kept.'
  ),
  USAGE: entry(
    'user',
    (d) => d.reason ?? 'The command was not understood.',
    () => 'See `npm run cli -- --help`.'
  ),
  INTERNAL: entry(
    'fault',
    (d) => `Something failed inside Eigendesk: ${d.reason ?? 'no reason was given'}.`,
    () => 'Your data is safe. Report this with the text shown.'
  )
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
