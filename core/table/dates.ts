import type { Dialect } from '../contract/table.ts'

/** Which of the two small numbers of a date is the day. 'either': 3/4/2024, where nobody can tell; 'clear': the form says it. */
export type DayOrder = 'clear' | 'dmy' | 'mdy' | 'either'

interface ReadDate {
  order: DayOrder
  /** milliseconds since 1970, UTC; of a date that can be read two ways the first is day first, the second month first */
  dayFirst: number
  monthFirst: number
}

const LONGEST = 48
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month = `(${MONTHS.join('|')})[a-z]*\\.?`
const time = '(?:(?:T|,? +)(\\d{1,2}:\\d{2}.*))?'
const weekday = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,? +)?'

const yearFirst = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${time}$`, 'i')
const yearLast = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})${time}$`, 'i')
/** two digits for the year only where the form leaves no doubt that it is a date */
const shortYear = new RegExp(`^(?:(\\d{1,2})/(\\d{1,2})/(\\d{2})|(\\d{2})\\.(\\d{2})\\.(\\d{2}))${time}$`, 'i')
const dayMonthName = new RegExp(`^${weekday}(\\d{1,2})(?:st|nd|rd|th|\\.)?[ -]${month}[ ,-]+(\\d{4})${time}$`, 'i')
const monthNameDay = new RegExp(`^${weekday}${month} +(\\d{1,2})(?:st|nd|rd|th)?,? +(\\d{4})${time}$`, 'i')
const clock =
  /^(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?(?: ?([ap])\.?m\.?)?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$/i

/** The moment a text names, in milliseconds since 1970 (UTC; a time without a zone is taken for UTC), or NaN where it names
 * none or could name two. Read are ISO 8601 dates with or without a time (2024-02-29, 2024/2/29 12:30, 2024-02-29T12:30:00Z),
 * 29.2.2024, 29/2/2024, 2/29/2024, 29/02/24, 29-Feb-2024, 29 February 2024, Feb 29, 2024, Thu, 29 Feb 2024 12:00:00 GMT.
 * A year of two digits is 1969 to 2068, as POSIX has it.
 * @param order what 3/4/2024 means; with null a date that can be read two ways is none. A date that contradicts the order
 * (13/4/2024 where the month comes first) is none either. */
export function parseDate(text: string, order: Dialect['dateOrder'] = null): number {
  const read = readDate(text)
  if (!read) return NaN
  if (read.order === 'clear') return read.dayFirst
  if (order === null) return read.order === 'dmy' ? read.dayFirst : read.order === 'mdy' ? read.monthFirst : NaN
  return order === 'dmy' ? read.dayFirst : read.monthFirst
}

/** Whether a text is a date, and what it says about the order of day and month; null where it is none. */
export function dayOrderOf(text: string): DayOrder | null {
  return readDate(text)?.order ?? null
}

function readDate(written: string): ReadDate | null {
  const text = written.trim()
  // nearly every cell is no date: said before any pattern is tried
  if (text.length < 6 || text.length > LONGEST || !/\d/.test(text)) return null
  return readNumbers(text) ?? readNames(text)
}

function readNumbers(text: string): ReadDate | null {
  const iso = yearFirst.exec(text)
  if (iso) return clear(Number(iso[1]), Number(iso[3]), Number(iso[4]), iso[5])
  const late = yearLast.exec(text)
  if (late) {
    const [, first, sign, second, year, rest] = late
    if (sign === '.') return clear(Number(year), Number(second), Number(first), rest)
    return eitherWay(Number(first), Number(second), Number(year), rest)
  }
  const short = shortYear.exec(text)
  if (!short) return null
  const year = Number(short[3] ?? short[6])
  const full = year < 69 ? 2000 + year : 1900 + year
  if (short[1] === undefined) return clear(full, Number(short[5]), Number(short[4]), short[7])
  return eitherWay(Number(short[1]), Number(short[2]), full, short[7])
}

function readNames(text: string): ReadDate | null {
  const named = dayMonthName.exec(text)
  if (named) return clear(Number(named[3]), monthOf(named[2]!), Number(named[1]), named[4])
  const american = monthNameDay.exec(text)
  return american && clear(Number(american[3]), monthOf(american[1]!), Number(american[2]), american[4])
}

const monthOf = (name: string): number => MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1

function clear(year: number, month: number, day: number, rest: string | undefined): ReadDate | null {
  const at = moment(year, month, day, rest)
  return Number.isNaN(at) ? null : { order: 'clear', dayFirst: at, monthFirst: at }
}

function eitherWay(first: number, second: number, year: number, rest: string | undefined): ReadDate | null {
  const dayFirst = moment(year, second, first, rest)
  const monthFirst = moment(year, first, second, rest)
  if (Number.isNaN(dayFirst)) return Number.isNaN(monthFirst) ? null : { order: 'mdy', dayFirst, monthFirst }
  if (Number.isNaN(monthFirst)) return { order: 'dmy', dayFirst, monthFirst }
  return { order: dayFirst === monthFirst ? 'clear' : 'either', dayFirst, monthFirst }
}

/** A day of the calendar with a time of day, or NaN where there is no such day or time. */
function moment(year: number, month: number, day: number, rest: string | undefined): number {
  if (month < 1 || month > 12 || day < 1) return NaN
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCDate() !== day) return NaN
  return date.getTime() + (rest === undefined ? 0 : timeOfDay(rest))
}

/** Milliseconds since midnight UTC of "12:30:05.25+02:00", "1:30 pm"; NaN where it is no time. */
function timeOfDay(text: string): number {
  const found = clock.exec(text.trim())
  if (!found) return NaN
  const [, hourText, minute, second = '0', fraction = '', half, zone = 'Z'] = found
  let hour = Number(hourText)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  }
  // 24:00 ends a day, and a minute may have a leap second (ISO 8601)
  if (hour > 24 || (hour === 24 && (minute !== '00' || Number(second) > 0))) return NaN
  if (Number(minute) > 59 || Number(second) > 60) return NaN
  const milliseconds = fraction === '' ? 0 : Number(`0.${fraction.slice(1)}`) * 1000
  return 3_600_000 * hour + 60_000 * Number(minute) + 1000 * Number(second) + milliseconds - zoneOffset(zone)
}

function zoneOffset(zone: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (!found) return 0
  const minutes = 60 * Number(found[2]) + Number(found[3] ?? 0)
  return (found[1] === '-' ? -1 : 1) * 60_000 * minutes
}
