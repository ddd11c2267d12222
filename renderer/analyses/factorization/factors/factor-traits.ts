/** What a factor is about, told by the items at its two ends and by what is known of the items. */

/** Items at the two ends of a factor, the furthest first. */
export interface FactorEnds {
  low: number[]
  high: number[]
}

/** @param values coordinate by item @param items those that are looked at @param n items an end */
export function endsOf(values: ArrayLike<number>, items: readonly number[], n: number): FactorEnds {
  const sorted = [...items].sort((a, b) => values[a]! - values[b]! || a - b)
  return {
    low: sorted.filter((item) => values[item]! < 0).slice(0, n),
    high: sorted
      .filter((item) => values[item]! > 0)
      .reverse()
      .slice(0, n)
  }
}

export interface Trait {
  name: string
  /** Pearson correlation over the items that are looked at */
  correlation: number
  /** items that have it */
  count: number
}

/** Traits of a factor, the strongest first; those that few items have, or all, say nothing and are left out. */
export function rankTraits(traits: readonly Trait[]): Trait[] {
  return traits
    .filter(({ correlation }) => correlation !== 0)
    .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || a.name.localeCompare(b.name))
}
