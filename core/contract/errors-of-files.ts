import { entry, named, type CatalogueEntry } from './error-entry.ts'

/** What files cannot be read or written for, and the clipboard. */
export const fileErrors = {
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
  IMAGE_TOO_LARGE: entry(
    'user',
    (d) => `${named(d)} is too large a picture: ${d.value ?? ''}.`,
    () => 'Save it smaller (up to 60 megapixels and 100 MB), then open that file.'
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
  FOLDER_WITHOUT_TABLES: entry(
    'user',
    (d) => `No table was found in ${d.file ?? 'the folder'}.`,
    () =>
      'Choose a folder whose files end in .csv, .tsv, .txt, .dat, .data, .gz, .parquet, .npy, .npz, .png or .jpg, and may be read.'
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
  TEXTS_TOO_LONG: entry(
    'user',
    (d) =>
      `Column "${d.field ?? ''}" has a text of ${d.value ?? 'very many'} characters: as a NumPy array every row would be as long, ${d.limit ?? 'too many'} MB.`,
    () => 'Leave the column out, or export as Parquet or CSV.'
  )
} satisfies Record<string, CatalogueEntry>
