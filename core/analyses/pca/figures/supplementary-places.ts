import type { Scale } from '../scales.ts'

/** A level of a category that was not fitted, on some components. */
export interface LevelPlace {
  level: string
  /** rows that have it */
  rows: number
  /** its barycentre: the weighted mean of their scores, a number a component */
  means: number[]
  /** correlation of belonging to it with the scores, −1 … 1 */
  correlations: number[]
}

/** Places the levels of a category on components, over the fitted rows in which it is not missing.
 * @param codes by dataset row, −1 where missing @param rowsUsed dataset row of each score
 * @param scores n each, one array a component @param weights of the rows, of mean 1; null where they count alike
 * @returns the levels that some row has, in the order of the dictionary
 * The correlation is that of an indicator: r = (m_q − m)/s · √(w_q/(w − w_q)). Source: FactoMineR's quali.sup$coord for barycentres. */
export function placeLevels(
  codes: ArrayLike<number>,
  dictionary: readonly string[],
  rowsUsed: ArrayLike<number>,
  scores: readonly ArrayLike<number>[],
  weights: ArrayLike<number> | null
): LevelPlace[] {
  const counts = new Float64Array(dictionary.length)
  const masses = new Float64Array(dictionary.length)
  const sums = scores.map(() => new Float64Array(dictionary.length))
  const middle = scores.map(() => 0)
  let mass = 0
  for (let i = 0; i < rowsUsed.length; i++) {
    const code = codes[rowsUsed[i]!]!
    const weight = weights?.[i] ?? 1
    if (code < 0 || weight === 0) continue
    counts[code]!++
    masses[code]! += weight
    mass += weight
    scores.forEach((of, k) => {
      sums[k]![code]! += weight * of[i]!
      middle[k]! += (weight * (of[i]! - middle[k]!)) / mass
    })
  }
  const squares = scores.map(() => 0)
  for (let i = 0; i < rowsUsed.length; i++) {
    if (codes[rowsUsed[i]!]! < 0) continue
    const weight = weights?.[i] ?? 1
    scores.forEach((of, k) => (squares[k]! += weight * (of[i]! - middle[k]!) ** 2))
  }
  return dictionary.flatMap((level, code) => {
    const own = masses[code]!
    if (!(own > 0)) return []
    const means = sums.map((of) => of[code]! / own)
    const odds = Math.sqrt(own / (mass - own))
    const correlations = means.map((mean, k) => {
      const r = ((mean - middle[k]!) / Math.sqrt(squares[k]! / mass)) * odds
      return Number.isFinite(r) ? Math.max(-1, Math.min(1, r)) : 0
    })
    return [{ level, rows: counts[code]!, means, correlations }]
  })
}

/** Makes the median absolute deviation of a normal sample its standard deviation. */
const MAD_FACTOR = 1.482602218505602

/** The standard deviation of a column that was not fitted, scaled as the fitted ones are: what its correlations are multiplied by
 * to stand beside their loadings. Over the fitted rows that have a value.
 * @param values by dataset row, NaN where missing
 * @returns 0 where it does not vary, or too few rows have a value */
export function supplementaryDeviation(
  values: ArrayLike<number>,
  rowsUsed: ArrayLike<number>,
  weights: ArrayLike<number> | null,
  scale: Scale,
  divisor: 'n-1' | 'n'
): number {
  const present: number[] = []
  const counts: number[] = []
  for (let i = 0; i < rowsUsed.length; i++) {
    const weight = weights?.[i] ?? 1
    if (Number.isNaN(values[rowsUsed[i]!]!) || weight === 0) continue
    present.push(values[rowsUsed[i]!]!)
    counts.push(weight)
  }
  let [mass, mean, low, high, squares] = [0, 0, Infinity, -Infinity, 0]
  present.forEach((value, i) => {
    mass += counts[i]!
    mean += ((value - mean) * counts[i]!) / mass
    low = Math.min(low, value)
    high = Math.max(high, value)
  })
  present.forEach((value, i) => (squares += counts[i]! * (value - mean) ** 2))
  const sd = Math.sqrt(squares / (divisor === 'n' ? mass : mass - 1))
  if (!(sd > 0) || !Number.isFinite(sd)) return 0
  if (scale === 'none') return sd
  if (scale === 'pareto') return Math.sqrt(sd)
  if (scale === 'range') return sd / (high - low)
  const spread = scale === 'robust' ? MAD_FACTOR * middleDeviation(present) : sd
  return spread > 0 ? sd / spread : 1
}

function middleDeviation(values: readonly number[]): number {
  const median = medianOf(values)
  return medianOf(values.map((value) => Math.abs(value - median)))
}

function medianOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
