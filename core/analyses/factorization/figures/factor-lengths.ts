/** Lengths of factors on pictures: against how many rated, and divided out of their place. */

/** ‖v‖ of each row. @param factors n×nFactors, row-major @returns n; zeros without factors */
export function lengthsOf(factors: ArrayLike<number>, n: number, nFactors: number): Float64Array {
  const lengths = new Float64Array(n)
  for (let row = 0; row < n; row++) {
    let squares = 0
    for (let k = row * nFactors; k < (row + 1) * nFactors; k++) squares += factors[k]! ** 2
    lengths[row] = Math.sqrt(squares)
  }
  return lengths
}

/** Items by how many rated them and how long their factors are.
 * @returns x: decimal logarithm of the count, NaN (no place) for an item without ratings; y: ‖q‖; placed: items that have a place,
 * ascending */
export function lengthsByCount(
  counts: ArrayLike<number>,
  lengths: ArrayLike<number>
): { x: Float64Array; y: Float64Array; placed: Int32Array } {
  const x = Float64Array.from(counts, (count) => (count > 0 ? Math.log10(count) : NaN))
  const placed = Int32Array.from(Array.from(x.keys()).filter((item) => !Number.isNaN(x[item]!)))
  return { x, y: Float64Array.from(lengths), placed }
}

/** A coordinate of v at v/‖v‖^α: 0 leaves it, 1 puts every point at length 1, so that only its direction counts. What has no length
 * stays at the origin. */
export function overLength(coordinate: ArrayLike<number>, lengths: ArrayLike<number>, exponent: number): Float64Array {
  // In a loop: while a slider is moved this is done for each of its steps, and an iterator takes a hundred times as long.
  const placed = new Float64Array(coordinate.length)
  for (let i = 0; i < placed.length; i++) if (lengths[i]! > 0) placed[i] = coordinate[i]! / lengths[i]! ** exponent
  return placed
}
