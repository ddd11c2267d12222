import type { Keep } from '../../linalg/kept.ts'

/** Ratings as triples: value[t] is what user[t] gave item[t]. Index −1 is a user or item the model has never seen. */
export interface RatingCells {
  userIndex: Int32Array
  itemIndex: Int32Array
  values: Float64Array
}

/** Ratings grouped by row (compressed sparse rows): those of row r stand at offsets[r] … offsets[r + 1] − 1. */
export interface GroupedRatings {
  nRows: number
  /** nRows + 1 */
  offsets: Int32Array
  /** index on the other side, one a rating */
  columns: Int32Array
  values: Float64Array
}

/** Groups ratings by user or by item; within a group they keep their order.
 * @param rows index of the grouping side, one a rating, all in 0 … nRows − 1
 * @param columns index of the other side
 * Cost: linear in ratings and rows. */
export function groupRatings(
  rows: Int32Array,
  columns: Int32Array,
  values: Float64Array,
  nRows: number
): GroupedRatings {
  const offsets = new Int32Array(nRows + 1)
  for (let t = 0; t < rows.length; t++) offsets[rows[t]! + 1]! += 1
  for (let r = 0; r < nRows; r++) offsets[r + 1]! += offsets[r]!
  const next = offsets.slice(0, nRows)
  const grouped = new Int32Array(rows.length)
  const groupedValues = new Float64Array(rows.length)
  for (let t = 0; t < rows.length; t++) {
    const place = next[rows[t]!]!
    next[rows[t]!] = place + 1
    grouped[place] = columns[t]!
    groupedValues[place] = values[t]!
  }
  return { nRows, offsets, columns: grouped, values: groupedValues }
}

/** The same ratings, kept where kernels read them. */
export const keepRatings = (grouped: GroupedRatings, keep: Keep): GroupedRatings => ({
  ...grouped,
  columns: keep(grouped.columns),
  values: keep(grouped.values)
})

/** The ratings of both, row by row: those of the first before those of the second. */
export function joinRows(first: GroupedRatings, second: GroupedRatings): GroupedRatings {
  const { nRows } = first
  const count = first.columns.length + second.columns.length
  const joined = {
    nRows,
    offsets: new Int32Array(nRows + 1),
    columns: new Int32Array(count),
    values: new Float64Array(count)
  }
  let end = 0
  for (let row = 0; row < nRows; row++) {
    for (const { offsets, columns, values } of [first, second]) {
      const [from, to] = [offsets[row]!, offsets[row + 1]!]
      joined.columns.set(columns.subarray(from, to), end)
      joined.values.set(values.subarray(from, to), end)
      end += to - from
    }
    joined.offsets[row + 1] = end
  }
  return joined
}

/** How many ratings each row has. */
export function countRatings(grouped: GroupedRatings): Int32Array {
  const counts = new Int32Array(grouped.nRows)
  for (let r = 0; r < grouped.nRows; r++) counts[r] = grouped.offsets[r + 1]! - grouped.offsets[r]!
  return counts
}

/** source[places[0]], source[places[1]] … */
export function pickIntegers(source: ArrayLike<number>, places: Int32Array): Int32Array {
  const picked = new Int32Array(places.length)
  for (let t = 0; t < places.length; t++) picked[t] = source[places[t]!]!
  return picked
}

/** source[places[0]], source[places[1]] … */
export function pickNumbers(source: ArrayLike<number>, places: Int32Array): Float64Array {
  const picked = new Float64Array(places.length)
  for (let t = 0; t < places.length; t++) picked[t] = source[places[t]!]!
  return picked
}

/** The ratings at the given places, in that order. */
export function pickCells(cells: RatingCells, places: Int32Array): RatingCells {
  return {
    userIndex: pickIntegers(cells.userIndex, places),
    itemIndex: pickIntegers(cells.itemIndex, places),
    values: pickNumbers(cells.values, places)
  }
}

/** Places 0 … count − 1 that pass, ascending. */
export function placesWhere(count: number, passes: (t: number) => boolean): Int32Array {
  const places = new Int32Array(count)
  let kept = 0
  for (let t = 0; t < count; t++) if (passes(t)) places[kept++] = t
  return places.slice(0, kept)
}
