import { homeOf } from './kernels/table-memory.ts'

/** The least, the largest and the sum of numbers. Four sums beside each other, as each addition waits for the one before
 * it; NaN is neither least nor largest, and makes the sum NaN; −0 is 0. The same bits by a kernel, where the numbers lie in
 * memory of the kernels, and without. */
export function measure(values: Float64Array): { least: number; most: number; sum: number } {
  const home = homeOf(values)
  if (home) {
    const { kernels } = home
    kernels.measure(values.length, values.byteOffset)
    const [least, most, sum] = [kernels.least, kernels.most, kernels.sum].map(({ value }) => value as number)
    return { least: least! + 0, most: most! + 0, sum: sum! }
  }
  const count = values.length
  const fours = count - (count % 4)
  let [a, b, c, d] = [0, 0, 0, 0]
  let least = Infinity
  let most = -Infinity
  for (let i = 0; i < count; i++) {
    const value = values[i]!
    if (value < least) least = value
    if (value > most) most = value
  }
  for (let i = 0; i < fours; i += 4) {
    a += values[i]!
    b += values[i + 1]!
    c += values[i + 2]!
    d += values[i + 3]!
  }
  for (let i = fours; i < count; i++) a += values[i]!
  return { least: least + 0, most: most + 0, sum: a + b + (c + d) }
}

/** Σ (x − mean)², in four sums too. */
export function sumSquares(values: Float64Array, mean: number): number {
  const home = homeOf(values)
  if (home) return home.kernels.sumSquares(values.length, values.byteOffset, mean)
  const count = values.length
  const fours = count - (count % 4)
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < fours; i += 4) {
    a += square(values[i]! - mean)
    b += square(values[i + 1]! - mean)
    c += square(values[i + 2]! - mean)
    d += square(values[i + 3]! - mean)
  }
  for (let i = fours; i < count; i++) a += square(values[i]! - mean)
  return a + b + (c + d)
}

const square = (x: number): number => x * x

/** Copies numbers to a place among others. */
export function copyNumbers(from: Float64Array, to: Float64Array, at: number): void {
  const home = homeOf(to)
  if (home && home === homeOf(from)) {
    home.kernels.copyNumbers(from.length, from.byteOffset, to.byteOffset + Float64Array.BYTES_PER_ELEMENT * at)
  } else to.set(from, at)
}

/** Counts numbers, all of which lie within, in equal bins: (x − low)·perUnit, rounded down, is the bin. */
export function countInBins(values: Float64Array, low: number, perUnit: number, counts: Float64Array): void {
  const home = homeOf(values)
  if (home) {
    home.kernels.countInBins(values.length, values.byteOffset, counts.length, low, perUnit, home.bins.byteOffset)
    for (let bin = 0; bin < counts.length; bin++) counts[bin]! += home.bins[bin]!
    return
  }
  for (let i = 0; i < values.length; i++) counts[((values[i]! - low) * perUnit) | 0]!++
}
