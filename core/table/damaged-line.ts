/** One line read field by field, however its quotes stand. */
export interface DamagedLine {
  cells: string[]
  /** fields (from 1) in which a quote is out of place: nothing closes it, or it stands where none may */
  strays: { column: number; unclosed: boolean; quoted: boolean }[]
}

/** Splits a line whose quotes are out of order. Two readings are tried: a quoted field ends at its first quote, or at
 * the first quote that a delimiter follows; the one that gives the number of fields expected is taken, else the first.
 * A field that neither reading can close is taken literally up to the next delimiter, quotes and all.
 * @param expected fields of the row before, 0 where there is none */
export function splitDamagedLine(line: string, delimiter: string, quote: string, expected: number): DamagedLine {
  const strict = split(line, delimiter, quote, false)
  if (strict.cells.length === expected) return strict
  const lenient = split(line, delimiter, quote, true)
  return lenient.cells.length === expected ? lenient : strict
}

function split(line: string, delimiter: string, quote: string, lenient: boolean): DamagedLine {
  const read: DamagedLine = { cells: [], strays: [] }
  let at = 0
  // once nothing to the end of the line closes a field, nothing closes a later one: looking again would be quadratic
  let closable = true
  for (;;) {
    const opens = line[at] === quote
    const close = opens && closable ? findClose(line, at + 1, delimiter, quote, lenient) : -1
    if (lenient && opens && close === -1) closable = false
    if (close !== -1) {
      const inner = line.slice(at + 1, close)
      const alone = inner.replaceAll(quote + quote, '').includes(quote)
      if (alone) read.strays.push({ column: read.cells.length + 1, unclosed: false, quoted: true })
      read.cells.push(inner.replaceAll(quote + quote, quote))
      at = close + 1
    } else {
      const end = line.indexOf(delimiter, at)
      const cell = line.slice(at, end === -1 ? line.length : end)
      if (cell.includes(quote)) {
        const unclosed = opens && !cell.includes(quote, 1)
        read.strays.push({ column: read.cells.length + 1, unclosed, quoted: opens })
      }
      read.cells.push(isWrapped(cell, quote) ? cell.slice(1, -1) : cell)
      at = end === -1 ? line.length : end
    }
    if (at >= line.length) return read
    at += delimiter.length
  }
}

/** A field with quotes at both ends and undoubled ones between: the outer two are not part of it. */
function isWrapped(cell: string, quote: string): boolean {
  return cell.length > 1 && cell.startsWith(quote) && cell.endsWith(quote)
}

/** Where the field that begins at `at` is closed, or −1. */
function findClose(line: string, at: number, delimiter: string, quote: string, lenient: boolean): number {
  for (let close = line.indexOf(quote, at); close !== -1; close = line.indexOf(quote, close + 1)) {
    if (line[close + 1] === quote) {
      close++
      continue
    }
    if (close + 1 >= line.length || line.startsWith(delimiter, close + 1)) return close
    if (!lenient) return -1
  }
  return -1
}
