import type { CorrelationTable } from '../../core/contract/column-statistics.ts'

/** Two of the correlated columns, by their numbers, i < j. */
export interface Pair {
  i: number
  j: number
  r: number
  n: number
}

/** Every pair that has a correlation, the strongest first, whatever its sign. @param size number of columns */
export function strongestPairs({ r, n }: Pick<CorrelationTable, 'r' | 'n'>, size: number): Pair[] {
  const pairs: Pair[] = []
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const value = r[i * size + j]!
      if (!Number.isNaN(value)) pairs.push({ i, j, r: value, n: n[i * size + j]! })
    }
  }
  return pairs.sort((a, b) => Math.abs(b.r) - Math.abs(a.r) || a.i - b.i || a.j - b.j)
}

/** A square matrix with rows and columns in another order. */
export function reorder(values: Float64Array, order: ArrayLike<number>): Float64Array {
  const size = order.length
  const next = new Float64Array(size * size)
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) next[a * size + b] = values[order[a]! * size + order[b]!]!
  }
  return next
}

/** Values in standard deviations from their mean, as a plot of two columns of any units needs them; NaN stays. */
export function standardized(values: Float64Array): Float64Array {
  let count = 0
  let mean = 0
  for (const value of values) if (Number.isFinite(value)) mean += (value - mean) / ++count
  let squares = 0
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2
  const sd = Math.sqrt(squares / Math.max(1, count - 1))
  return values.map((value) => (sd > 0 ? (value - mean) / sd : value - mean))
}
