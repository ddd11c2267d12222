/** The correlation of a column that was not fitted with a component, over the fitted rows that have a value.
 * @param values by dataset row, NaN where missing @param rowsUsed dataset row of each score
 * @param weights of the rows, of mean 1; null where they count alike
 * @returns −1 … 1; 0 where either does not vary
 * Source: FactoMineR's quanti.sup$cor. */
export function correlationWithScores(
  values: ArrayLike<number>,
  rowsUsed: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | null
): number {
  let total = 0
  let meanValue = 0
  let meanScore = 0
  for (let i = 0; i < scores.length; i++) {
    const value = values[rowsUsed[i]!]!
    if (Number.isNaN(value)) continue
    const weight = weights?.[i] ?? 1
    if (weight === 0) continue
    total += weight
    meanValue += ((value - meanValue) * weight) / total
    meanScore += ((scores[i]! - meanScore) * weight) / total
  }
  let [ofValue, ofScore, together] = [0, 0, 0]
  for (let i = 0; i < scores.length; i++) {
    const value = values[rowsUsed[i]!]!
    if (Number.isNaN(value)) continue
    const weight = weights?.[i] ?? 1
    const [a, b] = [value - meanValue, scores[i]! - meanScore]
    ofValue += weight * a * a
    ofScore += weight * b * b
    together += weight * a * b
  }
  const size = Math.sqrt(ofValue) * Math.sqrt(ofScore)
  return size > 0 ? Math.max(-1, Math.min(1, together / size)) : 0
}
