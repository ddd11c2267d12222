import type { Watch } from '../../linalg/watch.ts'

/** A point, by its place among the points, and a distance. */
export interface Distant {
  point: number
  distance: number
}

export interface TypicalRows {
  /** closest to the centre of their own cluster, nearest first */
  paragons: Distant[]
  /** furthest from the centres of all other clusters, with the distance to the nearest of those, furthest first */
  specific: Distant[]
}

/** The rows that stand for each cluster, and those that set it apart.
 * @param centres nClusters×dimensions, means of the clusters' points
 * @param most rows of each list, at most
 * @returns nClusters entries; specific is empty where there is one cluster. Of equal distances, the first point
 * Source: FactoMineR's HCPC, desc.ind$para and desc.ind$dist. */
export function typicalRows(
  points: Float64Array,
  dimensions: number,
  assignment: Int32Array,
  centres: Float64Array,
  most: number,
  watch: Watch
): TypicalRows[] {
  const nClusters = centres.length / dimensions
  const found = Array.from({ length: nClusters }, (): TypicalRows => ({ paragons: [], specific: [] }))
  const squares = new Float64Array(nClusters)
  for (let i = 0; i < assignment.length; i++) {
    if (i % 10_000 === 0) watch.checkpoint()
    const own = assignment[i]!
    let others = Infinity
    for (let q = 0; q < nClusters; q++) {
      let square = 0
      for (let d = 0; d < dimensions; d++) square += (points[i * dimensions + d]! - centres[q * dimensions + d]!) ** 2
      squares[q] = square
      if (q !== own && square < others) others = square
    }
    keep(found[own]!.paragons, i, squares[own]!, most, (a, b) => a < b)
    if (others < Infinity) keep(found[own]!.specific, i, others, most, (a, b) => a > b)
  }
  for (const { paragons, specific } of found) {
    for (const one of [...paragons, ...specific]) one.distance = Math.sqrt(one.distance)
  }
  return found
}

/** Puts a point where it belongs in a list of the best. */
function keep(
  list: Distant[],
  point: number,
  distance: number,
  most: number,
  better: (a: number, b: number) => boolean
): void {
  if (list.length === most && !better(distance, list.at(-1)!.distance)) return
  let place = list.length
  while (place > 0 && better(distance, list[place - 1]!.distance)) place--
  list.splice(place, 0, { point, distance })
  if (list.length > most) list.pop()
}
