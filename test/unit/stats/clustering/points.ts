import { SeededRandom } from '../../../../core/linalg/random.ts'

/** Normal points in groups along a line, `apart` between their centres. */
export function pointsOf(asked: { seed: number; sizes: number[]; apart: number; dimensions: number }): {
  points: Float64Array
  dimensions: number
} {
  const random = new SeededRandom(asked.seed)
  const rows = asked.sizes.flatMap((size, group) =>
    Array.from({ length: size }, () =>
      Array.from({ length: asked.dimensions }, (_, d) => random.normal() + (d === 0 ? group * asked.apart : 0))
    )
  )
  return { points: Float64Array.from(rows.flat()), dimensions: asked.dimensions }
}

/** Which points are together, whatever their cluster is called. */
export function groupsOf(assignment: ArrayLike<number>): number[][] {
  const groups = new Map<number, number[]>()
  Array.from(assignment).forEach((cluster, i) => groups.set(cluster, [...(groups.get(cluster) ?? []), i]))
  return [...groups.values()].sort((a, b) => a[0]! - b[0]!)
}

/** Sum of squared distances of points to the mean of their cluster. */
export function squaresAbout(points: Float64Array, dimensions: number, assignment: ArrayLike<number>): number {
  let sum = 0
  for (const group of groupsOf(assignment)) {
    for (let d = 0; d < dimensions; d++) {
      const values = group.map((i) => points[i * dimensions + d]!)
      const mean = values.reduce((total, value) => total + value, 0) / values.length
      for (const value of values) sum += (value - mean) ** 2
    }
  }
  return sum
}
