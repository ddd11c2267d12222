/** Why a row lies where it does: its score on one component, cell by cell. */

/** One column's part in a score: (cell − mean) / scale × weight. */
export interface ScoreTerm {
  /** position in the columns of the fit */
  column: number
  cell: number
  mean: number
  scale: number
  weight: number
  value: number
}

export interface ScoreTerms {
  /** the largest terms, largest magnitude first */
  terms: ScoreTerm[]
  /** those left out, together; null where none is */
  rest: { count: number; sum: number } | null
  /** the sum of all terms: the score */
  total: number
}

/** The terms of a score, largest first; equal ones in the order of the columns.
 * @param cells the row's cells in the columns of the fit (p), filled in where they were missing
 * @param mean,scale what is subtracted and divided by, per column (p)
 * @param weights the component (p)
 * @param most how many terms to name; the others are summed
 * Source: the definition of a score, t = vᵀ diag(s)⁻¹ (x − x̄); Jolliffe, Principal Component Analysis, 2nd ed., §2.1. */
export function scoreTerms(
  cells: ArrayLike<number>,
  mean: ArrayLike<number>,
  scale: ArrayLike<number>,
  weights: ArrayLike<number>,
  most: number
): ScoreTerms {
  const terms: ScoreTerm[] = []
  for (let column = 0; column < weights.length; column++) {
    const [cell, middle, divisor, weight] = [cells[column]!, mean[column]!, scale[column]!, weights[column]!]
    terms.push({ column, cell, mean: middle, scale: divisor, weight, value: ((cell - middle) / divisor) * weight })
  }
  terms.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.column - b.column)
  // The smallest first: they are not lost beside a large sum.
  const sumOf = (from: number): number => terms.slice(from).reduceRight((sum, term) => sum + term.value, 0)
  const count = Math.max(0, terms.length - most)
  return {
    terms: terms.slice(0, most),
    rest: count === 0 ? null : { count, sum: sumOf(most) },
    total: sumOf(0)
  }
}

/** Where the bars of the terms begin and end, as fractions of the width, zero included. */
export function termBars(values: readonly number[]): { zero: number; bars: { from: number; to: number }[] } {
  const low = Math.min(0, ...values)
  const span = Math.max(0, ...values) - low
  const at = (value: number): number => (span > 0 ? (value - low) / span : 0)
  const zero = at(0)
  return { zero, bars: values.map((value) => ({ from: Math.min(zero, at(value)), to: Math.max(zero, at(value)) })) }
}
