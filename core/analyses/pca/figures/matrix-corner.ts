/** Which rows or columns of a large matrix to show, and the small matrices that are made again from a result. */

/** A place where rows or columns are left out. */
export const GAP = -1

/** All of few, else the first ones, those asked for, and the last, with GAP where others lie between.
 * @param total how many there are
 * @param most how many to show; at least 3
 * @param wanted further ones to show, 0-based
 * @returns ascending positions */
export function cornerOf(total: number, most: number, wanted: readonly number[] = []): number[] {
  if (total <= most) return Array.from({ length: total }, (_, i) => i)
  const shown = new Set(wanted.filter((i) => i >= 0 && i < total).slice(0, most - 2))
  shown.add(total - 1)
  for (let i = 0; shown.size < most; i++) shown.add(i)
  const positions = [...shown].sort((a, b) => a - b)
  return positions.flatMap((position, at) =>
    at > 0 && position > positions[at - 1]! + 1 ? [GAP, position] : [position]
  )
}

/** Products of rows, divided: rows·rowsᵀ/divisor.
 * @param rows each of the same length
 * @param weights one per entry of a row, or null: all 1 */
export function productsOf(
  rows: readonly ArrayLike<number>[],
  divisor: number,
  weights: ArrayLike<number> | null = null
): number[][] {
  return rows.map((a) =>
    rows.map((b) => {
      let sum = 0
      for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]! * (weights === null ? 1 : weights[i]!)
      return sum / divisor
    })
  )
}
