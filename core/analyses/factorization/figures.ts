/** Pure geometry behind the map of users and items: no DOM, no colours. */

/** Two columns of a factor matrix as coordinates; where there is only one factor everything lies on the line y = 0.
 * @param factors n×K row-major
 * @param axes 0-based factors of the horizontal and the vertical axis */
export function planeOf(
  factors: ArrayLike<number>,
  nFactors: number,
  axes: readonly [number, number]
): { x: Float64Array; y: Float64Array } {
  const n = nFactors === 0 ? 0 : factors.length / nFactors
  const coordinate = (axis: number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => (axis < nFactors ? factors[i * nFactors + axis]! : 0))
  return { x: coordinate(axes[0]), y: nFactors < 2 ? new Float64Array(n) : coordinate(axes[1]) }
}

/** Share of the item factors the plane shows: the sum of the two axes' shares, or of the one there is. */
export function shareShown(factorShare: readonly number[], axes: readonly [number, number]): number {
  const shown = new Set(factorShare.length < 2 ? [0] : axes)
  return [...shown].reduce((sum, axis) => sum + (factorShare[axis] ?? 0), 0)
}

/** Points that lie on one spot, so that one label names them all.
 * @param tolerance largest distance along an axis that counts as the same spot
 * @returns groups of indexes in order of their first member */
export function groupCoincident(x: ArrayLike<number>, y: ArrayLike<number>, tolerance: number): number[][] {
  const cell = Math.max(tolerance, Number.MIN_VALUE)
  const groups: number[][] = []
  const byCell = new Map<string, number[]>()
  for (let i = 0; i < x.length; i++) {
    const column = Math.floor(x[i]! / cell)
    const row = Math.floor(y[i]! / cell)
    let home: number | undefined
    for (let dx = -1; dx <= 1 && home === undefined; dx++) {
      for (let dy = -1; dy <= 1 && home === undefined; dy++) {
        home = byCell.get(`${column + dx}:${row + dy}`)?.find((group) => {
          const first = groups[group]![0]!
          return Math.abs(x[first]! - x[i]!) <= tolerance && Math.abs(y[first]! - y[i]!) <= tolerance
        })
      }
    }
    if (home !== undefined) {
      groups[home]!.push(i)
      continue
    }
    const key = `${column}:${row}`
    byCell.set(key, [...(byCell.get(key) ?? []), groups.length])
    groups.push([i])
  }
  return groups
}

/** "Harry Potter, Shrek"; beyond three names the rest is counted: "A, B, C and 4 more". */
export function sharedLabel(names: readonly string[]): string {
  if (names.length <= 3) return names.join(', ')
  return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}

/** Diameter of an item's mark: its area grows with the number of ratings (√count), between two limits, in px. */
export function markDiameters(counts: ArrayLike<number>, smallest: number, largest: number): Float64Array {
  let most = 0
  for (let i = 0; i < counts.length; i++) most = Math.max(most, counts[i]!)
  const diameters = new Float64Array(counts.length).fill(largest)
  for (let i = 0; most > 0 && i < counts.length; i++)
    diameters[i] = smallest + (largest - smallest) * Math.sqrt(counts[i]! / most)
  return diameters
}

/** What the model predicts for every user and item: globalMean + userBias + itemBias + userFactors · itemFactorsᵀ.
 * For a preference model mean and biases are zero and this is the plain product.
 * @returns nUsers×nItems row-major */
export function reconstruct(model: {
  globalMean: number
  userBias: ArrayLike<number>
  itemBias: ArrayLike<number>
  userFactors: ArrayLike<number>
  itemFactors: ArrayLike<number>
  nFactors: number
}): Float64Array {
  const { globalMean, userBias, itemBias, userFactors, itemFactors, nFactors } = model
  const product = new Float64Array(userBias.length * itemBias.length)
  for (let user = 0; user < userBias.length; user++) {
    for (let item = 0; item < itemBias.length; item++) {
      let sum = globalMean + userBias[user]! + itemBias[item]!
      for (let k = 0; k < nFactors; k++) sum += userFactors[user * nFactors + k]! * itemFactors[item * nFactors + k]!
      product[user * itemBias.length + item] = sum
    }
  }
  return product
}

/** Scale for drawing users among items: 1 where both clouds are of like size, else the ratio of their sizes (root mean
 * square distance from the origin) rounded to one digit, so that it can be said in a legend. */
export function userScale(items: { x: ArrayLike<number>; y: ArrayLike<number> }, users: typeof items): number {
  const size = ({ x, y }: typeof items): number => {
    let sum = 0
    for (let i = 0; i < x.length; i++) sum += x[i]! ** 2 + y[i]! ** 2
    return Math.sqrt(sum / Math.max(1, x.length))
  }
  const [itemSize, userSize] = [size(items), size(users)]
  if (!(itemSize > 0) || !(userSize > 0)) return 1
  const ratio = itemSize / userSize
  return ratio > 0.5 && ratio < 2 ? 1 : Number(ratio.toPrecision(1))
}
