import type { ColumnType, Problem } from '../contract/table.ts'
import { explainNotNumber, type CellReading, type CellRules } from './cell.ts'
import { fitsType } from './infer.ts'

export interface CellPlace {
  line: number
  /** from 1 */
  column: number
  field: string
}

/** What is wrong with a cell in a column of a type; null where nothing is, or where it is only empty. */
export function describeMisfit(
  text: string,
  reading: CellReading,
  type: ColumnType,
  place: CellPlace,
  rules: CellRules
): Problem | null {
  if (reading.kind === 'missing') return null
  const about = { severity: 'warning' as const, ...place, text }
  const treatment = 'Read as missing'
  const shown = text.trim()
  if (type === 'number' && reading.kind === 'tooLarge') {
    const message = `${shown} is too large to be held exactly`
    return { code: 'INTEGER_TOO_LARGE', ...about, message, treatment: `Rounded to ${String(reading.value)}` }
  }
  if (fitsType(reading, type)) return null
  if (reading.kind === 'nonFinite') {
    return { code: 'NON_FINITE', ...about, message: `${shown} is not a finite number`, treatment }
  }
  if (type === 'number') {
    return { code: 'NOT_A_NUMBER', ...about, message: explainNotNumber(text, rules), treatment }
  }
  const wanted = type === 'boolean' ? 'neither true nor false' : 'not a date'
  return { code: 'NOT_A_NUMBER', ...about, message: `${shown.slice(0, 30)} is ${wanted}`, treatment }
}

/** An integer beyond 2^53 keeps its whole column from being numbers: said once. */
export function describeTooLarge(text: string, place: CellPlace): Problem {
  const message = `${text.trim()} is too large to be held exactly as a number`
  const treatment = 'The column is read as text, so that no digit is lost'
  return { code: 'INTEGER_TOO_LARGE', severity: 'warning', ...place, text, message, treatment }
}
