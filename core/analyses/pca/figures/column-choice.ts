/** Which columns are worth drawing: those whose strength reaches a threshold, the strongest first, no more than there is
 * room for. Equal ones keep their order.
 * @param strengths p, ≥ 0 @param without numbers of columns that have nothing to draw: constant ones are no arrows
 * @returns numbers of columns, and how many reached the threshold */
export function strongestColumns(
  strengths: ArrayLike<number>,
  threshold: number,
  limit: number,
  without: ReadonlySet<number> = new Set()
): { columns: number[]; reaching: number } {
  const reaching: number[] = []
  for (let j = 0; j < strengths.length; j++) if (strengths[j]! >= threshold && !without.has(j)) reaching.push(j)
  const columns = reaching.sort((a, b) => strengths[b]! - strengths[a]! || a - b).slice(0, limit)
  return { columns, reaching: reaching.length }
}

/** The largest |value| of each column on the given components.
 * @param values p×K row-major */
export function largestOn(values: ArrayLike<number>, nComponents: number, components: readonly number[]): Float64Array {
  const nColumns = nComponents === 0 ? 0 : values.length / nComponents
  return Float64Array.from({ length: nColumns }, (_, j) =>
    components.reduce((most, k) => Math.max(most, Math.abs(values[j * nComponents + k]!)), 0)
  )
}
