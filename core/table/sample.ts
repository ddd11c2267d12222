import { RowReader, type ReaderDialect } from './tokenize.ts'

/** A row of the leading part of a file, as one way of reading gives it. */
export interface SampleRow {
  cells: string[]
  line: number
}

/** A line that begins as comments do, whole. */
export interface Comment {
  text: string
  line: number
}

/** The rows of a text, read one way, how many quotes are out of order then, and the comment lines.
 * @param complete whether the text is the whole file; the last line of a part may be cut and is not given */
export function readSample(
  text: string,
  reader: ReaderDialect,
  complete: boolean
): { rows: SampleRow[]; strays: number; comments: Comment[] } {
  const rows: SampleRow[] = []
  const comments: Comment[] = []
  let strays = 0
  const rowReader = new RowReader(
    reader,
    (cells, line) => rows.push({ cells, line }),
    ({ code, text = '', line }) => {
      if (code === 'LINE_SKIPPED') comments.push({ text, line })
      else strays++
    }
  )
  rowReader.push(text)
  if (complete || rows.length === 0) rowReader.finish()
  return { rows, strays, comments }
}

export const countPresent = (cells: readonly string[]): number => cells.filter((cell) => cell.trim() !== '').length

/** Line ends inside the cells of a row: it goes on over so many more lines. */
export const countBreaks = (cells: readonly string[]): number => cells.join('').split(/\r\n|\n|\r/).length - 1
