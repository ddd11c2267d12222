/** Σ a[atA + k]·b[atB + k] over 0 ≤ k < length, in four sums that do not wait for one another. */
export function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, length: number): number {
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  let k = 0
  for (; k + 4 <= length; k += 4) {
    first += a[atA + k]! * b[atB + k]!
    second += a[atA + k + 1]! * b[atB + k + 1]!
    third += a[atA + k + 2]! * b[atB + k + 2]!
    fourth += a[atA + k + 3]! * b[atB + k + 3]!
  }
  for (; k < length; k++) first += a[atA + k]! * b[atB + k]!
  return first + second + (third + fourth)
}
