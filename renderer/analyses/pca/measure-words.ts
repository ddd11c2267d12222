import { formatCount, formatNumber, formatSignificant } from '../../ui/format.ts'
import type { PartsOf } from './row-parts.ts'

/** From here on digits after the point say nothing. */
const LARGE = 1e5
/** A measure whose parts are smaller than what so many decimals show is written in significant digits. */
const MOST_DECIMALS = 6

/** Decimals in which all numbers of one measure are written, those of its limit, its rows and its parts alike: two, and more where
 * they are small. null: in significant digits.
 * @param size what three figures are wanted of: the limit of T² or Q, the standard deviation of a score */
export function measureDecimals(what: PartsOf, size: number): number | null {
  const magnitude = Math.abs(size)
  if (!(magnitude > 0) || !Number.isFinite(magnitude)) return 2
  const figures = 2 - Math.floor(Math.log10(magnitude))
  // T² and scores have their own unit; Q is as large as the cells are.
  const decimals = what === 'q' ? Math.max(0, figures) : Math.max(2, figures)
  return decimals > MOST_DECIMALS ? null : decimals
}

/** More figures than this of a share are zeros. */
const MOST_SHARE_DECIMALS = 8

/** Decimals in which the shares of so many rows are written: two figures of what each would have if all were alike.
 * @param mean that share @param least decimals of few rows */
export function shareDecimals(mean: number, least: number): number {
  if (!(mean > 0) || !Number.isFinite(mean)) return least
  return Math.max(least, Math.min(MOST_SHARE_DECIMALS, 1 - Math.floor(Math.log10(mean))))
}

/** A T², Q or score, its limit, or a part of it. @param decimals see measureDecimals */
export function measureText(value: number, decimals: number | null): string {
  if (Math.abs(value) >= LARGE) return formatCount(Number(value.toPrecision(4)))
  return decimals === null ? formatSignificant(value, 3) : formatNumber(value, decimals)
}

/** What a row is called after other words: "row 101"; a name of its own stays as it is. */
export const inSentence = (name: string): string => name.replace(/^Row (?=[\d,]+$)/, 'row ')

/** What became of the missing cells of a row: "size is missing and counts as the centre".
 * @param names columns without a cell @param centred how many of them count as the centre */
export function missingWords(names: readonly string[], centred: number): string {
  const one = names.length === 1
  const which = names.length <= 2 ? names.join(' and ') : `${formatCount(names.length)} cells`
  const how =
    centred === names.length
      ? `count${one ? 's' : ''} as the centre`
      : `${one ? 'is' : 'are'} filled in by the fit${centred === 0 ? '' : `, ${formatCount(centred)} of them with the centre`}`
  return `${which} ${one ? 'is' : 'are'} missing and ${how}`
}

/** How the numbers of each measure are written. */
export type WriteMeasure = Record<PartsOf, (value: number) => string>

/** @param sizes see measureDecimals */
export function writeMeasures(sizes: Record<PartsOf, number>): WriteMeasure {
  const writer = (what: PartsOf) => {
    const decimals = measureDecimals(what, sizes[what])
    return (value: number): string => measureText(value, decimals)
  }
  return { t2: writer('t2'), q: writer('q'), score: writer('score') }
}
