/** Why weighting matters, on a matrix small enough to be read: the same cells fitted with the blanks ignored, taken as zeros,
 * and taken as zeros of little weight. Always two factors, so that each is a map. */

const FACTORS = 2
const SWEEPS = 400
/** Keeps a row with fewer cells than factors from running away; small beside the squares of ratings. */
const RIDGE = 1e-3
/** With no blank ignored a row has as many cells as there are: only a matrix of rank 1 needs any. */
const EVEN_RIDGE = 1e-9

export interface LittleMatrix {
  nRows: number
  nColumns: number
  /** nRows × nColumns, row-major, NaN where unknown */
  cells: ArrayLike<number>
}

export interface LittleFit {
  /** weight of a blank, against 1 for a known cell */
  blankWeight: number
  /** nRows × 2 */
  rows: Float64Array
  /** nColumns × 2; both sides on their principal axes and equally long, the largest entry of each factor of the columns positive */
  columns: Float64Array
  /** nRows × nColumns: what the factors make of every cell */
  product: Float64Array
  /** root mean square error of the known cells; of the blanks taken as zeros, NaN where there is none */
  knownError: number
  blankError: number
}

/** Two factors by alternating weighted least squares, a known cell weighing 1 and a blank, as a zero, `blankWeight`.
 * With weight 1 it is the truncated SVD of the matrix with zeros, (Eckart & Young 1936).
 * @returns the same for the same matrix: the start is not random */
export function fitLittle(matrix: LittleMatrix, blankWeight: number): LittleFit {
  const { nRows, nColumns, cells } = matrix
  const rows = startOf(nRows)
  const columns = startOf(nColumns)
  const sweep = (weight: number): void => {
    for (let j = 0; j < nColumns; j++) solvePair(columns, j, rows, nRows, (i) => cells[i * nColumns + j]!, weight)
    for (let i = 0; i < nRows; i++) solvePair(rows, i, columns, nColumns, (j) => cells[i * nColumns + j]!, weight)
  }
  // With all cells alike there is no false minimum: what is found there is where a little weight begins. Where blanks say
  // nothing many answers fit, and the one nearest to the mean of what is known supposes least.
  if (blankWeight === 0) startAtMean(matrix, rows, columns)
  else
    for (let k = 0; k < SWEEPS; k++) {
      sweep(1)
      // Both sides stay equally long: else the little ridge weighs on the one that is short.
      const even = balance(rows, columns)
      rows.set(even.rows)
      columns.set(even.columns)
    }
  if (blankWeight < 1) for (let k = 0; k < SWEEPS; k++) sweep(blankWeight)
  const balanced = balance(rows, columns)
  return { blankWeight, ...balanced, ...judge(matrix, balanced.rows, balanced.columns) }
}

/** The first factors' product is the mean of the known cells everywhere, the second's is nearly nothing. */
function startAtMean({ cells }: LittleMatrix, rows: Float64Array, columns: Float64Array): void {
  const known = Array.from(cells).filter((cell) => !Number.isNaN(cell))
  const mean = known.reduce((sum, cell) => sum + cell, 0) / Math.max(1, known.length)
  const root = Math.sqrt(Math.abs(mean))
  for (let j = 0; j < rows.length; j += FACTORS) {
    rows[j] = root
    rows[j + 1]! *= 0.1
  }
  for (let j = 0; j < columns.length; j += FACTORS) {
    columns[j] = mean < 0 ? -root : root
    columns[j + 1]! *= 0.1
  }
}

/** Not along any axis, never two rows alike, and of no pattern that a little matrix might have too: angles in equal steps
 * are at right angles to every matrix of three rows whose first and last are alike, and never learn its second factor. */
function startOf(count: number): Float64Array {
  return Float64Array.from({ length: count * FACTORS }, (_, j) => Math.cos(1 + 2.4 * j + 0.7 * j * j))
}

/** The pair (own[at, 0], own[at, 1]) that fits the cells of one row or column best; two equations, solved by Cramer's rule. */
function solvePair(
  own: Float64Array,
  at: number,
  other: Float64Array,
  count: number,
  cellOf: (position: number) => number,
  blankWeight: number
): void {
  const ridge = blankWeight < 1 ? RIDGE : EVEN_RIDGE
  let [a, b, d, s, t] = [ridge, 0, ridge, 0, 0]
  for (let i = 0; i < count; i++) {
    const cell = cellOf(i)
    const known = !Number.isNaN(cell)
    const weight = known ? 1 : blankWeight
    const [x, y] = [other[2 * i]!, other[2 * i + 1]!]
    a += weight * x * x
    b += weight * x * y
    d += weight * y * y
    if (known) {
      s += cell * x
      t += cell * y
    }
  }
  const determinant = a * d - b * b
  own[2 * at] = (d * s - b * t) / determinant
  own[2 * at + 1] = (a * t - b * s) / determinant
}

/** The same product with the singular values shared by both sides: U√Σ and V√Σ, so that neither is small on the map. */
function balance(rows: Float64Array, columns: Float64Array): Pick<LittleFit, 'rows' | 'columns'> {
  const { left, singular, right } = tripleOf({ rows, columns })
  const roots = [Math.sqrt(singular[0]), Math.sqrt(singular[1])] as const
  stretch(left, roots)
  stretch(right, roots)
  return { rows: left, columns: right }
}

/** The angle of the principal axes of a symmetric 2 × 2 matrix ((a, b), (b, d)), the larger first. */
const axisOf = (a: number, b: number, d: number): number => Math.atan2(2 * b, a - d) / 2

/** SᵀS of a side, as a, b, d. */
function productsOf(side: ArrayLike<number>): [number, number, number] {
  let [a, b, d] = [0, 0, 0]
  for (let j = 0; j < side.length; j += FACTORS) {
    a += side[j]! ** 2
    b += side[j]! * side[j + 1]!
    d += side[j + 1]! ** 2
  }
  return [a, b, d]
}

function turn(sides: readonly Float64Array[], angle: number): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  for (const side of sides) {
    for (let j = 0; j < side.length; j += FACTORS) {
      const [x, y] = [side[j]!, side[j + 1]!]
      side[j] = cos * x + sin * y
      side[j + 1] = cos * y - sin * x
    }
  }
}

/** The largest entry of each factor of the first side becomes positive; of equals the first decides, so that rounding does not. */
function setSigns(columns: Float64Array, rows: Float64Array): void {
  for (let k = 0; k < FACTORS; k++) {
    let largest = 0
    for (let j = k; j < columns.length; j += FACTORS) {
      if (Math.abs(columns[j]!) > Math.abs(largest) * (1 + 1e-6)) largest = columns[j]!
    }
    if (largest >= 0) continue
    for (const side of [rows, columns]) for (let j = k; j < side.length; j += FACTORS) side[j] = -side[j]!
  }
}

function judge(
  { nRows, nColumns, cells }: LittleMatrix,
  rows: Float64Array,
  columns: Float64Array
): Pick<LittleFit, 'product' | 'knownError' | 'blankError'> {
  const product = new Float64Array(nRows * nColumns)
  let [known, blank, nKnown] = [0, 0, 0]
  for (let i = 0; i < nRows; i++) {
    for (let j = 0; j < nColumns; j++) {
      const value = rows[2 * i]! * columns[2 * j]! + rows[2 * i + 1]! * columns[2 * j + 1]!
      const cell = cells[i * nColumns + j]!
      product[i * nColumns + j] = value
      if (Number.isNaN(cell)) blank += value * value
      else {
        known += (cell - value) ** 2
        nKnown += 1
      }
    }
  }
  return {
    product,
    knownError: Math.sqrt(known / nKnown),
    blankError: Math.sqrt(blank / (nRows * nColumns - nKnown))
  }
}

/** U, Σ and V of the product of two factor matrices of two columns: rows · columnsᵀ = U Σ Vᵀ, unit columns, zeros where the
 * singular value is zero. Both steps turn a 2 × 2 matrix to its axes: first the columns are made orthonormal, then the rows
 * become orthogonal. */
export function tripleOf(fit: Pick<LittleFit, 'rows' | 'columns'>): {
  left: Float64Array
  singular: [number, number]
  right: Float64Array
} {
  const [left, right] = [fit.rows.slice(), fit.columns.slice()]
  turn([left, right], axisOf(...productsOf(right)))
  const [a, , d] = productsOf(right)
  stretch(right, [1 / Math.sqrt(a), 1 / Math.sqrt(d)])
  stretch(left, [Math.sqrt(a), Math.sqrt(d)])
  turn([left, right], axisOf(...productsOf(left)))
  const [first, , second] = productsOf(left)
  const singular: [number, number] = [Math.sqrt(first), Math.sqrt(second)]
  stretch(left, [1 / singular[0], 1 / singular[1]])
  setSigns(right, left)
  return { left, singular, right }
}

/** Multiplies each factor of a side; by an infinite number it becomes zero, as there is nothing in it. */
function stretch(side: Float64Array, by: readonly [number, number]): void {
  for (let j = 0; j < side.length; j++) {
    const factor = by[(j % FACTORS) as 0 | 1]
    side[j] = Number.isFinite(factor) ? side[j]! * factor : 0
  }
}
