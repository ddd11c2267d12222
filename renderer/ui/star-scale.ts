import { decimalsOf, roundStep } from '../plots/axes.ts'

/** How ratings of a range are given by stars. */
export interface StarScale {
  low: number
  high: number
  step: number
  /** stars drawn */
  stars: number
  decimals: number
}

const MOST_STARS = 5
const STEPS = 20

/** Stars of a scale: halves where its lowest rating is no whole number, whole ones of a short scale, round steps of a long one.
 * @param range lowest and highest rating that was given */
export function starScale([low, high]: readonly [number, number]): StarScale {
  const short = low >= 0 && high > low && high <= 10
  const step = short
    ? Number.isInteger(low) && Number.isInteger(high)
      ? 1
      : 0.5
    : roundStep(Math.max(high - low, 1e-9) / STEPS)
  const stars = short && high <= MOST_STARS ? Math.max(1, Math.ceil(high)) : MOST_STARS
  return { low, high, step, stars, decimals: decimalsOf(step) }
}

/** The rating of a scale that is nearest to a value; its two ends are ratings whether or not steps lead there. */
export function onScale({ low, high, step }: StarScale, value: number): number {
  if (value >= high) return high
  if (value <= low) return low
  const stepped = Math.round(value / step) * step
  return Number(Math.min(high, Math.max(low, stepped)).toPrecision(12))
}

/** Share of the stars that a rating fills: from zero, where all are above it. */
export function filledShare({ low, high }: StarScale, value: number): number {
  const zero = Math.min(0, low)
  return high > zero ? Math.max(0, Math.min(1, (value - zero) / (high - zero))) : 1
}

/** The rating that is meant by a place on the stars. @param share 0 at their left, 1 at their right */
export function ratingAt(scale: StarScale, share: number): number {
  const zero = Math.min(0, scale.low)
  const value = zero + share * (scale.high - zero)
  // A press on a star means the star, or half of it, not what lies before it.
  return onScale(scale, Math.ceil(value / scale.step - 1e-9) * scale.step)
}
