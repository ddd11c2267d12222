/** Distances by which rows are near: in all columns, in all components kept, or the angle from the centre. */
export type NearestBy = 'inData' | 'inScores' | 'byCosine'

/** The nearest rows of a point from the lists of a study.
 * @param sampled points that have a list, ascending
 * @param nearest,distances m × k
 * @returns null where the point has no list */
export function nearestTo(
  point: number,
  sampled: ArrayLike<number>,
  nearest: ArrayLike<number>,
  distances: ArrayLike<number>,
  k: number
): { points: number[]; distances: number[] } | null {
  let place = -1
  for (let i = 0; i < sampled.length && place < 0; i++) if (sampled[i] === point) place = i
  if (place < 0) return null
  const from = place * k
  const take = (values: ArrayLike<number>): number[] => Array.from({ length: k }, (_, i) => values[from + i]!)
  return { points: take(nearest), distances: take(distances) }
}
