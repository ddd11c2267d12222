import type { Tails } from './incomplete-gamma.ts'
import { betaWeight } from './stirling.ts'

/** Both regularized incomplete beta functions, I_x(a, b) and I_y(b, a), which add to 1.
 * @param a,b > 0 @param x,y ≥ 0 with x + y = 1, both given so that the smaller keeps its digits
 * Accuracy: 1e-12 relative, the smaller one included, for a, b ≥ 0.05. Steps: a few times √max(a, b), at most.
 * Source: DiDonato & Morris, "Algorithm 708", ACM TOMS 18 (1992): the continued fraction of equation 9. */
export function incompleteBeta(a: number, b: number, x: number, y: number): Tails {
  if (!(a > 0 && b > 0 && x >= 0 && y >= 0)) return { lower: NaN, upper: NaN }
  if (x === 0) return { lower: 0, upper: 1 }
  if (y === 0) return { lower: 1, upper: 0 }
  const distance = a * y - b * x
  if (distance >= 0) {
    const lower = below(a, b, x, y, distance)
    return { lower, upper: 1 - lower }
  }
  const upper = below(b, a, y, x, -distance)
  return { lower: 1 - upper, upper }
}

/** I_x(a, b) where x lies below the mean a/(a + b): near 0 the power series, else the fraction. */
function below(a: number, b: number, x: number, y: number, distance: number): number {
  const weight = betaWeight(a, b, x, y)
  const value = x < 0.7 && (b <= 1 || b * x <= 0.7) ? series(a, b, x) : fraction(a, b, x, y, distance)
  return Math.min(1, weight * value)
}

/** Σ (a + b)…(a + b + n − 1) xⁿ / ((a + 1)…(a + n)) / a: the hypergeometric series with all terms positive. */
function series(a: number, b: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * Number.EPSILON * 0.1; n++) {
    term *= ((a + b + n - 1) * x) / (a + n)
    sum += term
  }
  return sum
}

/** @param distance a·y − b·x ≥ 0 */
function fraction(a: number, b: number, x: number, y: number, distance: number): number {
  const c = 1 + distance
  const c0 = b / a
  const c1 = 1 + 1 / a
  let p = 1
  let s = a + 1
  let numerators: [number, number] = [0, 1]
  let denominators: [number, number] = [1, c / c1]
  let ratio = c1 / c
  for (let n = 1; n < 1e6; n++) {
    const t = n / a
    const w = n * (b - n) * x
    const share = a / s
    const alpha = p * (p + c0) * share * share * (w * x)
    const beta = n + w / s + ((t + 1) / (c1 + t + t)) * (c + n * (1 + y))
    p = 1 + t
    s += 2
    const numerator = alpha * numerators[0] + beta * numerators[1]
    const denominator = alpha * denominators[0] + beta * denominators[1]
    const before = ratio
    ratio = numerator / denominator
    if (Math.abs(ratio - before) <= Number.EPSILON * ratio) break
    numerators = [numerators[1] / denominator, ratio]
    denominators = [denominators[1] / denominator, 1]
  }
  return ratio
}
