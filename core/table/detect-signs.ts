import type { Evidence } from '../contract/table.ts'
import { MISSING_TOKENS } from './missing-tokens.ts'
import { anySigns, PARENTHESES, takeSigns, TRUE_MINUS } from './number-signs.ts'
import { countOf, writeCount } from './problems.ts'
import type { SampleRow } from './sample.ts'

/** What may be a number in some form. */
const digits = /^[+-]?(\d[\d.,'\u2019 \u00a0\u2009\u202f]*|[.,]\d+)([eE][+-]?\d+)?$/
/** Cells of a column that may be something else. */
const OTHERS_SHARE = 0.1
/** A longer text is no number. */
const LONGEST = 40
const missing = new Set(MISSING_TOKENS)

interface Column {
  plain: number
  /** numbers with anything at them */
  signed: number
  others: number
  /** by currency or percent sign */
  units: Map<string, number>
  parentheses: number
  trueMinus: number
}

/** Which signs stand at numbers, column by column: currencies, percent, parentheses for negatives, the true minus. A sign that
 * shares a column with a more frequent one is left: euros are not added to dollars. */
export function detectSigns(
  rows: readonly SampleRow[],
  override: readonly string[] | undefined
): { value: string[]; evidence: Evidence } {
  const found = new Map<string, number>()
  const shared = new Set<string>()
  let bare = 0
  const add = (sign: string, count: number): void => void found.set(sign, (found.get(sign) ?? 0) + count)
  for (const { plain, signed, others, units, parentheses, trueMinus } of countSigns(rows)) {
    if (signed === 0 || others > OTHERS_SHARE * (plain + signed)) continue
    const [first, ...rest] = [...units].sort((a, b) => b[1] - a[1])
    for (const [sign] of rest) shared.add(sign)
    if (first) {
      add(...first)
      bare += plain + signed - [...units.values()].reduce((a, b) => a + b, 0)
    }
    // a column of nothing but (1), (2) counts footnotes
    if (parentheses > 0 && (plain + signed > parentheses || first)) add(PARENTHESES, parentheses)
    if (trueMinus > 0) add(TRUE_MINUS, trueMinus)
  }
  for (const sign of shared) found.delete(sign)
  return { value: override ? [...override] : [...found.keys()], evidence: describeSigns(found, bare, shared) }
}

function countSigns(rows: readonly SampleRow[]): Column[] {
  const columns: Column[] = []
  rows.forEach(({ cells }, row) => {
    cells.forEach((cell, i) => {
      columns[i] ??= { plain: 0, signed: 0, others: 0, units: new Map(), parentheses: 0, trueMinus: 0 }
      const text = cell.trim()
      if (!missing.has(text)) count(text, columns[i], row === 0)
    })
  })
  return columns
}

function count(text: string, column: Column, mayBeName: boolean): void {
  if (text.length > LONGEST) column.others++
  else if (digits.test(text)) column.plain++
  else {
    const read = takeSigns(text, anySigns)
    if (read && digits.test(read.number)) {
      column.signed++
      if (read.sign !== '') column.units.set(read.sign, (column.units.get(read.sign) ?? 0) + 1)
      if (read.parentheses) column.parentheses++
      if (read.trueMinus) column.trueMinus++
    } else if (!mayBeName) column.others++
  }
}

function describeSigns(units: ReadonlyMap<string, number>, bare: number, shared: ReadonlySet<string>): Evidence {
  const mixed = shared.size > 0 ? `${[...shared].join(', ')} beside another in one column` : ''
  if (units.size === 0) {
    return mixed === '' ? { text: 'No sign at a number', certainty: 'none' } : { text: mixed, certainty: 'unsure' }
  }
  const parts = [...units].map(([sign, count]) =>
    sign === PARENTHESES
      ? `${writeCount(count)} in parentheses, read as negative`
      : `${countOf(count, 'number')} with ${sign === TRUE_MINUS ? 'a long minus' : sign}`
  )
  if (bare > 0) parts.push(`${writeCount(bare)} without`)
  if (mixed !== '') parts.push(mixed)
  const doubtful = bare > 0 || mixed !== '' || units.has(PARENTHESES)
  return { text: parts.join(', '), certainty: doubtful ? 'unsure' : 'sure' }
}
