import type { Tails } from './incomplete-gamma.ts'

/** Beyond these, e^u leaves the range of doubles. */
const LEAST = -745
const MOST = 709

/** The point with a given probability below it, of a distribution over the positive numbers, by Newton's method on the
 * logarithm of the smaller tail, kept between two bounds.
 * @param wanted both tails, so that the smaller one keeps its digits
 * @param tails of e^u; density: the derivative of the lower tail with respect to u
 * @param start where to begin
 * @returns e^u: 0 or Infinity where a wanted tail is 0 */
export function invertTails(
  wanted: Tails,
  tails: (x: number) => Tails,
  density: (x: number) => number,
  start: number
): number {
  if (!(wanted.lower >= 0 && wanted.upper >= 0)) return NaN
  if (wanted.lower === 0) return 0
  if (wanted.upper === 0) return Infinity
  const side = wanted.lower <= wanted.upper ? 'lower' : 'upper'
  const sign = side === 'lower' ? 1 : -1
  let [low, high] = [LEAST, MOST]
  let u = Math.max(low, Math.min(high, Math.log(start)))
  for (let round = 0; round < 300; round++) {
    const x = Math.exp(u)
    const found = tails(x)[side]
    // above 0: x is too far out; a tail that vanished has no logarithm to follow
    const error = found > 0 ? sign * Math.log(found / wanted[side]) : -sign
    if (error === 0) return x
    if (error > 0) high = u
    else low = u
    const newton = u - (error * found) / density(x)
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - u) <= 4e-16 * Math.max(1, Math.abs(u))) return Math.exp(next)
    u = next
  }
  return Math.exp(u)
}
