/** The sign that makes a vector's entry of largest magnitude (the first of equals) positive: −1 or 1. */
export function signOf(vector: Float64Array): 1 | -1 {
  let at = 0
  for (let i = 1; i < vector.length; i++) if (Math.abs(vector[i]!) > Math.abs(vector[at]!)) at = i
  return vector.length > 0 && vector[at]! < 0 ? -1 : 1
}
