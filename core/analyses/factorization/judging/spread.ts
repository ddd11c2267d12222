/** Gini coefficient of counts: 0 where all are equal, (n − 1) ∕ n where all is in one; 0 where there is nothing.
 * With counts ascending: Σ (2i − n − 1)·count_i ∕ (n·Σ count_i), i = 1 … n. */
export function giniOf(counts: Int32Array): number {
  const ascending = counts.slice().sort()
  const n = ascending.length
  let weighted = 0
  let total = 0
  for (let i = 0; i < n; i++) {
    weighted += (2 * i + 1 - n) * ascending[i]!
    total += ascending[i]!
  }
  return total === 0 ? 0 : weighted / (n * total)
}

/** What lists recommend, beyond whether it is right. */
export interface Spread {
  coverage: number
  novelty: number
  popularity: number
  gini: number
}

/** @param recommended nItems; in how many lists each item stands
 * @param itemCounts nItems; training ratings each. An item that nobody has counts as one that one user has: its novelty
 * would have no bound. */
export function describeSpread(recommended: Int32Array, itemCounts: Int32Array, nUsers: number): Spread {
  let total = 0
  let different = 0
  let surprise = 0
  let popularity = 0
  for (let item = 0; item < recommended.length; item++) {
    const times = recommended[item]!
    if (times === 0) continue
    different += 1
    total += times
    popularity += times * itemCounts[item]!
    surprise -= times * Math.log2(Math.max(1, itemCounts[item]!) / nUsers)
  }
  const mean = (sum: number): number => (total === 0 ? 0 : sum / total)
  return {
    coverage: recommended.length === 0 ? 0 : different / recommended.length,
    novelty: mean(surprise) + 0,
    popularity: mean(popularity),
    gini: giniOf(recommended)
  }
}
