/** What a model of weights from item to item says of two items, made again from who has them. */

/** A user who has an item, and what the model scores it for them. */
export interface Haver {
  user: number
  predicted: number
}

/** One weight of EASE: B_ij = −P_ij / P_jj, from the inverse P of RᵀR + λI. */
export interface WeightStep {
  /** λ + Σ (1 − r̂) over the users who have the item: what stands on the diagonal of P is 1 over it */
  ofFirst: number
  ofSecond: number
  /** P_ij */
  between: number
  /** P_jj */
  own: number
  /** B_ij */
  weight: number
}

/** The equations (RᵀR + λI)(I − B) = diag(P)⁻¹ read at j, j: 1/P_jj = n_j + λ − Σ_u r̂_uj over who has j, as r̂_uj is the sum of B_kj over
 * what u has. P is symmetric, so that P_ij = −B_ji P_ii is told by the weight the other way.
 * @param backward B_ji
 * Source: Steck, WWW 2019, eq. 8. */
export function writeWeight(
  first: readonly Haver[],
  second: readonly Haver[],
  backward: number,
  regularization: number
): WeightStep {
  const [ofFirst, ofSecond] = [first, second].map((havers) =>
    havers.reduce((sum, { predicted }) => sum + 1 - predicted, regularization)
  ) as [number, number]
  const between = -backward / ofFirst
  const own = 1 / ofSecond
  return { ofFirst, ofSecond, between, own, weight: -between / own }
}

/** One similarity of neighbours: n_ij / (√(n_i n_j) + shrinkage). */
export interface CosineStep {
  counts: [number, number]
  together: number
  similarity: number
}

/** Source: Sarwar et al., WWW 2001, §3.1; shrinkage as Bell & Koren, ICDM 2007. */
export function writeCosine(
  first: readonly Pick<Haver, 'user'>[],
  second: readonly Pick<Haver, 'user'>[],
  shrinkage: number
): CosineStep {
  const users = new Set(first.map(({ user }) => user))
  const together = second.reduce((sum, { user }) => sum + Number(users.has(user)), 0)
  const counts: [number, number] = [first.length, second.length]
  return { counts, together, similarity: together / (Math.sqrt(counts[0] * counts[1]) + shrinkage) }
}
