import { incompleteBeta } from './incomplete-beta.ts'
import { incompleteGamma, type Tails } from './incomplete-gamma.ts'
import { invertTails } from './invert-tails.ts'
import { betaWeight, poissonWeight } from './stirling.ts'

/* Of each distribution: Cdf, the probability of at most x; Tail, of more than x, which keeps its digits where it is tiny;
 * Quantile, the x that has the given probability below it. Relative accuracy 1e-12, tails included. NaN in, NaN out; a
 * degree of freedom that is not above 0 gives NaN. Source: NIST Digital Library of Mathematical Functions, §8. */

/** Φ(z) */
export const normalCdf = (z: number): number => normalTail(-z)

/** 1 − Φ(z) */
export function normalTail(z: number): number {
  const { lower, upper } = incompleteGamma(0.5, 0.5 * z * z)
  return z > 0 ? 0.5 * upper : 0.5 + 0.5 * lower
}

/** z with Φ(z) = p; ±Infinity at 1 and 0. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0
  const { outside, inside } = aroundMiddle(p)
  const square = 2 * gammaQuantile({ lower: inside, upper: outside }, 0.5)
  return p < 0.5 ? -Math.sqrt(square) : Math.sqrt(square)
}

/** P(χ² ≤ x) with df degrees of freedom, a real number above 0 */
export const chiSquaredCdf = (x: number, df: number): number => incompleteGamma(df / 2, Math.max(0, x / 2)).lower

/** P(χ² > x) */
export const chiSquaredTail = (x: number, df: number): number => incompleteGamma(df / 2, Math.max(0, x / 2)).upper

export const chiSquaredQuantile = (p: number, df: number): number => 2 * gammaQuantile(tailsOf(p), df / 2)

/** P(T ≤ t) of Student's distribution */
export const studentCdf = (t: number, df: number): number => studentTail(-t, df)

/** P(T > t); twice that of |t| is the p-value of a two-sided test */
export function studentTail(t: number, df: number): number {
  if (!Number.isFinite(df)) return df === Infinity ? normalTail(t) : NaN
  const { lower, upper } = betaOfRatio((t * t) / df, 0.5, df / 2)
  return t > 0 ? 0.5 * upper : 0.5 + 0.5 * lower
}

export function studentQuantile(p: number, df: number): number {
  if (p === 0.5) return df > 0 ? 0 : NaN
  const { outside, inside } = aroundMiddle(p)
  const t = Math.sqrt(df) * Math.sqrt(betaRatio({ lower: inside, upper: outside }, 0.5, df / 2))
  return p < 0.5 ? -t : t
}

/** P(F ≤ x) with df1 degrees of freedom above the line and df2 below */
export const fCdf = (x: number, df1: number, df2: number): number =>
  betaOfRatio(Math.max(0, x) * (df1 / df2), df1 / 2, df2 / 2).lower

/** P(F > x) */
export const fTail = (x: number, df1: number, df2: number): number =>
  betaOfRatio(Math.max(0, x) * (df1 / df2), df1 / 2, df2 / 2).upper

export const fQuantile = (p: number, df1: number, df2: number): number =>
  betaRatio(tailsOf(p), df1 / 2, df2 / 2) * (df2 / df1)

/** P(B ≤ x) of the Beta distribution */
export const betaCdf = (x: number, a: number, b: number): number => betaTails(x, a, b).lower

/** P(B > x) */
export const betaTail = (x: number, a: number, b: number): number => betaTails(x, a, b).upper

export function betaQuantile(p: number, a: number, b: number): number {
  const ratio = betaRatio(tailsOf(p), a, b)
  return ratio === Infinity ? 1 : ratio / (1 + ratio)
}

function betaTails(x: number, a: number, b: number): Tails {
  const inside = Math.max(0, Math.min(1, x))
  return incompleteBeta(a, b, inside, 1 - inside)
}

/** Of x/(1 − x) instead of x: nothing is lost near 1. */
function betaOfRatio(ratio: number, a: number, b: number): Tails {
  if (ratio === Infinity) return incompleteBeta(a, b, 1, 0)
  return incompleteBeta(a, b, ratio / (1 + ratio), 1 / (1 + ratio))
}

const tailsOf = (p: number): Tails => ({ lower: p, upper: 1 - p })

/** The probability of lying further from the middle of a symmetric distribution than the quantile of p, and its rest. */
function aroundMiddle(p: number): { outside: number; inside: number } {
  return p < 0.5 ? { outside: 2 * p, inside: 1 - 2 * p } : { outside: 2 * (1 - p), inside: 2 * p - 1 }
}

function gammaQuantile(wanted: Tails, a: number): number {
  if (!(a > 0)) return NaN
  const density = (x: number): number => a * poissonWeight(a, x)
  return invertTails(wanted, (x) => incompleteGamma(a, x), density, a)
}

/** x/(1 − x) of the quantile x of the Beta distribution. */
function betaRatio(wanted: Tails, a: number, b: number): number {
  if (!(a > 0 && b > 0)) return NaN
  const tails = (ratio: number): Tails => betaOfRatio(ratio, a, b)
  const density = (ratio: number): number => betaWeight(a, b, ratio / (1 + ratio), 1 / (1 + ratio))
  return invertTails(wanted, tails, density, a / b)
}
