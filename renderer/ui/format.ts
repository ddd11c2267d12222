/** How numbers are written on the screen: a true minus, a space before %, grouped thousands. */

const MINUS = '\u2212'
const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Shown for a missing value, centred and muted. */
export const MISSING = '–'

/** A number with a fixed number of decimals: −0.46. Negative zero loses its sign; NaN is the missing dash. */
export function formatNumber(value: number, decimals: number): string {
  if (Number.isNaN(value)) return MISSING
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? MINUS + text : text
}

/** A number with at most the given significant digits, without trailing zeros: 0.0123, 5.84, 1.2e12. */
export function formatSignificant(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return formatNumber(value, 0)
  const rounded = Math.abs(value).toPrecision(digits)
  const short = Number(rounded)
  // The largest doubles, rounded up, are no doubles any more.
  const written = Number.isFinite(short) ? short.toExponential() : rounded
  const text = short !== 0 && (short >= 1e9 || short < 1e-4) ? written : String(short)
  return (value < 0 && short !== 0 ? MINUS : '') + text.replace('e+', 'e').replace('e-', `e${MINUS}`)
}

/** A cell as the file has it: the column's decimals where they are known, else the shortest exact text. */
export function formatCell(value: number, decimals: number | undefined): string {
  if (!Number.isFinite(value)) return formatNumber(value, 0)
  if (decimals !== undefined && decimals <= 12 && Math.abs(value) < 1e15) return formatNumber(value, decimals)
  return (value < 0 ? MINUS : '') + String(Math.abs(value)).replace('e+', 'e').replace('e-', `e${MINUS}`)
}

/** A count with grouped thousands: 1,797. */
export function formatCount(value: number): string {
  return value < 0 ? MINUS + counts.format(-value) : counts.format(value)
}

/** A share as a percentage with a space before the sign: 0.7296 → "72.96 %". */
export function formatPercent(share: number, decimals = 1): string {
  return `${formatNumber(share * 100, decimals)}\u00a0%`
}

/** "1 row", "150 rows", "2 analyses". */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** "150 × 5" */
export function formatShape(rows: number, columns: number): string {
  return `${formatCount(rows)} × ${formatCount(columns)}`
}

/** Milliseconds as a person says them: 3 ms, 2.4 s, 1 min 20 s. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1) return 'under 1 ms'
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 9950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Time left of a job, "6 s left"; '' until enough is done to say. */
export function formatTimeLeft(startedAt: number, fraction: number, now: number): string {
  const elapsed = now - startedAt
  if (fraction < 0.05 || fraction >= 1 || elapsed < 500) return ''
  const left = (elapsed * (1 - fraction)) / fraction
  return `${formatDuration(Math.max(1000, Math.round(left / 1000) * 1000)).replace('.0 s', ' s')} left`
}

/** How far a file is read, in the unit of the whole: 84 of 190 MB. */
export function formatBytesOf(done: number, total: number): string {
  const whole = formatBytes(total)
  const [figure, unit] = whole.split(' ')
  const size = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }[unit!]!
  const decimals = figure!.includes('.') ? 1 : 0
  return `${(Math.min(done, total) / size).toFixed(decimals)} of ${whole}`
}

/** Bytes in decimal units: 812 B, 14.8 kB, 1.2 GB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** A moment by its distance from now: "Today 14:02", "Yesterday", "17 Nov", "17 Nov 2024". */
export function formatWhen(iso: string, now = new Date()): string {
  const then = new Date(iso)
  if (Number.isNaN(then.getTime())) return ''
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime()
  if (then.getTime() >= midnight) {
    return `Today ${then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`
  }
  // A day before, not 24 hours: where the clocks change, a day has 23 or 25.
  const dayBefore = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1).getTime()
  if (then.getTime() >= dayBefore) return 'Yesterday'
  const year = then.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year })
}

/** A p-value: two significant digits, then "< 0.001". */
export function formatProbability(p: number): string {
  if (Number.isNaN(p)) return MISSING
  return p < 0.001 ? '< 0.001' : p.toPrecision(2)
}
