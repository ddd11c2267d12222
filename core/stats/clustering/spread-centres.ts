import { SeededRandom } from '../../linalg/random.ts'
import type { Watch } from '../../linalg/watch.ts'

/** Points to begin k-means with, far from each other: each is drawn with a probability proportional to weight · squared
 * distance to the nearest of those drawn before.
 * @returns at most nCentres rows (fewer only where there are fewer different points), row-major
 * Source: Arthur & Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007. */
export function spreadCentres(
  points: Float64Array,
  dimensions: number,
  weights: Float64Array | null,
  nCentres: number,
  seed: number,
  watch: Watch
): Float64Array<ArrayBuffer> {
  const n = points.length / dimensions
  const random = new SeededRandom(seed)
  const weightOf = (i: number): number => (weights ? weights[i]! : 1)
  /** weight · squared distance to the nearest centre so far; at first weight alone */
  const chance = Float64Array.from({ length: n }, (_, i) => weightOf(i))
  const centres = new Float64Array(nCentres * dimensions)
  let count = 0
  while (count < nCentres) {
    watch.checkpoint()
    const drawn = draw(chance, random)
    if (drawn < 0) break
    centres.set(points.subarray(drawn * dimensions, (drawn + 1) * dimensions), count * dimensions)
    for (let i = 0; i < n; i++) {
      if (chance[i] === 0) continue
      let square = 0
      for (let d = 0; d < dimensions; d++) {
        square += (points[i * dimensions + d]! - centres[count * dimensions + d]!) ** 2
      }
      const nearer = weightOf(i) * square
      if (count === 0 || nearer < chance[i]!) chance[i] = nearer
    }
    count++
    watch.progress(count / nCentres)
  }
  return centres.slice(0, count * dimensions)
}

/** A place, with a probability proportional to what stands there; −1 where nothing does. */
function draw(chance: Float64Array, random: SeededRandom): number {
  let total = 0
  for (const value of chance) total += value
  if (!(total > 0)) return -1
  let left = random.uniform() * total
  let last = -1
  for (let i = 0; i < chance.length; i++) {
    if (!(chance[i]! > 0)) continue
    last = i
    left -= chance[i]!
    if (left < 0) break
  }
  return last
}
