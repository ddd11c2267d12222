import type { ColumnData, ColumnType } from '../contract/table.ts'
import type { TypedColumn, TypedTable, TypedValues } from '../formats/typed-table.ts'
import { storageKind } from '../table/chunks.ts'
import { areCategories } from '../table/infer.ts'
import type { ProblemLog } from '../table/problems.ts'

interface ReadColumn {
  type: ColumnType
  data: ColumnData
  missing: number
}

/** The first rows of a column of a typed file, or all of them, as columns lie in a dataset.
 * @param log is told of integers a double cannot hold, and of what is not finite */
export async function columnFrom(
  table: TypedTable,
  at: number,
  name: string,
  nRows: number,
  log: ProblemLog,
  checkpoint: () => void
): Promise<ReadColumn> {
  const column = table.columns[at]!
  const pieces = table.pieces.filter(({ from }) => from < nRows)
  const numbers = column.type === 'number' ? new Float64Array(nRows).fill(NaN) : null
  const texts: (string | null)[] = []
  const place = { column: at + 1, field: name }
  const seen = { tooLarge: 0, nonFinite: 0 }
  for (const { from, to } of pieces) {
    checkpoint()
    const values = await table.values(at, from, Math.min(to, nRows))
    for (let i = 0; i < values.length && from + i < nRows; i++) {
      const value = values[i]!
      if (!numbers) texts.push(value === null ? null : String(value))
      else if (value !== null) numbers[from + i] = takeNumber(value, { ...place, line: from + i + 1 }, seen, log)
    }
  }
  if (numbers)
    return { type: 'number', data: { kind: 'number', name, values: numbers }, missing: countMissing(numbers) }
  return ofTexts(column, name, texts)
}

/** A number as a double. What it cannot be is said; every one is counted, the first is shown. */
function takeNumber(
  value: NonNullable<TypedValues[number]>,
  place: { line: number; column: number; field: string },
  seen: { tooLarge: number; nonFinite: number },
  log: ProblemLog
): number {
  if (typeof value === 'number') {
    if (Math.abs(value) !== Infinity) return value
    if (seen.nonFinite++ > 0) log.count('NON_FINITE', 1)
    else {
      const message = `${value > 0 ? 'Infinity' : '−Infinity'} is not a finite number`
      log.add({ code: 'NON_FINITE', severity: 'warning', ...place, text: String(value), message, treatment: 'Missing' })
    }
    return NaN
  }
  const number = Number(value)
  if (typeof value === 'bigint' && BigInt(number) !== value) {
    if (seen.tooLarge++ > 0) log.count('INTEGER_TOO_LARGE', 1)
    else {
      const message = `${value} has more digits than a number keeps`
      const treatment = `Rounded to ${number}`
      log.add({ code: 'INTEGER_TOO_LARGE', severity: 'warning', ...place, text: String(value), message, treatment })
    }
  }
  return number
}

function countMissing(values: Float64Array): number {
  let missing = 0
  for (const value of values) if (Number.isNaN(value)) missing++
  return missing
}

/** Texts as the type the file gives them, or as categories where they are few and come back. */
function ofTexts(column: TypedColumn, name: string, texts: (string | null)[]): ReadColumn {
  const codes = new Int32Array(texts.length)
  const codeOf = new Map<string, number>((column.words ?? []).map((word, code) => [word, code]))
  let missing = 0
  texts.forEach((text, row) => {
    const known = text === null ? -1 : (codeOf.get(text) ?? codeOf.size)
    if (text === null) missing++
    else if (known === codeOf.size) codeOf.set(text, known)
    codes[row] = known
  })
  const present = texts.length - missing
  const type = column.settled || present === 0 || !areCategories(codeOf.size, present) ? column.type : 'category'
  if (storageKind(type) !== 'codes') return { type, data: { kind: 'text', name, values: texts }, missing }
  return { type, data: { kind: 'codes', name, codes, dictionary: [...codeOf.keys()] }, missing }
}
