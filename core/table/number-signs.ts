/** In the list of signs: a number in parentheses is negative, as accountants write it. */
export const PARENTHESES = '()'
/** The minus of typography, which no program reads as one. */
export const TRUE_MINUS = '\u2212'

const codes = [
  ...['USD', 'EUR', 'GBP', 'CHF', 'JPY', 'CNY', 'INR', 'CAD', 'AUD', 'NZD', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF'],
  ...['BRL', 'MXN', 'ZAR', 'TRY', 'KRW', 'SGD', 'HKD', 'US$', 'R$', 'A$', 'C$', 'Fr.', 'kr.', 'kr', 'z\u0142', 'K\u010d', 'Ft'] // prettier-ignore
]
const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
const anySign = `(?:${codes.map(escape).join('|')}|\\p{Sc}|[%\u2030])`
/** Every sign there is. */
export const anySigns: SignRules = { pattern: signedNumber(anySign), parentheses: true, trueMinus: true }

function signedNumber(sign: string): RegExp {
  return new RegExp(`^([+\\-\u2212]?)\\s*(${sign})?\\s*([+\\-\u2212]?)((?:\\d|[.,]\\d).*?)\\s*(${sign})?$`, 'su')
}

export interface SignRules {
  pattern: RegExp
  parentheses: boolean
  trueMinus: boolean
}

/** How signs at numbers are read; null where none are. */
export function signRules(signs: readonly string[]): SignRules | null {
  if (signs.length === 0) return null
  const own = signs.filter((sign) => sign !== PARENTHESES && sign !== TRUE_MINUS)
  // the longer first: US$ is not $ behind letters
  const sorted = [...own].sort((a, b) => b.length - a.length)
  const pattern = signedNumber(own.length === 0 ? '(?!)' : sorted.map(escape).join('|'))
  return { pattern, parentheses: signs.includes(PARENTHESES), trueMinus: signs.includes(TRUE_MINUS) }
}

export interface Unsigned {
  /** the number as it is written without its signs, a plain minus before it where it is negative */
  number: string
  /** the currency or percent sign; '' where there is none */
  sign: string
  parentheses: boolean
  trueMinus: boolean
}

/** "\u2212\u20ac 1.234,50" as -1.234,50 with \u20ac; null where nothing stands at the text that could be taken off. That what is left is a number is
 * for others to say. 12 % is 12: the sign is a unit and no factor. */
export function takeSigns(text: string, rules: SignRules): Unsigned | null {
  const parentheses = rules.parentheses && text.startsWith('(') && text.endsWith(')')
  const found = rules.pattern.exec(parentheses ? text.slice(1, -1).trim() : text)
  if (!found) return null
  const [, before = '', left = '', after = '', number = '', right = ''] = found
  const minus = before + after
  if (minus.length > 1 || (left !== '' && right !== '') || (minus !== '' && parentheses)) return null
  const trueMinus = minus === TRUE_MINUS
  if (trueMinus && !rules.trueMinus) return null
  const sign = left + right
  if (sign === '' && !parentheses && !trueMinus) return null
  return { number: (parentheses || trueMinus || minus === '-' ? '-' : '') + number, sign, parentheses, trueMinus }
}
