import type { Dialect } from '../contract/table.ts'
import { parseDate } from './dates.ts'
import { signRules, takeSigns, type SignRules } from './number-signs.ts'

/** What the text of one cell could be. 'paddedInteger' is 007: an identifier; 'tooLarge' an integer beyond 2^53 that no double equals. */
export type CellKind = 'missing' | 'number' | 'nonFinite' | 'tooLarge' | 'paddedInteger' | 'text'

/** What is known of a text once it was looked at; shared by all cells with that text. */
export interface CellReading {
  kind: CellKind
  /** the nearest double of a number, NaN for everything else */
  value: number
  decimals: number
  isDate: boolean
  isBoolean: boolean
  /** cells with this text so far */
  count: number
  /** place in the dictionary of a category, −1 before it has one */
  code: number
  /** the currency or percent sign that stands at a number */
  sign?: string
}

export interface CellRules {
  decimal: Dialect['decimal']
  thousands: Dialect['thousands']
  dateOrder: Dialect['dateOrder']
  missing: ReadonlySet<string>
  /** whether a token like -999 looks like a number, so that every number must be looked up among the tokens */
  numericMissing: boolean
  /** a number whose digits stand in groups; null where there are no groups */
  grouped: RegExp | null
  /** what may stand at a number; null where nothing may */
  signs: SignRules | null
}

type RulesOfDialect = Pick<Dialect, 'decimal' | 'missingTokens'> &
  Partial<Pick<Dialect, 'thousands' | 'dateOrder' | 'signs'>>

/** How cells are read in a dialect. A sign for thousands that is also the decimal sign groups nothing. */
export function cellRules(dialect: RulesOfDialect): CellRules {
  const { decimal, missingTokens, thousands = '', dateOrder = null, signs = [] } = dialect
  return {
    decimal,
    thousands,
    dateOrder,
    missing: new Set(missingTokens),
    numericMissing: missingTokens.some((token) => /^[+\-.,]*\d/.test(token)),
    grouped: thousands === '' || thousands === decimal ? null : groupedNumber(thousands, decimal),
    signs: signRules(signs)
  }
}

/** Every blank that stands between digits: also the unbreakable, the thin and the narrow unbreakable one. */
const BLANKS = ' \\u00a0\\u2009\\u202f'

/** 1,234,567.8: only groups of three after a first one of one to three, which does not begin with a zero, count. */
function groupedNumber(thousands: string, decimal: string): RegExp {
  const sign = thousands === ' ' ? `[${BLANKS}]` : thousands === "'" ? "['\u2019]" : `\\${thousands}`
  return new RegExp(`^[+-]?[1-9]\\d{0,2}(${sign})\\d{3}(\\1\\d{3})*(\\${decimal}\\d*)?([eE][+-]?\\d+)?$`)
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
const plainInteger = /^[+-]?\d+$/
const infinity = /^[+-]?inf(inity)?$/i

/** Classifies the text of a cell. Numbers have the value of JavaScript's Number(text): the nearest double. */
export function readCell(text: string, rules: CellRules): CellReading {
  return (rules.numericMissing ? null : readShortNumber(text, rules.decimal)) ?? readAny(text, rules)
}

/** Powers of ten that a double holds exactly, and enough for short numbers. */
const powersOfTen = Array.from({ length: 16 }, (_, i) => Number(`1e${i}`))

/** The usual number: sign, at most 15 digits, a decimal sign. Its digits as an integer and the power of ten are both
 * exact doubles, so their quotient is the nearest double to the text.
 * Source: Clinger, "How to read floating point numbers accurately", PLDI 1990, section 4. null for everything else. */
function readShortNumber(text: string, decimal: Dialect['decimal']): CellReading | null {
  const { length } = text
  const first = text.charCodeAt(0)
  const signed = first === MINUS || first === PLUS
  const point = decimal === ',' ? COMMA : POINT
  let mantissa = 0
  let digits = 0
  let decimals = -1
  for (let i = signed ? 1 : 0; i < length; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (digit >= 0 && digit <= 9) {
      mantissa = 10 * mantissa + digit
      digits++
      if (decimals >= 0) decimals++
    } else if (digit + ZERO === point && decimals === -1) decimals = 0
    else return null
    if (digits > 15) return null
  }
  if (digits === 0) return null
  const size = decimals > 0 ? mantissa / powersOfTen[decimals]! : mantissa
  const padded = decimals === -1 && digits > 1 && text.charCodeAt(signed ? 1 : 0) === ZERO
  const bit = decimals === -1 && !signed && digits === 1 && mantissa <= 1
  return newReading(
    padded ? 'paddedInteger' : 'number',
    first === MINUS ? -size : size,
    Math.max(0, decimals),
    false,
    bit
  )
}

const MINUS = 45
const PLUS = 43
const COMMA = 44
const POINT = 46
const ZERO = 48

function readAny(text: string, rules: CellRules): CellReading {
  const trimmed = text.trim()
  if (rules.missing.has(trimmed)) return newReading('missing')
  const written = writeWithPoint(trimmed, rules)
  if (written === null || !plainNumber.test(written)) {
    const signed = rules.signs && readSigned(trimmed, rules, rules.signs)
    if (signed) return signed
    if (infinity.test(trimmed)) return newReading('nonFinite')
    const isDate = !Number.isNaN(parseDate(trimmed, rules.dateOrder))
    return newReading('text', NaN, 0, isDate, isBooleanWord(trimmed))
  }
  const value = Number(written)
  if (!plainInteger.test(written)) {
    return Number.isFinite(value) ? newReading('number', value, countDecimals(written)) : newReading('nonFinite')
  }
  if (!Number.isFinite(value)) return newReading('nonFinite')
  const kind = isPadded(written) ? 'paddedInteger' : isBeyond(written, value) ? 'tooLarge' : 'number'
  return newReading(kind, value, 0, false, written === '0' || written === '1')
}

/** A number with a sign at it. A code with zeros before it, or an integer too long, is none either way. */
function readSigned(text: string, rules: CellRules, signs: SignRules): CellReading | null {
  const taken = takeSigns(text, signs)
  if (!taken) return null
  const reading = readAny(taken.number, { ...rules, signs: null, missing: none })
  if (reading.kind !== 'number' && reading.kind !== 'tooLarge') return null
  return { ...reading, isBoolean: false, ...(taken.sign !== '' && { sign: taken.sign }) }
}

const none: ReadonlySet<string> = new Set()

function newReading(kind: CellKind, value = NaN, decimals = 0, isDate = false, isBoolean = false): CellReading {
  return { kind, value, decimals, isDate, isBoolean, count: 0, code: -1 }
}

/** 39,1 as 39.1 and 1'234 as 1234; null where the text has a point that is no decimal sign. */
function writeWithPoint(text: string, { decimal, grouped }: CellRules): string | null {
  const group = grouped?.exec(text)?.[1]
  const ungrouped = group === undefined ? text : text.replaceAll(group, '')
  if (decimal === '.') return ungrouped
  return ungrouped.includes('.') ? null : ungrouped.replace(',', '.')
}

const isPadded = (integer: string): boolean => /^[+-]?0\d/.test(integer)

/** Whether a double would change a digit: beyond 2^53 not every integer is one. What a program prints of a double is
 * read back unchanged. */
function isBeyond(integer: string, value: number): boolean {
  return Math.abs(value) > Number.MAX_SAFE_INTEGER && String(value) !== integer.replace('+', '')
}

function countDecimals(number: string): number {
  const point = number.indexOf('.')
  if (point === -1) return 0
  const exponent = number.search(/[eE]/)
  return (exponent === -1 ? number.length : exponent) - point - 1
}

const booleanWords = new Set(['true', 'false', 'yes', 'no', 't', 'f', 'y', 'n', 'on', 'off'])
const booleanPairs = ['true false', 'yes no', 't f', 'y n', 'on off']

const isBooleanWord = (text: string): boolean => text.length <= 5 && booleanWords.has(text.toLowerCase())

/** Whether the different texts of a column are the two words of one pair (or one of two words that are not single letters). */
export function areBooleans(texts: readonly string[]): boolean {
  const words = texts.map((text) => text.trim().toLowerCase())
  if (words.length === 0 || words.length > 2 || new Set(words).size !== words.length) return false
  const pair = booleanPairs.find((p) => words.every((word) => p.split(' ').includes(word)))
  return pair !== undefined && (words.length === 2 || words[0]!.length > 1)
}

/** Why a text is no number, as far as it can be told. */
export function explainNotNumber(text: string, rules: CellRules): string {
  const trimmed = text.trim()
  const isNumber = (candidate: string, decimal: Dialect['decimal'] = rules.decimal): boolean =>
    candidate !== '' && readCell(candidate, cellRules({ decimal, missingTokens: [] })).kind === 'number'
  const start = `${trimmed.length > 30 ? `${trimmed.slice(0, 29)}…` : trimmed} is not a number`
  if (isPadded(trimmed)) return `${start}: it begins with a zero`
  if (rules.decimal === ',' && isNumber(trimmed, '.')) return `${start}: its decimal sign is a point`
  if (rules.decimal === '.' && isNumber(trimmed, ',')) return `${start}: its decimal sign is a comma`
  if (isNumber(trimmed.slice(0, -1)) && /\p{L}$/u.test(trimmed)) return `${start}: the last sign is a letter`
  return start
}
