import type { Dialect } from '../contract/table.ts'

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
}

export interface CellRules {
  decimal: Dialect['decimal']
  missing: ReadonlySet<string>
  /** whether a token like -999 looks like a number, so that every number must be looked up among the tokens */
  numericMissing: boolean
}

export function cellRules({ decimal, missingTokens }: Pick<Dialect, 'decimal' | 'missingTokens'>): CellRules {
  return {
    decimal,
    missing: new Set(missingTokens),
    numericMissing: missingTokens.some((token) => /^[+\-.,\d]/.test(token))
  }
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
  const written = rules.decimal === ',' ? withPoint(trimmed) : trimmed
  if (written === null || !plainNumber.test(written)) {
    if (infinity.test(trimmed)) return newReading('nonFinite')
    return newReading('text', NaN, 0, isDate(trimmed), isBooleanWord(trimmed))
  }
  const value = Number(written)
  if (!plainInteger.test(written)) {
    return Number.isFinite(value) ? newReading('number', value, countDecimals(written)) : newReading('nonFinite')
  }
  if (!Number.isFinite(value)) return newReading('nonFinite')
  const kind = isPadded(written) ? 'paddedInteger' : isBeyond(written, value) ? 'tooLarge' : 'number'
  return newReading(kind, value, 0, false, written === '0' || written === '1')
}

function newReading(kind: CellKind, value = NaN, decimals = 0, isDate = false, isBoolean = false): CellReading {
  return { kind, value, decimals, isDate, isBoolean, count: 0, code: -1 }
}

/** 39,1 as 39.1; null where the text has a point, which is no decimal sign then. */
function withPoint(text: string): string | null {
  return text.includes('.') ? null : text.replace(',', '.')
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

const isoDate = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})([T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?$/
const pointedDate = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/
const namedDate = /^(\d{1,2})[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ,-]+(\d{4})$/i

/** Dates that can be read one way only: 2024-02-29, 2024/2/29 12:30, 29.2.2024, 29-Feb-2024. Not 3/4/2024. */
function isDate(text: string): boolean {
  if (text.length < 8 || text.length > 40) return false
  const iso = isoDate.exec(text)
  if (iso) return isDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const pointed = pointedDate.exec(text)
  if (pointed) return isDay(Number(pointed[3]), Number(pointed[2]), Number(pointed[1]))
  const named = namedDate.exec(text)
  return named !== null && Number(named[1]) >= 1 && Number(named[1]) <= 31
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

/** Why a text is no number, as far as it can be told. */
export function explainNotNumber(text: string, rules: CellRules): string {
  const trimmed = text.trim()
  const isNumber = (candidate: string, decimal: Dialect['decimal'] = rules.decimal): boolean =>
    candidate !== '' && readCell(candidate, { decimal, missing: new Set(), numericMissing: false }).kind === 'number'
  const start = `${trimmed.length > 30 ? `${trimmed.slice(0, 29)}…` : trimmed} is not a number`
  if (isPadded(trimmed)) return `${start}: it begins with a zero`
  if (rules.decimal === ',' && isNumber(trimmed, '.')) return `${start}: its decimal sign is a point`
  if (rules.decimal === '.' && isNumber(trimmed, ',')) return `${start}: its decimal sign is a comma`
  if (isNumber(trimmed.slice(0, -1)) && /\p{L}$/u.test(trimmed)) return `${start}: the last sign is a letter`
  return start
}
