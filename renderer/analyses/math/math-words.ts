import { formatNumber, formatSignificant } from '../../ui/format.ts'

/** Decimals in which the numbers of a matrix are written: three, fewer where the largest is large, more where it is small.
 * null: in significant digits. */
export function matrixDecimals(values: readonly (number | null)[]): number | null {
  let largest = 0
  for (const value of values) if (value !== null && Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
  if (largest === 0) return 3
  const power = Math.floor(Math.log10(largest))
  if (power > 6 || power < -6) return null
  return power > 2 ? Math.max(0, 5 - power) : power < -1 ? 2 - power : 3
}

export function formatEntry(value: number, decimals: number | null): string {
  return decimals === null ? formatSignificant(value, 4) : formatNumber(value, decimals)
}

/** One number of the arithmetic, by itself: three decimals, or as many as a small one needs for three digits. */
export function formatFactor(value: number): string {
  return formatEntry(value, matrixDecimals([value]))
}

/** With its sign: +1.168, −0.459. */
export function formatSigned(value: number, decimals: number | null): string {
  const text = formatEntry(value, decimals)
  return value > 0 && !/^[0.]+$/.test(text) ? `+${text}` : text
}
