/** cos²: the share of a squared distance from the centre that is seen of it.
 * @param square of what is seen: a score, or the sum over several components @param distance squared, in all columns
 * @returns 0 … 1; 0 where the distance is: nothing represents what lies at the centre itself (FactoMineR's cos2 is NaN there).
 *   NaN where either is
 * Source: Lebart, Morineau & Piron, Statistique exploratoire multidimensionnelle, §1.1. */
export const shownShare = (square: number, distance: number): number =>
  distance === 0 ? 0 : Math.min(1, square / distance)
