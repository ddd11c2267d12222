import { shownShare } from '../../../stats/shown-share.ts'

/** How much of each row a plane shows: cos² = (x² + y²) / d², d² the squared distance of the row from the centre in all
 * columns, 0 … 1; 0 for a row at the centre itself, as in every table.
 * @param x,y scores on the two components of the plane; for one component alone y is all zero
 * Source: Husson, Lê & Pagès, Exploratory Multivariate Analysis by Example Using R, §1.3.3. */
export function cosinesInPlane(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  squaredDistances: ArrayLike<number>
): Float64Array {
  const cosines = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) {
    cosines[i] = shownShare(x[i]! ** 2 + y[i]! ** 2, squaredDistances[i]!)
  }
  return cosines
}

/** Mark diameters whose areas grow with a number: the lowest value gets the least, missing ones too.
 * @param least,most px */
export function diametersOf(values: ArrayLike<number>, least: number, most: number): Float64Array {
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value < low) low = value
    if (value > high) high = value
  }
  const spread = high > low ? high - low : 1
  const diameters = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const share = Number.isFinite(value) ? (value - low) / spread : 0
    diameters[i] = Math.sqrt(least ** 2 + share * (most ** 2 - least ** 2))
  }
  return diameters
}
