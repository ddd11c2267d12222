/** Rows that show where all of them lie on a plane: the first in each place of a grid from the origin to the largest value of each
 * axis that holds any. Whatever else is drawn, no part of the cloud is missing, as it would be between the most unusual rows and an
 * even sample of very many.
 * @param x, y of the rows, not negative; what is not finite has no place
 * @param side places of the grid along each axis: at most side² rows are chosen
 * @returns row numbers, ascending */
export function spreadRows(x: ArrayLike<number>, y: ArrayLike<number>, side: number): number[] {
  const most = { x: largest(x), y: largest(y) }
  const isTaken = new Uint8Array(side * side)
  const placeOf = (value: number, largest: number): number => {
    const place = Math.floor((value / largest) * side)
    return place >= side ? side - 1 : place > 0 ? place : 0
  }
  const rows: number[] = []
  for (let row = 0; row < x.length; row++) {
    if (!Number.isFinite(x[row]!) || !Number.isFinite(y[row]!)) continue
    const place = placeOf(y[row]!, most.y) * side + placeOf(x[row]!, most.x)
    if (isTaken[place] === 1) continue
    isTaken[place] = 1
    rows.push(row)
  }
  return rows
}

/** 1 where nothing is larger than 0. */
function largest(values: ArrayLike<number>): number {
  let most = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (value > most && value < Infinity) most = value
  }
  return most || 1
}
