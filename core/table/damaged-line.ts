import { endOfDelimiter, isEscaped, nextDelimiter, unescapeField, type FieldSigns } from './split-row.ts'

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
export function splitDamagedLine(line: string, signs: FieldSigns, expected: number): DamagedLine {
  const strict = split(line, signs, false)
  if (strict.cells.length === expected) return strict
  const lenient = split(line, signs, true)
  return lenient.cells.length === expected ? lenient : strict
}

function split(line: string, signs: FieldSigns, lenient: boolean): DamagedLine {
  const { quote } = signs
  const read: DamagedLine = { cells: [], strays: [] }
  let at = signs.repeated === true ? endOfDelimiter(line, 0, signs) : 0
  // once nothing to the end of the line closes a field, nothing closes a later one: looking again would be quadratic
  let closable = true
  for (;;) {
    const opens = line[at] === quote
    const close = opens && closable ? findClose(line, at + 1, signs, lenient) : -1
    if (lenient && opens && close === -1) closable = false
    if (close !== -1) {
      const inner = line.slice(at + 1, close)
      if (hasLoneQuote(inner, signs)) read.strays.push({ column: read.cells.length + 1, unclosed: false, quoted: true })
      read.cells.push(unescapeField(inner, signs))
      at = close + 1
    } else {
      const end = nextDelimiter(line, at, signs)
      const cell = line.slice(at, end === -1 ? line.length : end)
      if (cell.includes(quote)) {
        const unclosed = opens && !cell.includes(quote, 1)
        read.strays.push({ column: read.cells.length + 1, unclosed, quoted: opens })
      }
      read.cells.push(isWrapped(cell, quote) ? cell.slice(1, -1) : cell)
      at = end === -1 ? line.length : end
    }
    if (at >= line.length) return read
    at = endOfDelimiter(line, at, signs)
    if (signs.repeated === true && at >= line.length) return read
  }
}

function hasLoneQuote(inner: string, { quote, escape }: FieldSigns): boolean {
  const rest = escape === '\\' ? inner.replace(/\\./gs, '') : inner
  return rest.replaceAll(quote + quote, '').includes(quote)
}

/** A field with quotes at both ends and undoubled ones between: the outer two are not part of it. */
function isWrapped(cell: string, quote: string): boolean {
  return cell.length > 1 && cell.startsWith(quote) && cell.endsWith(quote)
}

/** Where the field that begins at `at` is closed, or −1. */
function findClose(line: string, at: number, signs: FieldSigns, lenient: boolean): number {
  const { quote } = signs
  for (let close = line.indexOf(quote, at); close !== -1; close = line.indexOf(quote, close + 1)) {
    if (signs.escape === '\\' && isEscaped(line, close, at - 1)) continue
    if (line[close + 1] === quote) {
      close++
      continue
    }
    if (close + 1 >= line.length || endOfDelimiter(line, close + 1, signs) > close + 1) return close
    if (!lenient) return -1
  }
  return -1
}
