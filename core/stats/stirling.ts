const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** From here on eight terms of Stirling's series are exact to a unit of rounding. */
const SERIES_FROM = 16
/** Coefficients of 1/n, 1/n³, 1/n⁵ …: B₂ₖ / (2k(2k − 1)). */
const SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]

/** What Stirling's formula lacks: log Γ(n + 1) − (n + ½) log n + n − ½ log 2π, for n > 0.
 * Accuracy: a few units of rounding, absolute. Source: Loader, "Fast and accurate computation of binomial probabilities"
 * (2000), section 2; below 16 by δ(n) = δ(n + 1) + (n + ½) log(1 + 1/n) − 1. */
export function stirlingError(n: number): number {
  let sum = 0
  let m = n
  for (; m < SERIES_FROM; m++) sum += (m + 0.5) * Math.log1p(1 / m) - 1
  const square = 1 / (m * m)
  let series = 0
  for (let k = SERIES.length - 1; k >= 0; k--) series = series * square + SERIES[k]!
  return sum + series / m
}

/** log Γ(x) for x > 0. Accuracy: a few units of rounding of the largest of |log Γ|, x and 1. */
export function logGamma(x: number): number {
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x)
}

/** x log(x/m) + m − x, without cancellation where x is near m; both > 0. Source: Loader (2000), section 3. */
export function deviance(x: number, m: number): number {
  const difference = x - m
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) - difference
  const v = difference / (x + m)
  let sum = difference * v
  let term = 2 * x * v
  for (let odd = 3; ; odd += 2) {
    term *= v * v
    const next = sum + term / odd
    if (next === sum) return sum
    sum = next
  }
}

/** x^a e^−x / Γ(a + 1) for a, x > 0: the Poisson probability, for any real a. Relative accuracy: its logarithm's, which loses
 * nothing where a is large. */
export function poissonWeight(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a)
}

/** x^a y^b / B(a, b) for a, b > 0 and x + y = 1, both given so that the smaller keeps its digits. */
export function betaWeight(a: number, b: number, x: number, y: number): number {
  const n = a + b
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return Math.exp(exponent) * Math.sqrt((a / n) * (b / (2 * Math.PI)))
}
